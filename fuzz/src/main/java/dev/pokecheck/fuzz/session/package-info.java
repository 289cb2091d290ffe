// SPDX-License-Identifier: Apache-2.0
/**
 * Fuzz sessions of any length. A session starts one JVM a target, which Jazzer's own main drives from this module's class path; under
 * Surefire a timeout of the fuzzer would end the JVM that runs the tests, and a session would pass with nothing tested.
 *
 * <p>{@link dev.pokecheck.fuzz.session.Main} reads what is asked for ({@code Asked}, {@code Options}, {@code SessionFolders}) and runs a {@code Session}. That fuzzes one target after the
 * other ({@code TargetRun}) with processes that it starts, watches and starts again ({@code Fuzzer}), and ends with a {@code Summary}.
 *
 * <p>A fuzzing process leaves what it finds in a folder as soon as it finds it ({@link dev.pokecheck.fuzz.FoundFolder}). The session picks it up
 * there ({@code Findings}): every finding is replayed strictly ({@code Examined}), compared with what is known ({@code KnownCauses}), kept ({@code FoundStore}) and minimised ({@code Minimising}). What an
 * interrupted session leaves behind the next one picks up. The corpus that Jazzer grows is kept, too.
 *
 * <p>Rules:
 * <ol>
 *   <li>Whatever one finding does ends with the attempt to do something with it ({@code GuardedTask}); the finding is left as it is, with the reason, and the session goes on.
 *   <li>A finding is in one place or another at any moment, whole: a file is taken away where it was left only when it lies where it is kept.
 *   <li>A process ends when the one that has started it does ({@link dev.pokecheck.fuzz.FuzzChild}).
 *   <li>Each target has a canary: something broken on purpose. A session that does not find it fails.
 *   <li>All happens on one thread but attempts, of which one at a time minimises, and the reading of what a process prints.
 * </ol>
 */
@NullMarked
package dev.pokecheck.fuzz.session;

import org.jspecify.annotations.NullMarked;
