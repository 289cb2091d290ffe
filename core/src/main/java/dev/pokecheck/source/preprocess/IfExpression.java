// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Literals;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** The value of an {@code #if} (C17, 6.10.1): integers of 64 bits, and 0 for names that are left. */
final class IfExpression {
    private static final int MOST_NESTED = 100;

    private final Token directive;
    private final List<Token> tokens;
    private int at;
    private int depth;
    /** Above 0 where the value does not count, so that a division by zero there is none. */
    private int ignored;

    private IfExpression(Token directive, List<Token> tokens) {
        this.directive = directive;
        this.tokens = tokens;
    }

    /** The value of what stands behind a directive, with macros expanded and {@code defined} replaced. */
    static long value(Token directive, List<Token> tokens) {
        IfExpression expression = new IfExpression(directive, tokens);
        long value = expression.conditional();
        if (expression.at < tokens.size()) {
            throw tokens.get(expression.at).wrong(tokens.get(expression.at).quoted() + " is not expected here", "");
        }
        return value;
    }

    private boolean is(String text) {
        return at < tokens.size()
                && tokens.get(at).kind() == TokenKind.PUNCTUATOR
                && tokens.get(at).is(text);
    }

    private Token next() {
        if (at == tokens.size()) {
            throw directive.wrong("the condition of #" + directive.text() + " has no end", "");
        }
        return tokens.get(at++);
    }

    private void expect(String text) {
        Token next = next();
        if (!next.is(text)) {
            throw next.wrong("'" + text + "' is missing before " + next.quoted(), "");
        }
    }

    private long conditional() {
        if (++depth > MOST_NESTED) {
            throw directive.wrong("a condition that nests deeper than " + MOST_NESTED, "");
        }
        long value = binary(1);
        if (is("?")) {
            at++;
            long yes = unless(value == 0, this::conditional);
            expect(":");
            long no = unless(value != 0, this::conditional);
            value = value != 0 ? yes : no;
        }
        depth--;
        return value;
    }

    private long unless(boolean notCounted, LongSupplier part) {
        ignored += notCounted ? 1 : 0;
        long value = part.getAsLong();
        ignored -= notCounted ? 1 : 0;
        return value;
    }

    private long binary(int lowest) {
        long left = unary();
        while (at < tokens.size() && tokens.get(at).kind() == TokenKind.PUNCTUATOR) {
            Token sign = tokens.get(at);
            Optional<CBinaryOperator> operator = CBinaryOperator.of(sign.text());
            if (operator.isEmpty() || operator.get().precedence() < lowest) {
                return left;
            }
            at++;
            boolean decided = (sign.is("||") && left != 0) || (sign.is("&&") && left == 0);
            long right = unless(decided, () -> binary(operator.get().precedence() + 1));
            left = value(sign, operator.get().apply(left, right));
        }
        return left;
    }

    private long value(Token sign, Optional<Long> value) {
        if (value.isEmpty() && ignored == 0) {
            throw sign.wrong("a division by zero, or a shift by no number of bits", "");
        }
        return value.orElse(0L);
    }

    private long unary() {
        Token token = next();
        if (++depth > MOST_NESTED) {
            throw token.wrong("a condition that nests deeper than " + MOST_NESTED, "");
        }
        long value = switch (token.kind()) {
            case NUMBER, CHARACTER -> Literals.value(token);
            case IDENTIFIER -> 0;
            case PUNCTUATOR -> ofPunctuator(token);
            default -> throw token.wrong(token.quoted() + " is no integer", "");
        };
        depth--;
        return value;
    }

    private long ofPunctuator(Token token) {
        return switch (token.text()) {
            case "(" -> {
                long inside = conditional();
                expect(")");
                yield inside;
            }
            case "!" -> unary() == 0 ? 1 : 0;
            case "-" -> -unary();
            case "+" -> unary();
            case "~" -> ~unary();
            default -> throw token.wrong(token.quoted() + " is not expected here", "");
        };
    }
}
