// SPDX-License-Identifier: Apache-2.0
/**
 * Whether a compiler has left the accesses of a protocol to shared memory as they are written: those of its statements against those of the instructions that the same lines of the same file have become.
 *
 * <p>An access is a line, an object and what is done with it: a load, a store, or an update, which is both at once. Of the source the accesses are those of the recorded statements. Of the code they are the
 * operands in memory whose displacement a relocation names; what the code accesses through a register is named by no relocation, and is not matched, nor is what the source has of objects that the object file does not name. Members of a struct
 * are not told apart. A line of the source is
 *
 * <ul>
 *   <li><em>dropped</em> if the code of the line has no such access, though the line's file has code;
 *   <li><em>repeated</em> if one function has more of it than the source. A compiler that copies code, by inlining a function twice or by unrolling a loop, is not told from one that reads twice;
 *   <li><em>moved</em> if it stands in a loop of the source and in the code in none, or if in one function, outside of its loops, it comes after an access of a later line.
 * </ul>
 *
 * <p>A store of the code that also loads ({@code add $1, x}) is what a load and a store of the source on one line may be.
 */
@NullMarked
package dev.pokecheck.audit;

import org.jspecify.annotations.NullMarked;
