// SPDX-License-Identifier: Apache-2.0
/**
 * Sequences of patch calls over several sites, run on the machine and judged a second time by a {@link dev.pokecheck.fuzz.sequence.Reference}
 * that is as plain as can be: it knows the bytes of versions, hears the names of steps, and nothing else. Where the two differ one of them is
 * wrong.
 *
 * <p>What the reference cannot see it takes from the machine: which bytes a fetch saw, and what memory holds at the end. Whether those bytes were
 * possible is the business of the litmus tests of {@code core}. The reference hears the name of every step of every run. What a name says to it is a function
 * of the name, and remembered ({@link dev.pokecheck.fuzz.sequence.HeardStep}); a name that is remembered for a step is compared with the machine's own in
 * the first run of each input ({@link dev.pokecheck.fuzz.sequence.StepNames}).
 *
 * <p>An input is sites, engine and hardware ({@link dev.pokecheck.fuzz.sequence.SequenceCase}), and a schedule
 * ({@link dev.pokecheck.fuzz.sequence.Preemptions}). It stands for a {@link dev.pokecheck.fuzz.sequence.Burst} of runs, of which the first has that schedule;
 * the judges are compared after each. All of them depend on the bytes of the input alone, so that what fails once fails again, and all of them are
 * told to the fuzzer.
 */
@NullMarked
package dev.pokecheck.fuzz.sequence;

import org.jspecify.annotations.NullMarked;
