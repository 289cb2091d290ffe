// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Reads statements (C17, 6.8). */
final class StatementParser {
    private final Parser parser;
    private final TokenCursor cursor;
    private final Set<String> labels = new TreeSet<>();

    StatementParser(Parser parser) {
        this.parser = parser;
        cursor = parser.cursor;
    }

    /** The body of a function. */
    CStmt.Block body() {
        labels.clear();
        return block();
    }

    /** A block; what is wrong in one of its statements is kept, and the next is read. */
    CStmt.Block block() {
        Token open = cursor.expect("{");
        List<CStmt> statements = new ArrayList<>();
        parser.scope.enter();
        try {
            while (!cursor.is("}")) {
                if (cursor.peek().isEnd()) {
                    throw open.wrong("this '{' is never closed", "");
                }
                try {
                    statements.add(statement());
                } catch (SourceException e) {
                    parser.complain(e);
                    cursor.recover();
                }
            }
        } finally {
            parser.scope.leave();
        }
        cursor.expect("}");
        return new CStmt.Block(open, statements);
    }

    private CStmt statement() {
        return cursor.nested(() -> {
            Token first = cursor.peek();
            if (!first.isIdentifier()) {
                return first.is("{") ? block() : first.is(";") ? new CStmt.Nothing(cursor.next()) : evaluate();
            }
            if (cursor.peek(1).is(":") && !first.is("default")) {
                cursor.identifier("the name of a label");
                cursor.expect(":");
                if (!labels.add(first.text())) {
                    throw first.wrong("the label " + first.quoted() + " stands twice in this function", "rename one");
                }
                return new CStmt.Label(first);
            }
            return parser.types.begins(first) ? declaration(first) : word(first);
        });
    }

    private CStmt word(Token first) {
        Keywords.refuse(first);
        return switch (first.text()) {
            case "if" -> choice();
            case "while" -> new CStmt.WhileLoop(cursor.next(), condition(), statement());
            case "do" -> doLoop();
            case "for" -> forLoop();
            case "switch" -> new CStmt.Switch(cursor.next(), condition(), statement());
            case "case" -> caseLabel();
            case "default" -> otherwise();
            case "break" -> ended(new CStmt.Break(cursor.next()));
            case "continue" -> ended(new CStmt.Continue(cursor.next()));
            case "return" -> {
                cursor.next();
                yield ended(new CStmt.Return(
                        first, cursor.is(";") ? Optional.empty() : Optional.of(parser.expressions.expression())));
            }
            case "goto" -> {
                cursor.next();
                yield ended(new CStmt.Goto(first, cursor.identifier("the name of a label")));
            }
            case "_Static_assert" -> {
                parser.staticAssert();
                yield new CStmt.Nothing(first);
            }
            case "else" ->
                throw first.wrong("'else' without 'if'", "is there a ';' behind the closing brace before it?");
            default -> evaluate();
        };
    }

    private CStmt ended(CStmt statement) {
        cursor.expect(";");
        return statement;
    }

    private CStmt evaluate() {
        Token first = cursor.peek();
        return ended(new CStmt.Evaluate(first, parser.expressions.expression()));
    }

    private CStmt declaration(Token first) {
        return new CStmt.Declare(first, parser.blockDeclaration());
    }

    private CExpr condition() {
        cursor.expect("(");
        CExpr condition = parser.expressions.expression();
        cursor.expect(")");
        return condition;
    }

    private CStmt choice() {
        Token word = cursor.next();
        CExpr condition = condition();
        CStmt yes = statement();
        return new CStmt.Choice(
                word, condition, yes, cursor.accept("else") ? Optional.of(statement()) : Optional.empty());
    }

    private CStmt doLoop() {
        Token word = cursor.next();
        CStmt body = statement();
        cursor.expect("while");
        return ended(new CStmt.DoLoop(word, body, condition()));
    }

    private CStmt forLoop() {
        Token word = cursor.next();
        cursor.expect("(");
        parser.scope.enter();
        try {
            Optional<CStmt> first = Optional.empty();
            Token at = cursor.peek();
            if (parser.types.begins(at)) {
                first = Optional.of(declaration(at));
            } else if (!cursor.accept(";")) {
                first = Optional.of(evaluate());
            }
            Optional<CExpr> condition =
                    cursor.is(";") ? Optional.empty() : Optional.of(parser.expressions.expression());
            cursor.expect(";");
            Optional<CExpr> next = cursor.is(")") ? Optional.empty() : Optional.of(parser.expressions.expression());
            cursor.expect(")");
            return new CStmt.ForLoop(word, first, condition, next, statement());
        } finally {
            parser.scope.leave();
        }
    }

    private CStmt caseLabel() {
        Token word = cursor.next();
        long first = parser.expressions.constant();
        long last = cursor.accept("...") ? parser.expressions.constant() : first;
        cursor.expect(":");
        if (last < first) {
            throw word.wrong("no value is from " + first + " to " + last, "");
        }
        return new CStmt.Case(word, first, last);
    }

    private CStmt otherwise() {
        Token word = cursor.next();
        cursor.expect(":");
        return new CStmt.Otherwise(word);
    }
}
