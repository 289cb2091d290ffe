// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.CBinaryOperator;
import java.util.ArrayList;
import java.util.List;

/** A switch: a block for each label, so that to go to a case is to leave the blocks of those before it, and to fall through is to go on. */
final class SwitchReader {
    private final Reading reading;

    SwitchReader(Reading reading) {
        this.reading = reading;
    }

    /** Statements behind one or more labels. */
    private record Group(List<CStmt> labels, List<CStmt> statements) {}

    void read(CStmt.Switch choice) {
        Num value = reading.expressions.number(choice.value());
        if (!(choice.body() instanceof CStmt.Block body)) {
            throw choice.at().wrong("a switch without braces", "");
        }
        List<Group> groups = groups(body);
        Frame frame = reading.frame();
        frame.enter();
        try {
            reading.statements.leavable("break", "switch", () -> group(choice, groups, groups.size() - 1, value));
        } finally {
            frame.leave();
        }
    }

    private static List<Group> groups(CStmt.Block body) {
        List<Group> groups = new ArrayList<>();
        boolean inLabels = false;
        for (CStmt statement : body.statements()) {
            boolean label = statement instanceof CStmt.Case || statement instanceof CStmt.Otherwise;
            if (label && !inLabels) {
                groups.add(new Group(new ArrayList<>(), new ArrayList<>()));
            } else if (groups.isEmpty()) {
                throw statement.at().wrong("a statement of a switch before its first case", "");
            }
            Group last = groups.get(groups.size() - 1);
            (label ? last.labels() : last.statements()).add(statement);
            inLabels = label;
        }
        return groups;
    }

    /** The groups up to one, and the way to it. */
    private void group(CStmt.Switch choice, List<Group> groups, int number, Num value) {
        if (number < 0) {
            dispatch(choice, groups, value);
            return;
        }
        reading.statements.leavable("case " + number, "case", () -> group(choice, groups, number - 1, value));
        reading.statements.block(new CStmt.Block(choice.at(), groups.get(number).statements()));
    }

    /** Goes where the value leads. */
    private void dispatch(CStmt.Switch choice, List<Group> groups, Num value) {
        int otherwise = -1;
        for (int n = 0; n < groups.size(); n++) {
            for (CStmt label : groups.get(n).labels()) {
                if (!(label instanceof CStmt.Case named)) {
                    otherwise = n;
                } else if (!reading.knowledge().isDead()) {
                    test(choice, named, n, value);
                }
            }
        }
        if (!reading.knowledge().isDead()) {
            reading.statements.leave(choice.at(), otherwise < 0 ? "break" : "case " + otherwise, "");
        }
    }

    private void test(CStmt.Switch choice, CStmt.Case label, int group, Num value) {
        if (value.range().min() < 0
                && label.last() > Integer.MAX_VALUE
                && !ExpressionTypes.promoted(reading.types.of(choice.value())).isSigned()) {
            throw label.at()
                    .wrong(
                            "a case of more than 31 bits, where the value is unsigned and may have wrapped around",
                            "cast the value to a signed type");
        }
        Num low = Arithmetic.binary(label.at(), CBinaryOperator.NOT_LESS, value, Num.of(label.first()));
        Num high = Arithmetic.binary(label.at(), CBinaryOperator.NOT_GREATER, value, Num.of(label.last()));
        Num is = label.first() == label.last()
                ? Arithmetic.binary(label.at(), CBinaryOperator.EQUAL, value, Num.of(label.first()))
                : Arithmetic.binary(label.at(), CBinaryOperator.AND, low, high);
        reading.conditions.branch(
                says(choice, label), is, () -> reading.statements.leave(label.at(), "case " + group, ""), () -> {});
    }

    /** What is true where a label is gone to. */
    private static CExpr says(CStmt.Switch choice, CStmt.Case label) {
        CExpr low =
                new CExpr.Binary(label.at(), CBinaryOperator.NOT_LESS, choice.value(), number(label, label.first()));
        CExpr high =
                new CExpr.Binary(label.at(), CBinaryOperator.NOT_GREATER, choice.value(), number(label, label.last()));
        return label.first() == label.last()
                ? new CExpr.Binary(label.at(), CBinaryOperator.EQUAL, choice.value(), number(label, label.first()))
                : new CExpr.Binary(label.at(), CBinaryOperator.LOGICAL_AND, low, high);
    }

    private static CExpr number(CStmt.Case label, long value) {
        return new CExpr.Constant(label.at(), value, "");
    }
}
