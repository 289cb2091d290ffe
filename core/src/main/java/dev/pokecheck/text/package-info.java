// SPDX-License-Identifier: Apache-2.0
/**
 * Code bytes, stores to them, and what a fetch may see.
 *
 * <p><b>Rules of text.</b>
 * <ol>
 *   <li id="versions">A {@link dev.pokecheck.text.Site} is an address range with two or more <em>versions</em>, byte sequences of its
 *       length.
 *   <li id="pieces">A store of several bytes reaches memory in pieces ({@link dev.pokecheck.text.StoreSplit}), the pieces in any order.
 *   <li id="chunks">Text is divided into aligned chunks of 1, 8, 16, 32 or 64 bytes. Each chunk of an instruction is seen as it was at some
 *       time between that CPU's last serialization and now. The {@link dev.pokecheck.text.FetchModel} constrains the times of
 *       the chunks of one instruction against each other; each model is one class of {@link dev.pokecheck.text.fetch}. "First chunk" is the one that holds the instruction's first byte.
 *   <li id="length">An instruction is fetched from its first byte on, chunk by chunk, only as far as its own length reaches. INT3 is one
 *       byte long, so nothing behind it is fetched.
 *   <li id="order">A later fetch may see an older time than an earlier one, unless the scenario switches {@code fetch-coherent} on: then no
 *       fetch sees a chunk older than the same CPU has already seen that chunk.
 *   <li id="torn">Bytes that stand in no version at their offset, as one instruction that starts there, are <em>torn</em>, even if they
 *       decode. A breakpoint as first byte is legal whatever follows.
 * </ol>
 *
 * <p>What a CPU may see of a site is kept as a <em>view</em>: the contents that memory has had since the CPU last serialized,
 * oldest first. Views that no later store or fetch can tell apart are one view ({@link dev.pokecheck.text.Views}), so that the
 * number of states does not grow with history.
 *
 * <p>These histories, and the instructions that were fetched, are kept in tables, as a state has a number for each. There may be millions of
 * histories of one site: nine bytes that arrive in any order, seen as of one common time, have 986 410. So a table ends
 * ({@link dev.pokecheck.text.TableRoom}), and its end is a bound of whatever search or run meets it
 * ({@link dev.pokecheck.text.TableFullException}), like a bound of states; what was found before stands.
 *
 * <p>Not modelled: instructions that begin before a site and reach into it; two sites as parts of one instruction; the flush that
 * a CPU's own store to the address it executes causes on x86 (patchers write through a second mapping, SDM vol. 3, 12.6 makes no
 * promise for that), so that a CPU needs a serializing instruction after its own stores too.
 */
@NullMarked
package dev.pokecheck.text;

import org.jspecify.annotations.NullMarked;
