// SPDX-License-Identifier: Apache-2.0
/**
 * Checkpoints as files. One class writes the format and one reads it, with the one checksum that both share; one owns the file, and replaces it as a whole
 * ({@link dev.pokecheck.checkpoint.file.CheckpointFile}).
 *
 * <p>While a search runs, {@code FILE.owner} is locked and holds the number of its process, so that no other writes to {@code FILE}; the lock ends with the process.
 *
 * <p>{@code FILE.tmp} is written and forced to the device, and then takes the place of {@code FILE} in one step, so that whatever
 * happens {@code FILE} is whole, or not there yet. Not promised is that a rename survives a loss of power; if it does not, the checkpoint before is there.
 *
 * <p>The file begins with a line of text, {@code pokecheck checkpoint 2}, where 2 is the version of the format. Blocks follow, each a length in bytes (4), a CRC-32C (4) of
 * the CRC-32C of the block before (4, big-endian; 0 for the first), the number of the block (8, big-endian) and its contents, and the contents, at most 1 MiB; the last block has none. All numbers but that are little-endian. The contents, joined, are numbers of 8
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
 */
@NullMarked
package dev.pokecheck.checkpoint.file;

import org.jspecify.annotations.NullMarked;
