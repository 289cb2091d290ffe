// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.parse.Scope.Meaning;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Literals;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import dev.pokecheck.source.type.CType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads expressions (C17, 6.5). */
final class ExpressionParser {
    /** So many operators may stand in a row. */
    private static final int MOST_IN_A_ROW = 400;

    private final Parser parser;
    private final TokenCursor cursor;

    ExpressionParser(Parser parser) {
        this.parser = parser;
        cursor = parser.cursor;
    }

    /** A whole expression. */
    CExpr expression() {
        CExpr left = assignment();
        for (int row = 0; cursor.is(","); row++) {
            Token comma = cursor.next();
            checkRow(comma, row);
            left = new CExpr.Comma(comma, left, assignment());
        }
        return left;
    }

    /** An expression whose value must be known now. */
    long constant() {
        return ConstantValue.of(conditional());
    }

    private static void checkRow(Token at, int row) {
        if (row == MOST_IN_A_ROW) {
            throw at.wrong("more than " + MOST_IN_A_ROW + " operators in a row", "cut it into statements");
        }
    }

    /** An expression without a comma. */
    CExpr assignment() {
        return cursor.nested(() -> {
            CExpr target = conditional();
            Token sign = cursor.peek();
            if (sign.kind() != TokenKind.PUNCTUATOR || !sign.text().endsWith("=") || isComparison(sign)) {
                return target;
            }
            cursor.next();
            String operator = sign.text().substring(0, sign.text().length() - 1);
            return new CExpr.Assignment(sign, CBinaryOperator.of(operator), target, assignment());
        });
    }

    private static boolean isComparison(Token sign) {
        return CBinaryOperator.of(sign.text()).isPresent();
    }

    private CExpr conditional() {
        return cursor.nested(() -> {
            CExpr condition = binary(1);
            if (!cursor.is("?")) {
                return condition;
            }
            Token mark = cursor.next();
            CExpr yes = cursor.is(":") ? condition : expression();
            cursor.expect(":");
            return new CExpr.Conditional(mark, condition, yes, conditional());
        });
    }

    private CExpr binary(int lowest) {
        CExpr left = unary();
        for (int row = 0; ; row++) {
            Token sign = cursor.peek();
            Optional<CBinaryOperator> operator =
                    sign.kind() == TokenKind.PUNCTUATOR ? CBinaryOperator.of(sign.text()) : Optional.empty();
            if (operator.isEmpty() || operator.get().precedence() < lowest) {
                return left;
            }
            checkRow(sign, row);
            cursor.next();
            left = new CExpr.Binary(
                    sign, operator.get(), left, binary(operator.get().precedence() + 1));
        }
    }

    // ---- one operand

    private CExpr unary() {
        return cursor.nested(() -> {
            Token sign = cursor.peek();
            if (sign.kind() == TokenKind.PUNCTUATOR) {
                Optional<UnaryOperator> operator = UnaryOperator.of(sign.text());
                if (operator.isPresent()) {
                    cursor.next();
                    return new CExpr.Unary(sign, operator.get(), unary());
                } else if (sign.is("++") || sign.is("--")) {
                    cursor.next();
                    return new CExpr.Step(sign, sign.is("++") ? 1 : -1, true, unary());
                } else if (sign.is("(") && parser.types.begins(cursor.peek(1))) {
                    return cast();
                }
            }
            return sign.is("sizeof") ? size() : postfix(primary());
        });
    }

    private CExpr cast() {
        Token open = cursor.expect("(");
        CType type = parser.declarators.typeName();
        cursor.expect(")");
        if (!cursor.is("{")) {
            return new CExpr.Cast(open, type, unary());
        }
        Initializer.Braces list = parser.initializers.braces();
        return postfix(new CExpr.Compound(open, Parser.withLength(type, Optional.of(list)), list));
    }

    private CExpr size() {
        Token word = cursor.next();
        if (cursor.is("(") && parser.types.begins(cursor.peek(1))) {
            cursor.next();
            CType type = parser.declarators.typeName();
            cursor.expect(")");
            parser.requireComplete(word, type);
            return new CExpr.SizeOfType(word, type);
        }
        return new CExpr.SizeOfValue(word, unary());
    }

    private CExpr primary() {
        Token token = cursor.peek();
        return switch (token.kind()) {
            case NUMBER, CHARACTER -> new CExpr.Constant(token, Literals.value(cursor.next()), "");
            case STRING -> string();
            case IDENTIFIER -> name();
            case PUNCTUATOR -> {
                if (!token.is("(")) {
                    throw cursor.unexpected("an expression");
                }
                yield bracketed();
            }
            case END -> throw cursor.unexpected("an expression");
        };
    }

    private CExpr bracketed() {
        Token open = cursor.expect("(");
        if (cursor.is("{")) {
            throw open.wrong("a statement inside an expression, ({ … }), is not understood", "make it a function");
        }
        CExpr inside = expression();
        cursor.expect(")");
        return inside;
    }

    private CExpr string() {
        Token first = cursor.peek();
        StringBuilder text = new StringBuilder();
        boolean isAscii = true;
        while (cursor.peek().kind() == TokenKind.STRING) {
            isAscii &= cursor.peek().text().chars().allMatch(c -> c < 0x80);
            text.append(Literals.unescaped(cursor.next()));
        }
        return new CExpr.Text(first, text.toString(), isAscii);
    }

    private CExpr name() {
        Token name = cursor.peek();
        Keywords.refuse(name);
        if (Keywords.isReserved(name)) {
            throw cursor.unexpected("an expression");
        }
        cursor.next();
        Optional<Meaning> meaning = parser.scope.find(name.text());
        if (meaning.isPresent() && meaning.get() instanceof Meaning.EnumConstant constant) {
            return new CExpr.Constant(name, constant.value(), name.text());
        }
        if (meaning.isPresent() && meaning.get() instanceof Meaning.TypeName) {
            throw name.wrong("the type " + name.quoted() + " in the place of a value", "");
        }
        return new CExpr.Name(name);
    }

    // ---- behind an operand

    private CExpr postfix(CExpr first) {
        CExpr left = first;
        for (int row = 0; ; row++) {
            Token sign = cursor.peek();
            checkRow(sign, row);
            if (sign.kind() != TokenKind.PUNCTUATOR) {
                return left;
            }
            switch (sign.text()) {
                case "(" -> left = new CExpr.Call(left.at(), left, arguments());
                case "[" -> {
                    cursor.next();
                    left = new CExpr.Index(sign, left, expression());
                    cursor.expect("]");
                }
                case ".", "->" -> {
                    cursor.next();
                    left = new CExpr.Select(sign, left, cursor.identifier("the name of a member"), sign.is("->"));
                }
                case "++", "--" -> {
                    cursor.next();
                    left = new CExpr.Step(sign, sign.is("++") ? 1 : -1, false, left);
                }
                default -> {
                    return left;
                }
            }
        }
    }

    private List<CExpr> arguments() {
        cursor.expect("(");
        List<CExpr> arguments = new ArrayList<>();
        while (!cursor.is(")")) {
            Token at = cursor.peek();
            arguments.add(
                    parser.types.begins(at) ? new CExpr.TypeArgument(at, parser.declarators.typeName()) : assignment());
            if (!cursor.is(")")) {
                if (!cursor.is(",")) {
                    throw missing();
                }
                cursor.next();
            }
        }
        cursor.expect(")");
        return arguments;
    }

    private SourceException missing() {
        return cursor.unexpected("',' or ')'");
    }
}
