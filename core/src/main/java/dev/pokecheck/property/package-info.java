// SPDX-License-Identifier: Apache-2.0
/**
 * What is checked: named predicates, violations, consistency levels.
 *
 * <p>The machine notices incidents; a {@link dev.pokecheck.property.Property} is what they mean to a user, and a
 * {@link dev.pokecheck.property.Level} is a set of properties that must not be violated. A patch site is a register: executing it is a read,
 * patching it is a write, and the levels are those of registers.
 *
 * <p><b>Vacuity.</b> A search that ends without a violation has shown little if it never came near one. A run is vacuous
 * ({@link dev.pokecheck.property.Promises}) if it never reached what its scenario promised:
 * <ol>
 *   <li>a complete run, always;
 *   <li>a site executed during or after the patch call, always when a property of executions is looked for: with nobody who executes, no
 *       level means anything;
 *   <li>new code executed, under the same condition;
 *   <li>an NMI, IRQ or machine check delivered during the patch call, for each kind that the scenario has a budget for;
 *   <li>a breakpoint hit, if the protocol has a breakpoint handler and somebody executes sites while the text is written: an NMI whose work
 *       is a site or a lock, a machine check, or, unless the protocol holds all CPUs in {@code stop_machine}, a thread of another CPU or an
 *       IRQ.
 * </ol>
 * No promise, and therefore only a note: a stale fetch under a model that has them (the protocol may just leave no room for one), and a
 * store held back by a full buffer (what was checked then holds for that depth of the buffer).
 */
@NullMarked
package dev.pokecheck.property;

import org.jspecify.annotations.NullMarked;
