// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.Initializer;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Which variables statements may change: those assigned, and those whose address is taken. */
final class Assigned {
    private final Set<String> names = new TreeSet<>();

    private final Predicate<String> isArray;

    private Assigned(Predicate<String> isArray) {
        this.isArray = isArray;
    }

    /**
     * The names of those that a statement or one of the expressions may change.
     *
     * @param isArray whether a name is that of an array, which is handed over by its address
     */
    static Set<String> in(Predicate<String> isArray, CStmt stmt, Optional<CExpr> one, Optional<CExpr> other) {
        Assigned assigned = new Assigned(isArray);
        assigned.of(stmt);
        one.ifPresent(assigned::of);
        other.ifPresent(assigned::of);
        return assigned.names;
    }

    private void of(CStmt stmt) {
        if (stmt instanceof CStmt.Block block) {
            block.statements().forEach(this::of);
        } else if (stmt instanceof CStmt.Evaluate evaluate) {
            of(evaluate.value());
        } else if (stmt instanceof CStmt.Declare declare) {
            declare.variables().forEach(variable -> variable.initializer().ifPresent(this::of));
        } else if (stmt instanceof CStmt.Choice choice) {
            of(choice.condition());
            of(choice.yes());
            choice.no().ifPresent(this::of);
        } else if (stmt instanceof CStmt.WhileLoop loop) {
            of(loop.condition());
            of(loop.body());
        } else if (stmt instanceof CStmt.DoLoop loop) {
            of(loop.condition());
            of(loop.body());
        } else if (stmt instanceof CStmt.ForLoop loop) {
            loop.first().ifPresent(this::of);
            loop.condition().ifPresent(this::of);
            loop.next().ifPresent(this::of);
            of(loop.body());
        } else if (stmt instanceof CStmt.Switch choice) {
            of(choice.value());
            of(choice.body());
        } else if (stmt instanceof CStmt.Return value) {
            value.value().ifPresent(this::of);
        }
    }

    private void of(Initializer initializer) {
        if (initializer instanceof Initializer.Value value) {
            of(value.value());
        } else {
            ((Initializer.Braces) initializer).items().forEach(item -> of(item.value()));
        }
    }

    private void of(CExpr expr) {
        if (expr instanceof CExpr.Assignment assignment) {
            changed(assignment.target());
            of(assignment.target());
            of(assignment.value());
        } else if (expr instanceof CExpr.Step step) {
            changed(step.operand());
            of(step.operand());
        } else if (expr instanceof CExpr.Unary unary) {
            if (unary.operator() == UnaryOperator.ADDRESS) {
                changed(unary.operand());
            }
            of(unary.operand());
        } else if (expr instanceof CExpr.Binary binary) {
            of(binary.left());
            of(binary.right());
        } else if (expr instanceof CExpr.Comma comma) {
            of(comma.left());
            of(comma.right());
        } else if (expr instanceof CExpr.Conditional choice) {
            of(choice.condition());
            of(choice.yes());
            of(choice.no());
        } else {
            parts(expr);
        }
    }

    private void parts(CExpr expr) {
        if (expr instanceof CExpr.Call call) {
            of(call.callee());
            call.arguments().forEach(this::of);
            call.arguments().forEach(this::handedOver);
        } else if (expr instanceof CExpr.Index index) {
            of(index.base());
            of(index.index());
        } else if (expr instanceof CExpr.Select select) {
            of(select.base());
        } else if (expr instanceof CExpr.Cast cast) {
            of(cast.operand());
        } else if (expr instanceof CExpr.Compound compound) {
            of(compound.value());
        }
    }

    private void handedOver(CExpr argument) {
        if (argument instanceof CExpr.Name name && isArray.test(name.text())) {
            changed(argument);
        }
    }

    /** The variable that a place is a part of. */
    private void changed(CExpr place) {
        if (place instanceof CExpr.Name name) {
            names.add(name.text());
        } else if (place instanceof CExpr.Index index) {
            changed(index.base());
        } else if (place instanceof CExpr.Select select) {
            changed(select.base());
        } else if (place instanceof CExpr.Cast cast) {
            changed(cast.operand());
        }
    }
}
