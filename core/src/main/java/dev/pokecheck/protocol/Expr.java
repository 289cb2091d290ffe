// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import dev.pokecheck.text.Site;
import java.util.Optional;

/**
 * A run-time value: a whole number; conditions are 0 and 1. An expression reads at most one shared variable, which the recorder
 * checks, so that its evaluation is one atomic step.
 */
public sealed interface Expr {
    /** Calls the method of the visitor for this kind of expression. */
    <R> R accept(Visitor<R> visitor);

    /** One method for each kind of expression. */
    interface Visitor<R> {
        /** For {@link Const}. */
        R constant(Const expr);

        /** For {@link LocalValue}. */
        R local(LocalValue expr);

        /** For {@link Read}. */
        R read(Read expr);

        /** For {@link CpuNumber}. */
        R cpuNumber(CpuNumber expr);

        /** For {@link InNmi}. */
        R inNmi(InNmi expr);

        /** For {@link SavedAddress}. */
        R savedAddress(SavedAddress expr);

        /** For {@link GhostValue}. */
        R ghost(GhostValue expr);

        /** For {@link NoCpuIn}. */
        R noCpuIn(NoCpuIn expr);

        /** For {@link EveryCpuSerializedSince}. */
        R everyCpuSerializedSince(EveryCpuSerializedSince expr);

        /** For {@link Unary}. */
        R unary(Unary expr);

        /** For {@link Binary}. */
        R binary(Binary expr);
    }

    /** A constant. */
    record Const(int value, String name) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.constant(this);
        }
    }

    /** A local variable of the routine. */
    record LocalValue(Local local) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.local(this);
        }
    }

    /** The value of a shared variable. */
    record Read(Shared.Cell cell) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.read(this);
        }
    }

    /** The number of the CPU that evaluates it. */
    record CpuNumber() implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cpuNumber(this);
        }
    }

    /** 1 if an NMI handler is on the stack of the CPU, the kernel's {@code in_nmi()}. */
    record InNmi() implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.inNmi(this);
        }
    }

    /** The saved address of the context below, as a {@link Places place}; in the breakpoint handler the kernel's {@code regs->ip}. */
    record SavedAddress() implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.savedAddress(this);
        }
    }

    /** The value of a ghost variable. */
    record GhostValue(Var var) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.ghost(this);
        }
    }

    /** 1 if no CPU has a handler on its stack. */
    record NoCpuIn(HandlerKind handler) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.noCpuIn(this);
        }
    }

    /** 1 if every CPU that needs to has serialized since the last store to a site. */
    record EveryCpuSerializedSince(Site site) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.everyCpuSerializedSince(this);
        }
    }

    /** An operation on one operand. */
    record Unary(UnaryOp op, Expr operand) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unary(this);
        }
    }

    /** An operation on two operands. */
    record Binary(BinaryOp op, Expr left, Expr right) implements Expr {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.binary(this);
        }
    }

    /** Operations on one operand. */
    enum UnaryOp {
        /** Logical not. */
        NOT,
        /** 1 shifted left by the operand. */
        BIT,
        /** The number of one bits: the kernel's {@code bitmap_weight}. */
        WEIGHT
    }

    /** Operations on two operands. */
    enum BinaryOp {
        /** Sum. */
        ADD("+"),
        /** Difference. */
        SUB("-"),
        /** Bitwise and. */
        AND("&"),
        /** Bitwise or. */
        OR("|"),
        /** Bits of one of them. */
        XOR("^"),
        /** Product. */
        MULTIPLY("*"),
        /** Quotient, towards 0; 0 for a division by 0, before which its author asserts that it is none. */
        DIVIDE("/"),
        /** Remainder, with the sign of the dividend; 0 for a division by 0. */
        REMAINDER("%"),
        /** Shift left. */
        SHIFT_LEFT("<<"),
        /** Shift right. */
        SHIFT_RIGHT(">>"),
        /** Equal. */
        EQ("=="),
        /** Not equal. */
        NE("!="),
        /** Less. */
        LT("<"),
        /** Less or equal. */
        LE("<="),
        /** Greater. */
        GT(">"),
        /** Greater or equal. */
        GE(">=");

        private final String sign;

        BinaryOp(String sign) {
            this.sign = sign;
        }

        /** The sign in C. */
        public String sign() {
            return sign;
        }

        /** The comparison that holds where this one does not; empty if it is none. */
        public Optional<BinaryOp> opposite() {
            return Optional.ofNullable(
                    switch (this) {
                        case EQ -> NE;
                        case NE -> EQ;
                        case LT -> GE;
                        case GE -> LT;
                        case GT -> LE;
                        case LE -> GT;
                        default -> null;
                    });
        }

        /** What the operation makes of two numbers. */
        public int apply(int left, int right) {
            return switch (this) {
                case ADD -> left + right;
                case SUB -> left - right;
                case AND -> left & right;
                case OR -> left | right;
                case XOR -> left ^ right;
                case MULTIPLY -> left * right;
                case DIVIDE -> right == 0 ? 0 : left / right;
                case REMAINDER -> right == 0 ? 0 : left % right;
                case SHIFT_LEFT -> left << right;
                case SHIFT_RIGHT -> left >> right;
                case EQ -> left == right ? 1 : 0;
                case NE -> left != right ? 1 : 0;
                case LT -> left < right ? 1 : 0;
                case LE -> left <= right ? 1 : 0;
                case GT -> left > right ? 1 : 0;
                case GE -> left >= right ? 1 : 0;
            };
        }
    }

    /** A number. */
    static Expr of(int value) {
        return new Const(value, "");
    }

    /** A number with the name it has in the source. */
    static Expr named(String name, int value) {
        return new Const(value, name);
    }

    /** The number of this CPU. */
    static Expr thisCpu() {
        return new CpuNumber();
    }

    /** Whether this CPU is in an NMI handler. */
    static Expr inNmi() {
        return new InNmi();
    }

    /** The saved address of the context below. */
    static Expr savedAddress() {
        return new SavedAddress();
    }

    /** Whether no CPU is in a handler, or in a context on top of it; for {@link Recorder#ensure}. */
    static Expr noCpuIn(HandlerKind handler) {
        return new NoCpuIn(handler);
    }

    /**
     * Whether every CPU has executed a serializing instruction since the last store to a site has reached memory, but for CPUs that need none after
     * their own stores; for {@link Recorder#ensure}. A store that the asking CPU has made, and that is still in its store buffer, counts as one that
     * none has serialized since.
     */
    static Expr everyCpuSerializedSince(Site site) {
        return new EveryCpuSerializedSince(site);
    }

    /** {@code this == other}. */
    default Expr eq(Expr other) {
        return new Binary(BinaryOp.EQ, this, other);
    }

    /** {@code this == other}. */
    default Expr eq(int other) {
        return eq(of(other));
    }

    /** {@code this != other}. */
    default Expr ne(Expr other) {
        return new Binary(BinaryOp.NE, this, other);
    }

    /** {@code this != other}. */
    default Expr ne(int other) {
        return ne(of(other));
    }

    /** {@code this < other}. */
    default Expr lt(Expr other) {
        return new Binary(BinaryOp.LT, this, other);
    }

    /** {@code this >= other}. */
    default Expr ge(Expr other) {
        return new Binary(BinaryOp.GE, this, other);
    }

    /** {@code this > other}. */
    default Expr gt(Expr other) {
        return new Binary(BinaryOp.GT, this, other);
    }

    /** {@code this + other}. */
    default Expr plus(Expr other) {
        return new Binary(BinaryOp.ADD, this, other);
    }

    /** {@code this + other}. */
    default Expr plus(int other) {
        return plus(of(other));
    }

    /** {@code this - other}. */
    default Expr minus(int other) {
        return new Binary(BinaryOp.SUB, this, of(other));
    }

    /** {@code this & other}. */
    default Expr and(Expr other) {
        return new Binary(BinaryOp.AND, this, other);
    }

    /** {@code this | other}. */
    default Expr or(Expr other) {
        return new Binary(BinaryOp.OR, this, other);
    }

    /** {@code this >> bits}. */
    default Expr shiftRight(int bits) {
        return new Binary(BinaryOp.SHIFT_RIGHT, this, of(bits));
    }

    /** {@code !this}. */
    default Expr not() {
        return new Unary(UnaryOp.NOT, this);
    }

    /** {@code 1 << this}. */
    default Expr bit() {
        return new Unary(UnaryOp.BIT, this);
    }

    /** The number of one bits. */
    default Expr weight() {
        return new Unary(UnaryOp.WEIGHT, this);
    }
}
