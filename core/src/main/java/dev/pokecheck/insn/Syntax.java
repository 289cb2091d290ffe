// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** How operands are written. */
enum Syntax {
    /** Sources first, sigils, operand size as a suffix of the mnemonic. */
    ATT {
        @Override
        String suffix(int bits) {
            return switch (bits) {
                case 8 -> "b";
                case 16 -> "w";
                case 32 -> "l";
                default -> "q";
            };
        }

        @Override
        String memory(MemoryOperand operand, int bits) {
            return operand.att();
        }

        @Override
        String register(String name) {
            return "%" + name;
        }

        @Override
        String immediate(long value) {
            return "$0x" + Long.toHexString(value);
        }

        @Override
        String indirect(String operand) {
            return "*" + operand;
        }

        @Override
        String operands(String destination, String source) {
            return source + "," + destination;
        }

        @Override
        String inline(InlineOp op) {
            return op.att();
        }
    },

    /** Destination first, operand size in front of memory operands. */
    INTEL {
        @Override
        String suffix(int bits) {
            return "";
        }

        @Override
        String memory(MemoryOperand operand, int bits) {
            String size = switch (bits) {
                case 8 -> "BYTE";
                case 16 -> "WORD";
                case 32 -> "DWORD";
                case 64 -> "QWORD";
                default -> "OWORD";
            };
            return size + " PTR " + operand.intel();
        }

        @Override
        String register(String name) {
            return name;
        }

        @Override
        String immediate(long value) {
            return "0x" + Long.toHexString(value);
        }

        @Override
        String indirect(String operand) {
            return operand;
        }

        @Override
        String operands(String destination, String source) {
            return destination + "," + source;
        }

        @Override
        String inline(InlineOp op) {
            return op.intel();
        }
    };

    /** The mnemonic's suffix when no register operand tells the operand size. */
    abstract String suffix(int bits);

    abstract String memory(MemoryOperand operand, int bits);

    abstract String register(String name);

    abstract String immediate(long value);

    /** The operand of an indirect call or jump. */
    abstract String indirect(String operand);

    abstract String operands(String destination, String source);

    abstract String inline(InlineOp op);
}
