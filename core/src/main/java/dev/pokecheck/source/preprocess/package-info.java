// SPDX-License-Identifier: Apache-2.0
/**
 * The C preprocessor (C17, 6.10): files to tokens without directives and macros.
 *
 * <p>It has all directives but {@code #line}, variadic macros, {@code #}, {@code ##}, and GNU's comma before {@code ##__VA_ARGS__}. A token that a macro has brought
 * knows where the macro was used: that is the place that messages name, so that they name the author's file also where {@code pokecheck.h} stands in between.
 * What macros and headers expand to is bounded, and so is how deep they nest: what goes beyond is refused with its line.
 *
 * <p>A shipped header that a file includes before any token of its own is preprocessed once for all files that define the macros it asks for alike.
 */
@NullMarked
package dev.pokecheck.source.preprocess;

import org.jspecify.annotations.NullMarked;
