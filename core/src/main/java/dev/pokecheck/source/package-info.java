// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols in C: a file, with headers that the caller finds for it, becomes a {@link dev.pokecheck.protocol.Protocol.Definition}. No file is opened here. What is read of C is said in
 * {@code source.parse}, what becomes of it in {@code source.lower}; {@code core/docs/c.md} says it to users, with what each word of the headers is modelled as.
 *
 * <p>The comments before the first line of code say what the file is: its scenario, what it is expected to show, and what it does not model ({@code FileComment}). What is not
 * modelled is a property of the protocol, in the order of the file: what the comment says, then what words of headers name when they are read.
 */
@NullMarked
package dev.pokecheck.source;

import org.jspecify.annotations.NullMarked;
