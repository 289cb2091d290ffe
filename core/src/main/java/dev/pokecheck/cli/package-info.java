// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: arguments, exit codes, wiring. Decisions about protocols are made elsewhere.
 *
 * <p>Exit codes: 0 holds, 1 violated, 2 usage, 3 internal error, 4 inconclusive (a bound was reached, a sample, a vacuous run), 5 a replay
 * diverged or showed something else than its file expects. Of several runs the code is that of the worst: 5, 1, 4, 0. Every complaint names
 * the place and, where there is one, the nearest valid choice; stack traces are printed on request only.
 *
 * <p><b>What is told on the way</b> goes to the standard error, so that {@code --json -} is pure, and nothing of it is told with
 * {@code --quiet}. A line is written over only where the standard error is a terminal ({@link dev.pokecheck.cli.Screen}). No clock has any influence on what a search finds,
 * but for a bound of time.
 *
 * <p><b>Checkpoints.</b> {@code check --checkpoint FILE} writes down, every so often, all that its one search has worked out
 * ({@link dev.pokecheck.checkpoint.Checkpoints}). {@code FILE.tmp} is written and forced to the device, and then takes the place of {@code FILE} in one step, so that whatever
 * happens {@code FILE} is whole, or not there yet. Promised is this: a search that is killed at any moment and resumed ends with the verdict, the schedules and the counts
 * of one that never stopped, and what has to be done again is what was done since the last checkpoint was complete: an interval, and the time to write
 * the checkpoint that was under way, plus at most 8192 transitions, or one sweep of a check behind exhaustion, or the search for a short loop in what those leave,
 * as none of these is interrupted. Not promised is that a rename survives a loss of power; if it does not, the checkpoint before is there.
 *
 * <p>The file begins with a line of text, {@code pokecheck checkpoint 1}, where 1 is the version of the format. Blocks follow, each a length in bytes (4), a CRC-32C (4) of
 * the number of the block (8, big-endian) and its contents, and the contents, at most 1 MiB; the last block has none. All numbers but that are little-endian. The contents, joined, are numbers of 8
 * bytes, arrays of these, and arrays of numbers of 4 bytes:
 * <ol>
 *   <li>the head: protocol, fingerprint, build, scenario, what is demanded, and the words of the command, as texts: a length and UTF-16 code units, 8 bytes each;
 *   <li>the time spent so far, in nanoseconds;
 *   <li>what must agree in a search that goes on: words and parts of a state, order, storage, incidents, checks;
 *   <li>what the numbers in states stand for: the situations met, and the fetch histories of each site;
 *   <li>the phase (visiting, stuck check, loop check), counters, what was found;
 *   <li>the states with their parents, packed as in memory, without hash tables, which are made anew; what waits; what is pruned and closed; the steps that are owed;
 *   <li>which way the next sweep goes, and what the loop check has left.
 * </ol>
 *
 * <p>A resumed search complains with exit code 2 of another version or build, a damaged or truncated file, and another search than the one that the command asks for, and with exit code 5 of a protocol
 * that has changed, as for entries of the corpus. Of the states it tries about a thousand: whether a step of this machine leads to them.
 */
@NullMarked
package dev.pokecheck.cli;

import org.jspecify.annotations.NullMarked;
