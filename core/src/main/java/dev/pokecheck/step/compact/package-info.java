// SPDX-License-Identifier: Apache-2.0
/**
 * What a search need not keep or do of the steps of a protocol. The steps stay as they are, with their labels, origins and words, and so does what they do to all that others
 * can see; the protocol as it is printed, dumped and changed knows nothing of this.
 *
 * <p>Protocols that are read from C have many local variables, one for each parameter, value of a function and load, and many steps that only hand values on. The rules:
 * <ol>
 *   <li id="live">A local variable is <em>live</em> before a step if some way from there reads it before it is assigned. What is not live is not kept
 *       ({@link dev.pokecheck.step.compact.LiveLocals}): an assignment that nobody reads only checks that its value is in range, and states that differ in dead variables alone
 *       are one.
 *   <li id="slots">Local variables of a routine that are never live together share a slot ({@link dev.pokecheck.step.compact.LocalSlots}), which is as wide as the widest of
 *       them. One that is read before it is assigned is live from the beginning, when slots are 0, so that it has its least value then, as always.
 *   <li id="copies">A copy shares the slot of what it is a copy of, where both have the same least value, the copy's range holds all of the other's, and neither is assigned
 *       anew, but a copy of the same value, while the other is live ({@link dev.pokecheck.step.compact.HeldCopies}).
 *   <li id="decisions">A condition of local variables that was asked before, on every way to a step, with no assignment to one of them since, comes to the same again
 *       ({@code Decisions}).
 *   <li id="shortcuts">Local steps that do nothing in a state so kept are passed over ({@link dev.pokecheck.step.compact.Shortcuts}): jumps, branches whose condition is a constant or
 *       decided, checks that are decided not to fail, copies to the own slot, assignments to dead variables that cannot be out of range, and that of a constant with its copies and the branches that are all that reads them. Not the jump back of a loop, which counts as a round of it, and not where local steps are
 *       actions of their own ({@code mergeLocal}).
 * </ol>
 */
@NullMarked
package dev.pokecheck.step.compact;

import org.jspecify.annotations.NullMarked;
