// SPDX-License-Identifier: Apache-2.0
/**
 * Code bytes, stores to them, and what a fetch may see.
 *
 * <p><b>Rules of text.</b>
 * <ol>
 *   <li id="versions">A {@link dev.pokecheck.text.Site} is an address range with two or more <em>versions</em>, byte sequences of its
 *       length. <span id="instructions">The instructions of a version are those that control can come to from its first byte, by falling
 *       through and by branches inside the site, <span id="entries">and from its further entries, where these are not inside one of them and the bytes
 *       decode. At each entry some version has an instruction.</span> A jump, direct or not, RET and UD2 never fall through. All else in a version is data, which need
 *       not decode, and is no instruction of it if it does: a context that is there is in no code of that version.</span> <span
 *       id="after-breakpoint">Whether control comes to what stands after INT3 is up to a handler, so that it is an instruction if it decodes, and
 *       data if not.</span>
 *       <span id="overlap">Sites may overlap; then they are one text. Version 0 of each has the same bytes where they do. A store to one of them is one to
 *       each that has the byte, a CPU has one window of all, and a fetch from one reads on past its last byte where another has more.</span>
 *   <li id="pieces">A memcpy of several bytes reaches memory in pieces ({@link dev.pokecheck.text.StoreSplit}), the pieces in any order, and none
 *       wider than the widest store. <span id="single-store">A store that is declared single reaches memory whole. It has to be one that the
 *       processor promises: what it writes lies in one aligned word of 8 bytes, or of 16 if the scenario says so, whose other bytes stay. Any
 *       other store is refused.</span>
 *   <li id="chunks">Text is divided into aligned chunks of 1, 8, 16, 32 or 64 bytes. Each chunk of an instruction is seen as it was at some
 *       time in a window that ends now. The {@link dev.pokecheck.text.fetch.Shape} of the {@link dev.pokecheck.text.FetchModel} constrains the times of
 *       the chunks of one instruction against each other. "First chunk" is the one that holds the instruction's first byte.
 *   <li id="window">Where the window begins is the {@link dev.pokecheck.text.fetch.Window}'s to say: at the CPU's last serialization, or, where fetches are in order,
 *       at the newest time that its last fetch has seen a chunk at, of whatever site; <span id="loads">and where they are in order with loads, too, at its last plain
 *       load.</span> <span id="locked-loads">A locked operation counts as a load only where the profile says so
 *       ({@link dev.pokecheck.cpu.Profile#lockOrdersFetch}).</span> Code that is not modelled is fetched as early as the window lets it, so it moves nothing.
 *   <li id="own-stores">What a CPU has stored to code itself it is sure to fetch once it has executed what its profile asks for: nothing, a jump
 *       or a serializing instruction ({@link dev.pokecheck.cpu.SelfModification}); before that it may fetch it or not, as any other CPU.
 *       <span id="own-alias">The profile asks for one thing after a store in place, which goes through the mapping that is executed, and for another after
 *       one through an alias, another linear address of the same code. A store goes through an alias unless it says otherwise, as
 *       {@code text_poke()} does.</span> <span id="own-jump">A jump is a near branch that the CPU takes in a site or out of a function that a site has called,
 *       or the statement {@code jump}. The branches and calls of a routine are none, as a compiler may make anything of them; nor is the way to a
 *       site, which may be straight; nor an interrupt and the return from it, unless that serializes.</span> <span id="own-bytes">A CPU is sure of the
 *       bytes that it has stored itself, not of those that others store beside them; and where it needs a jump, only of those that no other CPU
 *       has stored since.</span> <span id="own-buffer">No fetch reads a store buffer: one from a site waits until the stores to it that its CPU is sure to
 *       fetch are in memory.</span>
 *   <li id="length">An instruction is fetched from its first byte on, chunk by chunk, only as far as its own length reaches. INT3 is one
 *       byte long, so nothing behind it is fetched.
 *   <li id="order">In a window that fetches do not move, a later fetch may see an older time than an earlier one, unless the scenario switches {@code fetch-coherent} on: then no
 *       fetch sees a chunk older than the same CPU has already seen that chunk.
 *   <li id="torn">Bytes that stand in no version at their offset, as one instruction that starts there, are <em>torn</em>, even if they
 *       decode. A breakpoint as first byte is legal whatever follows. <span id="of-another">Where sites overlap, an instruction that stands in a version of the site that
 *       is executed is of that version, but if no patch call has brought that version and one of another of these sites brings that instruction, or has brought it: then it is right, and says
 *       nothing about the version of the executed one. If it stands in none, it is right if it stands in a version of another of these sites at that address, and then says
 *       nothing about the version of the executed one. One that mixes bytes of the two is torn.</span>
 * </ol>
 *
 * <p>What a CPU may see of a site is kept as a <em>view</em>: the contents that memory has had in its window,
 * oldest first. Views that no later store or fetch can tell apart are one view ({@link dev.pokecheck.text.Views}), so that the
 * number of states does not grow with history.
 *
 * <p>These histories, and the instructions that were fetched, are kept in tables, as a state has a number for each. There may be millions of
 * histories of one site: nine bytes that arrive in any order, seen as of one common time, have 986 410. So a table ends
 * ({@link dev.pokecheck.text.TableRoom}), and its end is a bound of whatever search or run meets it
 * ({@link dev.pokecheck.text.TableFullException}), like a bound of states; what was found before stands.
 *
 * <p>A site of 32 one-byte instructions, patched by one memcpy of bytes, meets that bound or the memory of the search, and no grouping of bytes mends it. Bytes of one instruction
 * can be written together because whoever fetches that instruction in between sees a mixture, whichever bytes are there, and then the run is over. A fetch of a one-byte instruction
 * sees one byte, so it never sees a mixture: it sees the old instruction or the new one, each of which is right by itself, and the run goes on. With n instructions all 2^n states of
 * half-written text are then different: contexts that execute the site on several CPUs, or from several entries, see the order in which two of its instructions become
 * new, and their handlers can tell each other. The same holds of the bytes of different sites, which no single store writes anyway: a path through two
 * sites sees which of them is new. What helps is a larger chunk with a split into words, where that is what the hardware does, or fewer instructions.
 *
 * <p>Not modelled: instructions that begin before all bytes of a text and reach into it; sites that do not overlap as parts of one instruction.
 */
@NullMarked
package dev.pokecheck.text;

import org.jspecify.annotations.NullMarked;
