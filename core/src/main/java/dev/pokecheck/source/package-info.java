// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols in C: a file, with headers that somebody finds for it, becomes a {@link dev.pokecheck.protocol.Protocol.Definition}. No file is opened here. What is read of C is said in
 * {@code source.parse}, what becomes of it in {@code source.lower}.
 */
@NullMarked
package dev.pokecheck.source;

import org.jspecify.annotations.NullMarked;
