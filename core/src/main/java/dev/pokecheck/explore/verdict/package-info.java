// SPDX-License-Identifier: Apache-2.0
/**
 * From a question to a verdict: {@link dev.pokecheck.explore.verdict.Check} asks the search what a level or a property needs, and says what was shown, never
 * more. Shortcuts make what was found shorter.
 *
 * <p><b>What a verdict claims.</b>
 * <ol>
 *   <li id="cut">Nothing HOLDS behind a cut. A run ends at an incident after which it is meaningless; if that violates a property that was
 *       not looked for, the search has not been of all runs, and says so: no violation within runs up to that property. A level that allows
 *       such an incident speaks of runs up to it.
 *   <li id="dead-objects">Where {@code dead-object} is not looked for, a run continues after it, and reads any value there. What is violated
 *       then is a violation. If nothing is, what was stored there has gone to nobody else's memory, as it may have, and the verdict says so.
 *   <li id="length">The violation of a property is the first that the search comes to, breadth first the nearest to the initial state in steps of
 *       the machine that is searched; its length is the number of steps of its schedule. It is the same whether the search ends there or
 *       goes on. A deadlock is a state in which nothing can move; only where there is none, one from which nothing can be completed.
 *   <li id="all-deadlocks">All deadlocks can be asked for: each state in which nothing can move, or in which each CPU that moves goes round in a
 *       loop for good, sorted by where each CPU stands ({@link dev.pokecheck.view.Standing}).
 * </ol>
 */
@NullMarked
package dev.pokecheck.explore.verdict;

import org.jspecify.annotations.NullMarked;
