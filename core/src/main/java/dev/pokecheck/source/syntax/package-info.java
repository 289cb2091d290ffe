// SPDX-License-Identifier: Apache-2.0
/** What a C file says, as trees: expressions, statements, declarations. Each knows the token to which a message about it points. */
@NullMarked
package dev.pokecheck.source.syntax;

import org.jspecify.annotations.NullMarked;
