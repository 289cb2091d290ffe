// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Stmt;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One change of a list of statements.
 *
 * @param subject the statement that is changed
 * @param partner the statement that it changes places with; itself if it does not
 * @param step the label of the changed statement, or its text
 * @param operator what was done to it
 * @param change the same in words
 * @param statements the statements after the change
 * @param trapped the unchanged statements with a BUG() in front of the one in question
 * @param equivalence why the change makes no difference, if it makes none
 */
record Variant(
        Stmt subject,
        Stmt partner,
        String step,
        Mutation.Operator operator,
        String change,
        List<Stmt> statements,
        List<Stmt> trapped,
        Optional<String> equivalence) {

    /** What a run dies of when it comes there. */
    static final Stmt TRAP = new ControlStmt.BugOn("", Expr.of(1), "the run came here");

    Variant {
        statements = List.copyOf(statements);
        trapped = List.copyOf(trapped);
    }

    /** Other statements in the place of one. */
    static Variant of(Stmt statement, Mutation.Operator operator, String change, Stmt... instead) {
        return new Variant(
                statement,
                statement,
                name(statement),
                operator,
                change,
                List.of(instead),
                List.of(TRAP, statement),
                Optional.empty());
    }

    /** The word for a statement: its label, or its text. */
    static String name(Stmt statement) {
        return statement.label().isEmpty() ? statement.text().replaceFirst("; ?(/\\*.*\\*/)?$", "") : statement.label();
    }

    /** With another word for the changed statement. */
    Variant named(String name) {
        return new Variant(subject, partner, name, operator, change, statements, trapped, equivalence);
    }

    /** With the reason why it makes no difference. */
    Variant equivalent(String reason) {
        return new Variant(subject, partner, step, operator, change, statements, trapped, Optional.of(reason));
    }

    /** The same change inside something else. */
    Variant inside(UnaryOperator<List<Stmt>> around) {
        return new Variant(
                subject, partner, step, operator, change, around.apply(statements), around.apply(trapped), equivalence);
    }

    /** The same change in a longer list, where it replaces {@code count} statements from a place on. */
    Variant within(List<Stmt> body, int from, int count) {
        return inside(changed -> splice(body, from, count, changed));
    }

    private static List<Stmt> splice(List<Stmt> body, int from, int count, List<Stmt> changed) {
        List<Stmt> spliced = new ArrayList<>(body.subList(0, from));
        spliced.addAll(changed);
        spliced.addAll(body.subList(from + count, body.size()));
        return spliced;
    }
}
