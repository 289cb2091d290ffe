// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.IntegerType;

/** The value of an expression that must be known when the file is read: a length, a case, a constant of an enumeration. */
public final class ConstantValue {
    private ConstantValue() {}

    /** The value; what is not known when the file is read is refused. */
    public static long of(CExpr expr) {
        if (expr instanceof CExpr.Constant constant) {
            return constant.value();
        } else if (expr instanceof CExpr.SizeOfType size) {
            return size.type().size();
        } else if (expr instanceof CExpr.Cast cast) {
            return cast(cast);
        } else if (expr instanceof CExpr.Unary unary) {
            return unary(unary);
        } else if (expr instanceof CExpr.Conditional choice) {
            return of(choice.condition()) != 0 ? of(choice.yes()) : of(choice.no());
        } else if (expr instanceof CExpr.Binary binary) {
            long left = of(binary.left());
            return binary.operator()
                    .apply(left, of(binary.right()))
                    .orElseThrow(() -> binary.at().wrong("a division by zero, or a shift by no number of bits", ""));
        }
        if (expr instanceof CExpr.SizeOfValue size) {
            throw size.at().wrong("the size of an expression, where only types are known", "write sizeof(type)");
        }
        throw unknown(expr.at());
    }

    private static long cast(CExpr.Cast cast) {
        long value = of(cast.operand());
        if (cast.type().plain() instanceof IntegerType type) {
            return converted(value, type);
        }
        return value;
    }

    /** A value as an integer type has it: modulo its size. */
    public static long converted(long value, IntegerType type) {
        if (type.isBool()) {
            return value != 0 ? 1 : 0;
        }
        int unused = 64 - 8 * type.size();
        return type.isSigned() ? value << unused >> unused : value << unused >>> unused;
    }

    private static long unary(CExpr.Unary unary) {
        return switch (unary.operator()) {
            case NOT -> of(unary.operand()) == 0 ? 1 : 0;
            case COMPLEMENT -> ~of(unary.operand());
            case PLUS -> of(unary.operand());
            case MINUS -> -of(unary.operand());
            case DEREFERENCE, ADDRESS -> throw unknown(unary.at());
        };
    }

    private static SourceException unknown(Token at) {
        return at.wrong("this must be a number that is known when the file is read", "");
    }
}
