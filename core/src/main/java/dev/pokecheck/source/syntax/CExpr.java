// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** An expression of C. */
public sealed interface CExpr {
    /** Where it is: its operator, or its first token. */
    Token at();

    /**
     * A number, a character or a constant of an enumeration.
     *
     * @param name of an enumeration's constant; else empty
     */
    record Constant(Token at, long value, String name) implements CExpr {}

    /**
     * A string, with adjacent ones joined.
     *
     * @param isAscii whether each of its bytes is a character of the file or an escape sequence, so that each character of {@code text} is a byte
     */
    record Text(Token at, String text, boolean isAscii) implements CExpr {}

    /** A name that is no constant. */
    record Name(Token at) implements CExpr {
        /** The name. */
        public String text() {
            return at.text();
        }
    }

    /** What an operator with one operand does. */
    enum UnaryOperator {
        /** {@code !}. */
        NOT("!"),
        /** {@code ~}. */
        COMPLEMENT("~"),
        /** {@code +}: what integer promotion makes of its operand. */
        PLUS("+"),
        /** {@code -}. */
        MINUS("-"),
        /** {@code *}. */
        DEREFERENCE("*"),
        /** {@code &}. */
        ADDRESS("&");

        private final String sign;

        UnaryOperator(String sign) {
            this.sign = sign;
        }

        /** The operator that is written so. */
        public static Optional<UnaryOperator> of(String sign) {
            return Stream.of(values())
                    .filter(operator -> operator.sign.equals(sign))
                    .findFirst();
        }
    }

    /** An operator before its operand. */
    record Unary(Token at, UnaryOperator operator, CExpr operand) implements CExpr {}

    /**
     * {@code ++} or {@code --}.
     *
     * @param by 1 or -1
     * @param isPrefix whether its value is the new one
     */
    record Step(Token at, int by, boolean isPrefix, CExpr operand) implements CExpr {}

    /** An operator between its operands, but for the assignments. */
    record Binary(Token at, CBinaryOperator operator, CExpr left, CExpr right) implements CExpr {}

    /** {@code condition ? yes : no}. */
    record Conditional(Token at, CExpr condition, CExpr yes, CExpr no) implements CExpr {}

    /**
     * An assignment.
     *
     * @param operator that of {@code +=} and its kind
     */
    record Assignment(Token at, Optional<CBinaryOperator> operator, CExpr target, CExpr value) implements CExpr {}

    /** {@code left, right}. */
    record Comma(Token at, CExpr left, CExpr right) implements CExpr {}

    /** {@code (type)operand}. */
    record Cast(Token at, CType type, CExpr operand) implements CExpr {}

    /** {@code sizeof(type)}. */
    record SizeOfType(Token at, CType type) implements CExpr {}

    /** {@code sizeof operand}. */
    record SizeOfValue(Token at, CExpr operand) implements CExpr {}

    /** A call. */
    record Call(Token at, CExpr callee, List<CExpr> arguments) implements CExpr {
        /** Copies the list. */
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /** A type as an argument, which only words of {@code pokecheck.h} take. */
    record TypeArgument(Token at, CType type) implements CExpr {}

    /** {@code base[index]}. */
    record Index(Token at, CExpr base, CExpr index) implements CExpr {}

    /**
     * {@code base.name} or {@code base->name}.
     *
     * @param throughPointer whether it is the second
     */
    record Select(Token at, CExpr base, Token name, boolean throughPointer) implements CExpr {}

    /** {@code (type){…}}. */
    record Compound(Token at, CType type, Initializer.Braces value) implements CExpr {}
}
