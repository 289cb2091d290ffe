// SPDX-License-Identifier: Apache-2.0
/**
 * Re-runs a schedule and says what happened.
 *
 * <p>A search keeps actions only; {@link dev.pokecheck.trace.Tracer} applies them again and compares the states before and after each,
 * so that nothing here can disagree with the machine. {@link dev.pokecheck.trace.Rows} says what a reader is
 * shown of each step, and {@link dev.pokecheck.trace.TextTimeline} sets that in columns.
 *
 * <p><b>Rules.</b> A trace depends on the machine and the schedule alone. Steps are numbered from 1, as the lines of a schedule. A
 * schedule that does not fit the machine is refused with the step and what was enabled; no step is ever skipped or guessed.
 */
@NullMarked
package dev.pokecheck.trace;

import org.jspecify.annotations.NullMarked;
