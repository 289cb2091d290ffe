// SPDX-License-Identifier: Apache-2.0
/**
 * Shared variables and store buffers, and the bit fields in which the machine keeps them.
 *
 * <p><b>Rules of data memory.</b> Under {@code sc} a store is in memory when its statement is done. Under {@code tso} (Sewell et
 * al., "x86-TSO", CACM 2010; Intel SDM vol. 3, 9.2) a store enters the FIFO store buffer of its CPU and reaches memory by a
 * separate {@code drain} action at any later time; a load takes the newest buffered value of its variable, or memory; a locked
 * operation, a full fence and a serializing instruction can only execute once the buffer is empty. Stores to text go through the
 * same buffer, so that text and data stores of one CPU reach memory in program order.
 *
 * <p>The buffer has a stated depth; a store cannot execute while it is full. A run says whether that ever held a store back: if
 * not, its verdict is that of a buffer without bound.
 */
@NullMarked
package dev.pokecheck.data;

import org.jspecify.annotations.NullMarked;
