// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: arguments, exit codes, wiring. Decisions about protocols are made elsewhere.
 *
 * <p>Here is the program itself; all else has a room. Each may use those before it: {@code screen} (the terminal), {@code run} (what a command runs),
 * {@code print} (what is read of it), {@code option} (options, and the requests that they make), {@code command} (the commands).
 *
 * <p>Exit codes: 0 holds, 1 violated, 2 usage, 3 internal error, 4 inconclusive (a bound was reached, a sample, a vacuous run), 5 a replay
 * diverged or showed something else than its file expects. Of several runs the code is that of the worst: 5, 1, 4, 0. Where the reader of the
 * standard output goes before the end ({@code | head}), all files are written, nothing is said, and the code is 141, as of a process that SIGPIPE ends. Every complaint names
 * the place and, where there is one, the nearest valid choice; stack traces are printed on request only. What is wrong with a C file is said as compilers do it, {@code file:line:column:} at the beginning of a
 * line, for editors and CI servers.
 *
 * <p><b>Checkpoints.</b> {@code check --checkpoint FILE} writes down, every so often, all that its one search has worked out
 * ({@link dev.pokecheck.checkpoint.file}). Promised is this: a search that is killed at any moment and resumed ends with the verdict, the schedules and the counts
 * of one that never stopped, and what has to be done again is what was done since the last checkpoint was complete: an interval, and the time to write
 * the checkpoint that was under way, plus at most 8192 transitions, or one sweep of a check after exhaustion, or the search for a short loop in what those leave,
 * as none of these is interrupted.
 *
 * <p>A resumed search complains with exit code 2 of another version or build, a damaged or truncated file, and another search than the one that the command asks for, and with exit code 5 of a protocol
 * that has changed, as for entries of the corpus. About 1000 states are spot-checked: each must be reachable by one step from its recorded parent.
 */
@NullMarked
package dev.pokecheck.cli;

import org.jspecify.annotations.NullMarked;
