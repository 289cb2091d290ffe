// SPDX-License-Identifier: Apache-2.0
/**
 * From a violating schedule to a small one with the same violation ({@link dev.pokecheck.judge.Target} says what that means).
 *
 * <p><b>Passes</b>, the cheap ones first:
 * <ol>
 *   <li id="truncate">{@code truncate}: nothing behind the first step that violates;
 *   <li id="drop">{@code drop}: leave steps out: all of a CPU, all of an interrupt, then halves, quarters and so on down to single
 *       steps. What is left is replayed <em>leniently</em>: a step whose name is not enabled is left out as well;
 *   <li id="shorten">{@code shorten}: a bounded search, which the caller brings, because this package may not search;
 *   <li id="scenario">{@code scenario}: fewer CPUs and sites, fewer interrupts and less work for them, sequentially consistent data, a
 *       simpler fetch model: each if the schedule, leniently, or a bounded search still shows the violation. The protocol is recorded anew
 *       for every scenario;
 *   <li id="switches">{@code switches}: as few changes of the CPU as moving steps about gives, at no more steps.
 * </ol>
 * They are repeated until none of them gains anything. Context switches come after the shortest: moving steps does not lengthen a schedule,
 * while a shorter one may switch more.
 *
 * <p><b>Rules.</b>
 * <ol>
 *   <li id="function-of-its-arguments">What comes out is a function of the arguments: no clock, no random number; every pass is bounded
 *       by counts.
 *   <li id="full-machine">Schedules are those of the machine without reduction.
 *   <li id="replayed">What comes out has been replayed strictly, by names, and shows the same violation; if not, that is a fault of this
 *       package and an {@link java.lang.IllegalStateException}.
 *   <li id="full-table">A replay or a search that a table of the machine has no room for ({@link dev.pokecheck.text.TableFullException})
 *       is one that did not show the violation. So it costs smallness, never the result.
 * </ol>
 * Nothing here says that a schedule is the shortest there is.
 */
@NullMarked
package dev.pokecheck.minimize;

import org.jspecify.annotations.NullMarked;
