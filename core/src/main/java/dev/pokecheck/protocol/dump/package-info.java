// SPDX-License-Identifier: Apache-2.0
/**
 * A recorded protocol as text for machines: what it is, in a form that does not change when the text for readers does. Fingerprints are taken from it.
 *
 * <p><b>What is in it:</b> all that steps, their names in schedules and the verdict depend on. <b>What is not:</b> the setting, which the scenario of an entry
 * tells; and what only a reader sees: where statements come from, layout, comments, the message of a {@code BUG_ON}, the names of constants, of local
 * variables and of functions that are expanded in place, whether an object is allocated or on a stack, and the names of what is not modelled.
 *
 * <p><b>The form, version {@code ir1}.</b> Lines of words with one space between them; the first line is {@code ir1} and the name of the protocol. A string
 * stands in quotation marks, with {@code \} before a quotation mark, a {@code \} or, as {@code n}, in the place of a line feed. {@code vN} is a shared variable, {@code lN:MIN..MAX} a local one of
 * its routine with its range, {@code sN} a site, {@code oN} an object, each by its number; a constant of an enumeration is its name in Java, in lower case; bytes are two hexadecimal digits each; {@code -} is what is
 * optional and not there; a flag is 0 or 1.
 *
 * <pre>
 * variable vN "name" LENGTH MIN MAX INITIAL,INITIAL… oN|-
 * object oN "name"
 * user CPU
 * copy sN VERSION sN OFFSET:OFFSET…
 * holds-off
 * unlock sN|- CELL VALUE | unlock sN|- -
 * thread|breakpoint|nmi|irq|mc ROUTINE
 * </pre>
 *
 * A routine is {@code "name"} and, on the following lines, {@code &#123;}, its statements, and {@code &#125;}.
 * A statement is a line: its kind, its label, its parts in the order in which the records of {@code protocol} have them; the lists of statements inside it follow, each between
 * {@code &#123;} and {@code &#125;}. A cell is {@code vN[EXPRESSION]}. An expression is a number, a local variable, or an operation and its operands in parentheses,
 * the operation first. What has no label has none: its kind says so.
 *
 * <p>Whoever changes the form, or renames what stands in it, makes a new version of it, and a new kind of fingerprint.
 */
@NullMarked
package dev.pokecheck.protocol.dump;

import org.jspecify.annotations.NullMarked;
