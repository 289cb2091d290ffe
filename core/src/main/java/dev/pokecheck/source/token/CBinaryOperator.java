// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The operators of C between two operands, but for the assignments. */
public enum CBinaryOperator {
    /** Either; the right side is only asked where the left does not hold. */
    LOGICAL_OR("||", 1),
    /** Both; the right side is only asked where the left holds. */
    LOGICAL_AND("&&", 2),
    /** Bits of either. */
    OR("|", 3),
    /** Bits of one. */
    XOR("^", 4),
    /** Bits of both. */
    AND("&", 5),
    /** Equal. */
    EQUAL("==", 6),
    /** Not equal. */
    NOT_EQUAL("!=", 6),
    /** Less. */
    LESS("<", 7),
    /** Greater. */
    GREATER(">", 7),
    /** Not greater. */
    NOT_GREATER("<=", 7),
    /** Not less. */
    NOT_LESS(">=", 7),
    /** Shift to the left. */
    SHIFT_LEFT("<<", 8),
    /** Shift to the right. */
    SHIFT_RIGHT(">>", 8),
    /** Sum. */
    PLUS("+", 9),
    /** Difference. */
    MINUS("-", 9),
    /** Product. */
    TIMES("*", 10),
    /** Quotient, towards 0. */
    DIVIDE("/", 10),
    /** Remainder, with the sign of the dividend. */
    REMAINDER("%", 10);

    private static final Map<String, CBinaryOperator> BY_SIGN = new TreeMap<>();

    static {
        for (CBinaryOperator operator : values()) {
            BY_SIGN.put(operator.sign, operator);
        }
    }

    private final String sign;
    private final int precedence;

    CBinaryOperator(String sign, int precedence) {
        this.sign = sign;
        this.precedence = precedence;
    }

    /** As it is written. */
    public String sign() {
        return sign;
    }

    /** How strongly it binds; more is stronger. */
    public int precedence() {
        return precedence;
    }

    /** The operator that is written so. */
    public static Optional<CBinaryOperator> of(String sign) {
        return Optional.ofNullable(BY_SIGN.get(sign));
    }

    /** Its value for constants of 64 bits; empty for a division by zero and for shifts by no number of bits. */
    public Optional<Long> apply(long a, long b) {
        return switch (this) {
            case LOGICAL_OR -> truth(a != 0 || b != 0);
            case LOGICAL_AND -> truth(a != 0 && b != 0);
            case OR -> Optional.of(a | b);
            case XOR -> Optional.of(a ^ b);
            case AND -> Optional.of(a & b);
            case EQUAL -> truth(a == b);
            case NOT_EQUAL -> truth(a != b);
            case LESS -> truth(a < b);
            case GREATER -> truth(a > b);
            case NOT_GREATER -> truth(a <= b);
            case NOT_LESS -> truth(a >= b);
            case SHIFT_LEFT -> b < 0 || b > 63 ? Optional.empty() : Optional.of(a << b);
            case SHIFT_RIGHT -> b < 0 || b > 63 ? Optional.empty() : Optional.of(a >> b);
            case PLUS -> Optional.of(a + b);
            case MINUS -> Optional.of(a - b);
            case TIMES -> Optional.of(a * b);
            case DIVIDE -> b == 0 ? Optional.empty() : Optional.of(a / b);
            case REMAINDER -> b == 0 ? Optional.empty() : Optional.of(a % b);
        };
    }

    private static Optional<Long> truth(boolean holds) {
        return Optional.of(holds ? 1L : 0L);
    }
}
