// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** What a locked read-modify-write makes of a variable and an operand. */
public enum RmwOp {
    /** Adds. */
    ADD("atomic_add") {
        @Override
        public int apply(int old, int operand) {
            return old + operand;
        }
    },
    /** Sets bits: {@code set_bit}. */
    OR("atomic_or") {
        @Override
        public int apply(int old, int operand) {
            return old | operand;
        }
    },
    /** Clears bits: {@code clear_bit}. */
    AND_NOT("atomic_andnot") {
        @Override
        public int apply(int old, int operand) {
            return old & ~operand;
        }
    },
    /** Changes bits: {@code change_bit}. */
    XOR("atomic_xor") {
        @Override
        public int apply(int old, int operand) {
            return old ^ operand;
        }
    },
    /** Adds unless the value is 0: {@code atomic_inc_not_zero} and the like. */
    ADD_UNLESS_ZERO("atomic_add_unless_zero") {
        @Override
        public int apply(int old, int operand) {
            return old == 0 ? 0 : old + operand;
        }
    },
    /** Replaces. */
    EXCHANGE("xchg") {
        @Override
        public int apply(int old, int operand) {
            return operand;
        }
    };

    private final String text;

    RmwOp(String text) {
        this.text = text;
    }

    /** Its name in the printed form. */
    public String text() {
        return text;
    }

    /** The new value. */
    public abstract int apply(int old, int operand);
}
