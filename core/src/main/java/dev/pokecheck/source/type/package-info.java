// SPDX-License-Identifier: Apache-2.0
/** The types of C, as far as protocols need them: integers, enumerations, pointers, arrays, structs and unions, functions. Sizes are those of x86-64. */
@NullMarked
package dev.pokecheck.source.type;

import org.jspecify.annotations.NullMarked;
