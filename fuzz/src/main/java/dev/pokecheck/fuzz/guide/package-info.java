// SPDX-License-Identifier: Apache-2.0
/**
 * Guided random schedules of one machine, many of them in a burst.
 *
 * <p><b>Rules.</b>
 * <ol>
 *   <li>A schedule is a <em>prefix</em> and a <em>tail</em>. The tail is pseudo-random: every enabled action with the same probability, or by
 *       priorities (PCT). The prefix is empty, or what led an earlier schedule to an abstract state that none before it had met, cut at the step that
 *       met it.
 *   <li>A schedule with a prefix is forked late: it resumes in the state that the prefix leads to. It is the schedule from the initial state
 *       all the same, and is recorded as such.
 *   <li>An <em>abstract state</em> is the shared part of a state (text, variables, which patch calls have begun and returned) together with what is about to
 *       happen, coarsely ({@link dev.pokecheck.machine.Machine#situation}).
 *   <li>Prefixes to rarely met abstract states are chosen more often: of a few drawn at random, the one whose state was met least.
 *   <li>The first schedules of a machine have no prefix: what plain random schedules find at once is found at once. Then half of them have none, and after a thousand one of eight. So a
 *       burst never needs many more schedules than the better of random and PCT schedules, whichever that is.
 *   <li>All is a function of the machine, the seed and the number of the schedule. A schedule allocates only where it meets a new abstract
 *       state.
 * </ol>
 *
 * <p>Keeping prefixes by rarity is in the spirit of Go-Explore (A. Ecoffet and others, <em>First return, then explore</em>, Nature 590, 2021) and of schedulers of the
 * power of coverage-guided fuzzers (M. Böhme and others, <em>Coverage-based greybox fuzzing as Markov chain</em>, CCS 2016).
 */
@NullMarked
package dev.pokecheck.fuzz.guide;

import org.jspecify.annotations.NullMarked;
