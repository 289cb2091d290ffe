// SPDX-License-Identifier: Apache-2.0
/**
 * The text of C files: places in them, what is wrong there, and tokens. Files are texts with names; nothing here opens one.
 *
 * <p>Each mistake is one line, {@code file:line:column: what; remedy}, with the line and a caret below it. Reading takes time linear in the text, and what is
 * too long is refused.
 */
@NullMarked
package dev.pokecheck.source.token;

import org.jspecify.annotations.NullMarked;
