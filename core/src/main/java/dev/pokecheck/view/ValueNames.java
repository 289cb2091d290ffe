// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Origins;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Values of shared variables as the source writes them: by the name of a constant that is stored to the variable or compared with
 * it, or as a set of CPUs if the variable is one.
 */
final class ValueNames {
    private final List<TreeMap<Integer, String>> names = new ArrayList<>();
    private final TreeSet<Integer> bitmaps = new TreeSet<>();

    private final Origins origins;

    ValueNames(List<Var> variables, List<Step> steps, Origins origins) {
        this.origins = origins;
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

    /** A statement that stores a pointer, with the name of what that leads to in the place of its number; empty for others, and where the step says something else. */
    Optional<String> text(Stmt statement, Words words) {
        if (statement instanceof DataStmt.Store store
                && store.value() instanceof Expr.Const constant
                && constant.name().isEmpty()
                && words.equals(Words.of(statement))) {
            return origins.valueName(store.to().var(), constant.value())
                    .map(name -> new DataStmt.Store(
                                    store.label(), store.to(), new Expr.Const(constant.value(), name), store.release())
                            .text());
        }
        return Optional.empty();
    }

    /** A value of a variable. */
    String text(Var var, int value) {
        String name = origins.valueName(var, value)
                .orElseGet(() -> names.get(var.id()).getOrDefault(value, ""));
        if (!name.isEmpty()) {
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
