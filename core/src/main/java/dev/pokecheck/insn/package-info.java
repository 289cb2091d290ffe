// SPDX-License-Identifier: Apache-2.0
/**
 * Bytes to instruction and back, for the x86-64 instructions that patch sites hold. No memory and no CPU: a caller
 * hands in bytes and the address they are at.
 *
 * <p>Three layers:
 *
 * <ul>
 *   <li>{@link dev.pokecheck.insn.LengthDecoder} finds where <em>any</em> instruction of 64-bit mode ends.
 *   <li>{@link dev.pokecheck.insn.Decoder} adds what a protocol needs to know of it: its {@link
 *       dev.pokecheck.insn.Kind}, where it goes and on which condition.
 *   <li>{@link dev.pokecheck.insn.Encoder}, {@link dev.pokecheck.insn.NopTable}, {@link dev.pokecheck.insn.InlineOp}
 *       make bytes, {@link dev.pokecheck.insn.Printer} makes text.
 * </ul>
 *
 * <p>Not promised:
 *
 * <ul>
 *   <li>This is no disassembler. A general instruction is {@link dev.pokecheck.insn.Kind#OTHER} with a length, and is
 *       printed as bytes.
 *   <li>A length does not mean that the instruction executes. Opcodes without any instruction in 64-bit mode are
 *       invalid; encodings that raise #UD for a finer reason (a reserved ModRM extension or mandatory prefix, LOCK on
 *       an instruction that cannot take it, a missing CPU feature) keep the length of their opcode.
 *   <li>Where vendors differ, Intel 64 is followed: the operand-size prefix {@code 66} does not shorten the
 *       displacement of a near branch. On AMD64 it does, to 16 bits, and the branch truncates RIP.
 *   <li>64-bit mode only. Neither APX ({@code d5} and EVEX map 4 are invalid) nor VIA PadLock ({@code 0f a6}, {@code 0f
 *       a7}).
 * </ul>
 *
 * <p>Nothing here throws on strange bytes; only wrong arguments do.
 */
@NullMarked
package dev.pokecheck.insn;

import org.jspecify.annotations.NullMarked;
