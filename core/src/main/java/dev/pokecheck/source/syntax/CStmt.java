// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/** A statement of C. */
public sealed interface CStmt {
    /** Where it begins. */
    Token at();

    /** {@code {…}}. */
    record Block(Token at, List<CStmt> statements) implements CStmt {
        /** Copies the list. */
        public Block {
            statements = List.copyOf(statements);
        }
    }

    /** An expression for what it does. */
    record Evaluate(Token at, CExpr value) implements CStmt {}

    /** Nothing. */
    record Nothing(Token at) implements CStmt {}

    /** Variables of a block. */
    record Declare(Token at, List<Variable> variables) implements CStmt {
        /** Copies the list. */
        public Declare {
            variables = List.copyOf(variables);
        }
    }

    /** {@code if}. */
    record Choice(Token at, CExpr condition, CStmt yes, Optional<CStmt> no) implements CStmt {}

    /** {@code while}. */
    record WhileLoop(Token at, CExpr condition, CStmt body) implements CStmt {}

    /** {@code do … while}. */
    record DoLoop(Token at, CStmt body, CExpr condition) implements CStmt {}

    /** {@code for}. */
    record ForLoop(Token at, Optional<CStmt> first, Optional<CExpr> condition, Optional<CExpr> next, CStmt body)
            implements CStmt {}

    /** {@code switch}. */
    record Switch(Token at, CExpr value, CStmt body) implements CStmt {}

    /** {@code case first:}, or GNU's {@code case first ... last:}; what follows is the next statement. */
    record Case(Token at, long first, long last) implements CStmt {}

    /** {@code default:}. */
    record Otherwise(Token at) implements CStmt {}

    /** {@code break}. */
    record Break(Token at) implements CStmt {}

    /** {@code continue}. */
    record Continue(Token at) implements CStmt {}

    /** {@code return}. */
    record Return(Token at, Optional<CExpr> value) implements CStmt {}

    /** {@code goto}. */
    record Goto(Token at, Token label) implements CStmt {}

    /** {@code name:}; what follows is the next statement. */
    record Label(Token at) implements CStmt {}
}
