// SPDX-License-Identifier: Apache-2.0
/**
 * Tokens to trees, by recursive descent: the C that kernels are written in (C17 without floating point, bit-fields, variable-length arrays, {@code _Generic}; with GNU's
 * case ranges, anonymous members and attributes).
 *
 * <p>A mistake ends the statement or the declaration that it is in, and reading goes on behind it, so that several are said at once. How deep things nest is
 * bounded, and reading takes linear time.
 */
@NullMarked
package dev.pokecheck.source.parse;

import org.jspecify.annotations.NullMarked;
