// SPDX-License-Identifier: Apache-2.0
/**
 * Object files of compilers, as far as it takes to say which memory the code of a line of C accesses: ELF64 for x86-64 (System V gABI, chapter 4; the x86-64 psABI, chapter 4), with sections, symbols
 * and relocations, and the line number program of DWARF 4 and 5 ({@code .debug_line}; DWARF 5, section 6.2).
 *
 * <p>A file is bytes from anywhere: whatever it holds, it is read or refused by an {@link dev.pokecheck.objectfile.ObjectFileException}, in time linear in its length. Not read: other
 * machines, big-endian files, extended section numbering, compressed debug sections, DWARF 2 and 3, types and variables.
 */
@NullMarked
package dev.pokecheck.objectfile;

import org.jspecify.annotations.NullMarked;
