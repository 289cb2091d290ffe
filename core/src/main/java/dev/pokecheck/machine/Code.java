// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Compiles expressions to postfix code: an operation, then its operand if it has one. */
final class Code implements Expr.Visitor<Void> {
    static final int CONSTANT = 0;
    static final int LOCAL = 1;
    static final int READ = 2;
    static final int CPU = 3;
    static final int IN_NMI = 4;
    static final int SAVED_ADDRESS = 5;
    static final int UNARY = 6;
    static final int BINARY = 7;

    private static final UnaryOp[] UNARY_OPS = UnaryOp.values();
    private static final BinaryOp[] BINARY_OPS = BinaryOp.values();

    private final List<Integer> out = new ArrayList<>();

    private Code() {}

    static int[] of(Expr expr) {
        Code code = new Code();
        expr.accept(code);
        return code.out.stream().mapToInt(Integer::intValue).toArray();
    }

    static UnaryOp unaryOp(int operand) {
        return UNARY_OPS[operand];
    }

    static int binary(int operand, int left, int right) {
        return BINARY_OPS[operand].apply(left, right);
    }

    /** How many values some code has in hand at most while it is evaluated. */
    static int depth(int[] code) {
        int now = 0;
        int most = 0;
        for (int i = 0; i < code.length; i += 2) {
            switch (code[i]) {
                case CONSTANT, LOCAL, CPU, IN_NMI, SAVED_ADDRESS -> now++;
                case BINARY -> now--;
                default -> {
                    // A value takes the place of another.
                }
            }
            most = Math.max(most, now);
        }
        return most;
    }

    /** The local variables that some code reads. */
    static Set<Integer> locals(int[] code) {
        Set<Integer> read = new TreeSet<>();
        for (int i = 0; i < code.length; i += 2) {
            if (code[i] == LOCAL) {
                read.add(code[i + 1]);
            }
        }
        return read;
    }

    /** The shared variable that some code reads, or -1. */
    static int variable(int[] code) {
        for (int i = 0; i < code.length; i += 2) {
            if (code[i] == READ) {
                return code[i + 1];
            }
        }
        return -1;
    }

    private Void emit(int operation, int operand) {
        out.add(operation);
        out.add(operand);
        return null;
    }

    @Override
    public Void constant(Expr.Const expr) {
        return emit(CONSTANT, expr.value());
    }

    @Override
    public Void local(Expr.LocalValue expr) {
        return emit(LOCAL, expr.local().id());
    }

    @Override
    public Void read(Expr.Read expr) {
        expr.cell().index().accept(this);
        return emit(READ, expr.cell().var().id());
    }

    @Override
    public Void cpuNumber(Expr.CpuNumber expr) {
        return emit(CPU, 0);
    }

    @Override
    public Void inNmi(Expr.InNmi expr) {
        return emit(IN_NMI, 0);
    }

    @Override
    public Void savedAddress(Expr.SavedAddress expr) {
        return emit(SAVED_ADDRESS, 0);
    }

    @Override
    public Void unary(Expr.Unary expr) {
        expr.operand().accept(this);
        return emit(UNARY, expr.op().ordinal());
    }

    @Override
    public Void binary(Expr.Binary expr) {
        expr.left().accept(this);
        expr.right().accept(this);
        return emit(BINARY, expr.op().ordinal());
    }
}
