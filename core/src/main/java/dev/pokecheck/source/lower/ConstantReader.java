// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.parse.ConstantValue;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;

/** What variables that live for ever are initialised with: numbers, and addresses of others like them, of their parts, and of functions (C17, 6.6). */
final class ConstantReader {
    private final Reading reading;

    ConstantReader(Reading reading) {
        this.reading = reading;
    }

    /** The number that a value of a type is. */
    long number(CType type, CExpr value) {
        if (!(type.plain() instanceof PointerType)) {
            long number = ConstantValue.of(value);
            return type.plain() instanceof IntegerType integer ? ConstantValue.converted(number, integer) : number;
        }
        return isAddress(value)
                ? reading.pointers
                        .number(value.at(), reading.expressions.value(value))
                        .known()
                : ConstantValue.of(value);
    }

    private boolean isAddress(CExpr expr) {
        if (expr instanceof CExpr.Cast cast) {
            return isAddress(cast.operand());
        } else if (expr instanceof CExpr.Unary unary) {
            return unary.operator() == UnaryOperator.ADDRESS && isPlace(unary.operand());
        } else if (expr instanceof CExpr.Binary binary) {
            return isAddress(binary.left()) && binary.right() instanceof CExpr.Constant;
        }
        return expr instanceof CExpr.Name name
                && (reading.unit.functions().containsKey(name.text())
                        || reading.types.of(name).plain() instanceof ArrayType);
    }

    private static boolean isPlace(CExpr expr) {
        if (expr instanceof CExpr.Select select) {
            return !select.throughPointer() && isPlace(select.base());
        } else if (expr instanceof CExpr.Index index) {
            return index.index() instanceof CExpr.Constant && isPlace(index.base());
        }
        return expr instanceof CExpr.Name;
    }
}
