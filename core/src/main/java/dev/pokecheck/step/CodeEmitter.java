// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import dev.pokecheck.protocol.Local;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Makes the {@link Code} of an expression, and shortens it. */
final class CodeEmitter implements Expr.Visitor<Void> {
    private static final BinaryOp[] OPERATIONS = BinaryOp.values();
    /** What leaves its right operand as it is if the left one is 0. */
    private static final Set<BinaryOp> ZERO_BEFORE = EnumSet.of(BinaryOp.ADD, BinaryOp.OR, BinaryOp.XOR);
    /** What leaves its left operand as it is if the right one is 0. */
    private static final Set<BinaryOp> ZERO_BEHIND = EnumSet.of(
            BinaryOp.ADD, BinaryOp.SUB, BinaryOp.OR, BinaryOp.XOR, BinaryOp.SHIFT_LEFT, BinaryOp.SHIFT_RIGHT);

    private final List<Integer> out = new ArrayList<>();
    private final Map<Integer, Local> locals = new TreeMap<>();

    /** The code so far: pairs of an operation and its operand. */
    int[] words() {
        return out.stream().mapToInt(Integer::intValue).toArray();
    }

    /** The local variables in it, by their numbers. */
    Map<Integer, Local> locals() {
        return locals;
    }

    private Void emit(int operation, int operand) {
        out.add(operation);
        out.add(operand);
        return null;
    }

    @Override
    public Void constant(Expr.Const expr) {
        return emit(Code.CONSTANT, expr.value());
    }

    @Override
    public Void local(Expr.LocalValue expr) {
        locals.put(expr.local().id(), expr.local());
        return emit(Code.LOCAL, expr.local().id());
    }

    @Override
    public Void read(Expr.Read expr) {
        expr.cell().index().accept(this);
        return emit(Code.READ, expr.cell().var().id());
    }

    @Override
    public Void cpuNumber(Expr.CpuNumber expr) {
        return emit(Code.CPU, 0);
    }

    @Override
    public Void inNmi(Expr.InNmi expr) {
        return emit(Code.IN_NMI, 0);
    }

    @Override
    public Void savedAddress(Expr.SavedAddress expr) {
        return emit(Code.SAVED_ADDRESS, 0);
    }

    @Override
    public Void ghost(Expr.GhostValue expr) {
        emit(Code.CONSTANT, 0);
        return emit(Code.READ, expr.var().id());
    }

    @Override
    public Void noCpuIn(Expr.NoCpuIn expr) {
        return emit(Code.NO_CPU_IN, expr.handler().ordinal());
    }

    @Override
    public Void everyCpuSerializedSince(Expr.EveryCpuSerializedSince expr) {
        return emit(Code.EVERY_CPU_SERIALIZED_SINCE, expr.site().index());
    }

    @Override
    public Void unary(Expr.Unary expr) {
        int from = out.size();
        expr.operand().accept(this);
        int last = out.size() - 2;
        if (isConstant(from, out.size())) {
            int value = Code.unary(expr.op().ordinal(), out.get(from + 1));
            out.set(from + 1, value);
            return null;
        }
        if (expr.op() == UnaryOp.NOT && out.get(last) == Code.BINARY) {
            Optional<BinaryOp> opposite = OPERATIONS[out.get(last + 1)].opposite();
            if (opposite.isPresent()) {
                out.set(last + 1, opposite.get().ordinal());
                return null;
            }
        }
        if (expr.op() == UnaryOp.NOT && out.get(last) == Code.LOCAL) {
            emit(Code.CONSTANT, 0);
            return emit(Code.BINARY, BinaryOp.EQ.ordinal());
        }
        return emit(Code.UNARY, expr.op().ordinal());
    }

    @Override
    public Void binary(Expr.Binary expr) {
        int left = out.size();
        expr.left().accept(this);
        int right = out.size();
        expr.right().accept(this);
        if (isConstant(left, right) && isConstant(right, out.size())) {
            int value = expr.op().apply(out.get(left + 1), out.get(right + 1));
            out.set(left + 1, value);
            drop(right);
        } else if (isZero(left, right) && ZERO_BEFORE.contains(expr.op())) {
            drop(left);
        } else if (isZero(right, out.size()) && ZERO_BEHIND.contains(expr.op())) {
            drop(right);
        } else {
            emit(Code.BINARY, expr.op().ordinal());
        }
        return null;
    }

    private boolean isConstant(int from, int to) {
        return to - from == 2 && out.get(from) == Code.CONSTANT;
    }

    private boolean isZero(int from, int to) {
        return isConstant(from, to) && out.get(from + 1) == 0;
    }

    /** Takes an operation away again. */
    private void drop(int at) {
        out.subList(at, at + 2).clear();
    }
}
