// SPDX-License-Identifier: Apache-2.0
/**
 * Trees to a protocol.
 *
 * <p>A file is run as far as it can be while it is read: functions are expanded where they are called, pointers to objects are followed, and what is known then (the
 * sites and CPUs of the scenario, constants, the arguments of a call) is no step of the protocol. What is left is: each access to memory that others may access is a step, an
 * operator on what is {@code _Atomic} is one locked step, a local variable is one of its routine, and a loop is a loop but for {@code for} loops that count over what is known, which are written out.
 *
 * <p><b>Ranges.</b> A variable has the values that are ever stored to it, found by reading the file again until nothing is added that the reading has asked for before. What does not settle is refused, and
 * wants a range from its author, {@code __range(min, max)}; a value outside of that, or of its type, is a {@code bug} of the protocol, with the line of the store. No value
 * wraps around, but where a cast says so. A few values are told apart, so that a pointer, or an address of code, leads to what it was seen to have.
 *
 * <p><b>Own memory.</b> A thread may say that it follows its stores. What it has stored last to a variable that no other routine of the file stores to, it then loads again:
 * the load is a step, its value is known ({@code OwnMemory}), unless a loop that is none of those written out has begun since.
 *
 * <p><b>Pointers.</b> A pointer that is not known is a number: 0, the address of code, or beyond all of these the number of an object or function. What is done through one that
 * may lead to several objects is a branch for each of them.
 *
 * <p><b>Unions.</b> Of the scalars of a union that a file uses, anywhere in it, the largest are <i>cells</i> of memory ({@link dev.pokecheck.source.lower.UnionCells}); any
 * other is a cell seen with another type, or some bytes of one, the lowest first, as on x86. All objects of a type have the same cells. A load of some bytes is one access to
 * their cell, as is each cell of which {@code memcpy} takes bytes. A store to some bytes alone is possible in a variable that only its call can access, and refused in
 * memory that others can read, as no other store there is one to a part of a variable; {@code memcpy} to all bytes of a cell stores that at once. Refused are bytes of a
 * pointer, members that overlap where neither lies in the other, and a value that the other type does not hold in 32 bits with a sign: known, it is a mistake in the
 * file, else a {@code bug} where it is read. Members that a file never uses take no part in this.
 *
 * <p><b>Code.</b> Addresses of code are places. What the file stores to code at an address, or of bytes, that are known only in a run is a branch for each site and version that
 * they may be; other bytes are a {@code bug}. A displacement that the file reads or computes is the distance of two addresses, so that a wrong one leads elsewhere.
 */
@NullMarked
package dev.pokecheck.source.lower;

import org.jspecify.annotations.NullMarked;
