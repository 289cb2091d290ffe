// SPDX-License-Identifier: Apache-2.0
/**
 * Coverage-guided fuzzing of the model and its readers.
 *
 * <p>A fuzz target is a class with a static {@code fuzzerTestOneInput(byte[])}. In a session ({@link dev.pokecheck.fuzz.session}) Jazzer calls it, in
 * {@code mvn verify} a regression test over the seeds in {@code corpus/fuzz}, and a fleet runs the same classes ({@code .clusterfuzzlite}):
 *
 * <ul>
 *   <li>{@link dev.pokecheck.fuzz.InterleavingFuzz}: bytes are a protocol, a scenario and a schedule.
 *   <li>{@link dev.pokecheck.fuzz.PatchSequenceFuzz}: bytes are sites, patch calls and schedules; the machine against a plain reference.
 *   <li>{@link dev.pokecheck.fuzz.InsnFuzz}: bytes are code.
 *   <li>{@link dev.pokecheck.fuzz.CorpusFuzz}: bytes are the text of a corpus file.
 *   <li>{@link dev.pokecheck.fuzz.SourceFuzz}: bytes are the text of a protocol in C.
 * </ul>
 *
 * <p>Jazzer sees code coverage, which says little of an interpreter: every interleaving runs the same code. {@link dev.pokecheck.fuzz.Feedback} tells
 * it which abstract states a run has come to, and no code is instrumented then.
 */
@NullMarked
package dev.pokecheck.fuzz;

import org.jspecify.annotations.NullMarked;
