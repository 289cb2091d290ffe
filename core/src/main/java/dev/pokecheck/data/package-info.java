// SPDX-License-Identifier: Apache-2.0
/**
 * Shared variables and store buffers, and the bit fields in which the machine keeps them.
 *
 * <p><b>Rules of data memory.</b> The first is that of {@code sc}, the others are those of {@code tso} (Sewell et al., "x86-TSO", CACM
 * 2010; Intel SDM vol. 3, "Memory Ordering").
 * <ol>
 *   <li id="sc">Under {@code sc} a store is in memory when its statement is done.
 *   <li id="buffer">Under {@code tso} a store enters the FIFO store buffer of its CPU and reaches memory by a separate {@code drain}
 *       action at any later time.
 *   <li id="forwarding">A load takes the newest buffered value of its variable, or memory.
 *   <li id="locked">A locked operation, a full fence and a serializing instruction can only execute once the buffer is empty.
 *   <li id="text-stores">Stores to text go through the same buffer, so that text and data stores of one CPU reach memory in program order.
 *       <span id="text-loads">A load of text as data is a load like others, whatever a fetch may see: it takes what memory holds now, and what
 *       this CPU has buffered over that.</span> <span id="text-exchange">A compare-and-exchange of text is a locked operation.</span>
 *   <li id="room">The buffer has a stated depth; a store cannot execute while it is full. A run says whether that ever held a store
 *       back: if not, its verdict is that of a buffer without bound.
 * </ol>
 */
@NullMarked
package dev.pokecheck.data;

import org.jspecify.annotations.NullMarked;
