// SPDX-License-Identifier: Apache-2.0
/**
 * Trees to a protocol.
 *
 * <p>A file is run as far as it can be while it is read: functions are expanded where they are called, pointers to objects are followed, and what is known then (the
 * sites and CPUs of the scenario, constants, the arguments of a call) is no step of the protocol. What is left is: each access to memory that others may access is a step, an
 * operator on what is {@code _Atomic} is one locked step, a local variable is one of its routine, and a loop is a loop but for {@code for} loops that count over what is known, which are written out.
 *
 * <p><b>Loops.</b> What is known of a variable of a call where a round of a loop begins is true where any round ends, whoever stores to it: the loop by its name, or through a
 * pointer that was made before, or a function that it calls. What its text names is followed, or unknown, from the first reading on ({@code Assigned}); what else a round was seen to
 * change is unknown when the file is read again ({@code RoundEnds}). A variable to which a pointer leads has no bound by the number of rounds.
 *
 * <p><b>Conditions.</b> Where a condition holds, or does not, it says something of the variables of calls that it compares, unless something has been stored to one since the
 * condition read it: to the right of that, or in a function that is called there ({@code Moments}).
 *
 * <p><b>Ranges.</b> A variable has the values that are ever stored to it, found by reading the file again until nothing is added that the reading has asked for before. What does not settle is refused, and
 * wants a range from its author, {@code __range(min, max)}; a value outside of that, or of its type, is a {@code bug} of the protocol, with the line of the store. No value
 * wraps around, but where a cast says so. A few values are told apart, so that a pointer, or an address of code, leads to what it was seen to have.
 *
 * <p><b>Own memory.</b> A thread may say that it follows its stores. What it has stored last to a variable that no other routine of the file stores to, it then loads again:
 * the load is a step, its value is known ({@code OwnMemory}), unless a loop that is none of those written out has begun since. What is known
 * there is what a run has computed: an index beyond its array is a {@code bug} of the run that comes there, where elsewhere one that is known is refused.
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
 * <p><b>Plain accesses.</b> An access is <i>marked</i> if a word of the header makes it ({@code READ_ONCE}, atomics, bit operations, sets of CPUs, per-CPU words, locks), or if its
 * type is {@code volatile} or {@code _Atomic}; any other is <i>plain</i>, those of {@code memcpy} and its kind among them. Which plain accesses race is listed with each
 * verdict ({@link dev.pokecheck.machine.Races}). As it is written, each is one step. Changed as compilers may ({@code --plain compiler}), each of these is a
 * {@code choose}:
 * <ul>
 *   <li>A <i>barrier</i> ends all of what follows: no access moves over it, and no value is kept over it. Barriers are {@code barrier()}, {@code cpu_relax()}, fences,
 *       locked operations, operators on what is {@code _Atomic}, locks, release stores, acquire loads and loads of what is {@code _Atomic} (behind them), stores to code,
 *       executions, whatever else is asked of the machine, and the end of a routine. Calls of functions of the file are none, as they may be expanded in place.
 *   <li><i>Merged</i>: a plain load may have the value of an earlier plain load or store of the routine to the same cell, in a loop that of an earlier round; a plain
 *       store may be left out if another one to the cell follows. A loop whose body is empty may load once, before it begins.
 *   <li><i>Repeated</i>: where a variable of the call that has been loaded plainly is used a second time, or later, it may be loaded again, if nothing in between stores
 *       to memory by a plain or marked store; not over the head of a loop. A store is not repeated: a second one of the same value is only seen where another
 *       was made in between, and that is a store that moved.
 *   <li><i>Moved</i>: before each access, plain or marked, any cell that the routine loads plainly may be loaded already, and a plain store that was put off may be made.
 *       The order of accesses to one cell stays. Marked accesses do not move. Left out: a store that is made before an access that stands before it and
 *       is marked, or is a load.
 *   <li>All this is for cells of variables that live for ever, whose element is known when the file is read.
 * </ul>
 *
 * <p><b>Code.</b> Addresses of code are places. What the file stores to code at an address, or of bytes, that are known only in a run is a branch for each site and version that
 * they may be; other bytes are a {@code bug}. A displacement that the file reads or computes is the distance of two addresses, so that a wrong one leads elsewhere.
 */
@NullMarked
package dev.pokecheck.source.lower;

import org.jspecify.annotations.NullMarked;
