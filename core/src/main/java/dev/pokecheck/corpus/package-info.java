// SPDX-License-Identifier: Apache-2.0
/**
 * The corpus: interleavings as text that a person could write, one file an entry, and their replay.
 *
 * <pre>
 * poke-corpus 1
 * # cpu1 enters the site when the head is the new jmp and the tail still the old nop.
 * protocol: naive
 * scenario: cpus=2 site0=nop5-&gt;jmp32
 * expect: violated torn
 * schedule:
 *   cpu0 memcpy.site0 site0+0 [e9]
 *   cpu1 fetch site0 [e9 1f 44 00 00]
 * </pre>
 *
 * <p>The first line names the format. Lines that begin with {@code #} are comments. A scenario lists what differs from the defaults
 * ({@link dev.pokecheck.corpus.ScenarioKey}). A line {@code profile: NAME} names a shipped hardware profile: it gives
 * the defaults of what it speaks of, and settings of the scenario change single lines of it, as the options of the command line do; where the two differ, the
 * scenario counts. What was seen under another profile has all its lines in the scenario, and its name in a comment. An entry of a protocol that is not shipped has a line {@code class: CLASS in FOLDER},
 * the folder as seen from the entry ({@link dev.pokecheck.corpus.OwnClass}). One of a C file has a line {@code source: FILE}, the file as seen from the entry, and one
 * {@code define: NAME=VALUE} or {@code include: FOLDER} for each macro and each folder with headers; at its end it carries the file and its headers, each after a line {@code text NAME:},
 * with {@code |} before each line, or, where the file is to be read where it is, nothing of them ({@link dev.pokecheck.corpus.OwnSource}). An entry expects {@code violated PROPERTY}, and then has a schedule, or {@code holds LEVEL}, of a
 * schedule if it has one and of all schedules if not. {@code fingerprint:} is written by the tool ({@link dev.pokecheck.corpus.Fingerprint}): it tells that the protocol has changed
 * since, and then the entry passes no more, whatever it still shows, until somebody has looked at it and refreshed it. Beside an entry with
 * a schedule may lie the timeline that its replay must print, under the same name with {@code .txt}. The schedule of a livelock has a
 * line {@code loop:} before the first step of its loop, which goes on to the last step. Schedules are names of actions; a step that is not enabled under its name is an error, never a guess.
 *
 * <p>C files are opened here, too ({@link dev.pokecheck.corpus.CFile}): with their headers, beside them and in folders, or from what an entry carries of them. What a file says of the
 * scenario in its first comment stands in the same words ({@link dev.pokecheck.corpus.ScenarioWords}).
 */
@NullMarked
package dev.pokecheck.corpus;

import org.jspecify.annotations.NullMarked;
