// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.CBinaryOperator;
import java.util.Optional;
import java.util.Set;

/**
 * How often a loop goes round at most, and so how far a variable goes that each round only counts.
 *
 * <p>A loop {@code for (…; i < n; i++)} whose body does not change {@code i} has at most as many rounds as lie between the first value of {@code i} and the greatest of {@code n}, whatever
 * {@code n} is each time it is read. A variable that a round changes by {@code ++} only, outside of loops and jumps back in that round, grows by at most as much a round as there are such
 * places.
 */
final class CountedRounds {
    private CountedRounds() {}

    /**
     * The name of the variable that a loop counts with; empty if it is none such.
     *
     * @param changed the variables that its body may change
     */
    static Optional<String> counter(Optional<CExpr> condition, Optional<CExpr> next, Set<String> changed) {
        if (condition.isEmpty()
                || !(condition.get() instanceof CExpr.Binary asked)
                || asked.operator() != CBinaryOperator.LESS
                || !(asked.left() instanceof CExpr.Name counter)
                || next.isEmpty()
                || !(next.get() instanceof CExpr.Step step)
                || step.by() != 1
                || !(step.operand() instanceof CExpr.Name stepped)
                || !stepped.text().equals(counter.text())
                || changed.contains(counter.text())) {
            return Optional.empty();
        }
        return Optional.of(counter.text());
    }

    /** How often a round steps a variable upwards at most; empty if it changes it otherwise, too. */
    static Optional<Integer> steps(CStmt body, String variable) {
        Steps steps = new Steps(variable);
        steps.of(body);
        return steps.isCounted ? Optional.of(steps.count) : Optional.empty();
    }

    /** What statements do to one variable. */
    private static final class Steps {
        private final String variable;
        private int count;
        private boolean isCounted = true;

        Steps(String variable) {
            this.variable = variable;
        }

        void of(CStmt stmt) {
            if (stmt instanceof CStmt.Block block) {
                block.statements().forEach(this::of);
            } else if (stmt instanceof CStmt.Choice choice) {
                requireUntouched(choice.condition());
                of(choice.yes());
                choice.no().ifPresent(this::of);
            } else if (stmt instanceof CStmt.Switch choice) {
                requireUntouched(choice.value());
                of(choice.body());
            } else if (stmt instanceof CStmt.Evaluate evaluate
                    && evaluate.value() instanceof CExpr.Step step
                    && step.operand() instanceof CExpr.Name name
                    && name.text().equals(variable)) {
                count++;
                isCounted &= step.by() == 1;
            } else if (stmt instanceof CStmt.Label) {
                // A jump back to it would repeat what follows.
                isCounted = false;
            } else {
                isCounted &= !Assigned.in(name -> true, stmt, Optional.empty(), Optional.empty())
                        .contains(variable);
            }
        }

        private void requireUntouched(CExpr expr) {
            isCounted &= !Assigned.in(name -> true, new CStmt.Nothing(expr.at()), Optional.of(expr), Optional.empty())
                    .contains(variable);
        }
    }
}
