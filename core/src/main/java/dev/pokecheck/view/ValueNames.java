// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.step.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values of shared variables as the source writes them: by the name of a constant that is stored to the variable or compared with
 * it, or as a set of CPUs if the variable is one.
 */
final class ValueNames {
    private final List<TreeMap<Integer, String>> names = new ArrayList<>();
    private final TreeSet<Integer> bitmaps = new TreeSet<>();

    ValueNames(List<Var> variables, List<Step> steps) {
        variables.forEach(var -> names.add(new TreeMap<>()));
        steps.forEach(step -> step.source().ifPresent(this::learn));
    }

    private void learn(Stmt statement) {
        if (statement instanceof DataStmt.Store store) {
            learn(store.to().var(), store.value());
        } else if (statement instanceof DataStmt.Await await) {
            learn(await.condition());
        } else if (statement instanceof DataStmt.AwaitBoth await) {
            learn(await.first());
            learn(await.second());
        } else if (statement instanceof DataStmt.AwaitOrTimeout await) {
            learn(await.condition());
        } else if (statement instanceof DataStmt.Rmw rmw
                && (rmw.op() == RmwOp.OR || rmw.op() == RmwOp.AND_NOT)
                && rmw.operand() instanceof Expr.Unary unary
                && unary.op() == Expr.UnaryOp.BIT) {
            bitmaps.add(rmw.cell().var().id());
        }
    }

    private void learn(Expr condition) {
        if (!(condition instanceof Expr.Binary binary)) {
            return;
        }
        if (binary.left() instanceof Expr.Read read) {
            learn(read.cell().var(), binary.right());
        } else if (binary.right() instanceof Expr.Read read) {
            learn(read.cell().var(), binary.left());
        }
    }

    private void learn(Var var, Expr value) {
        if (value instanceof Expr.Const constant && !constant.name().isEmpty()) {
            names.get(var.id()).putIfAbsent(constant.value(), constant.name());
        }
    }

    /** A value of a variable. */
    String text(Var var, int value) {
        String name = names.get(var.id()).get(value);
        if (name != null) {
            return name;
        }
        return bitmaps.contains(var.id()) ? set(value) : Integer.toString(value);
    }

    private static String set(int bits) {
        List<String> members = new ArrayList<>();
        for (int i = 0; i < Integer.SIZE; i++) {
            if ((bits >>> i & 1) != 0) {
                members.add(Integer.toString(i));
            }
        }
        return "{" + String.join(",", members) + "}";
    }
}
