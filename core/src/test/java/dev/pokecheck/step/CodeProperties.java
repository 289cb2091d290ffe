// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Expr.BinaryOp;
import dev.pokecheck.protocol.Expr.UnaryOp;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class CodeProperties {
    private static final Local X = new Local(0, "x", -100, 100);

    private static Expr of(BinaryOp op, Expr left, Expr right) {
        return new Expr.Binary(op, left, right);
    }

    private static Expr not(Expr operand) {
        return new Expr.Unary(UnaryOp.NOT, operand);
    }

    @Provide
    Arbitrary<Expr> expressions() {
        return Arbitraries.lazyOf(
                () -> Arbitraries.integers().between(-2, 2).map(Expr::of),
                () -> Arbitraries.just(X.value()),
                () -> Combinators.combine(Arbitraries.of(UnaryOp.NOT, UnaryOp.WEIGHT), expressions())
                        .as(Expr.Unary::new),
                () -> Combinators.combine(Arbitraries.of(BinaryOp.class), expressions(), expressions())
                        .as(CodeProperties::of));
    }

    /** The value as the expression has it, word for word. */
    private static int value(Expr expr, int x) {
        if (expr instanceof Expr.Const constant) {
            return constant.value();
        }
        if (expr instanceof Expr.Unary unary) {
            int operand = value(unary.operand(), x);
            return unary.op() == UnaryOp.NOT ? (operand == 0 ? 1 : 0) : Integer.bitCount(operand);
        }
        return expr instanceof Expr.Binary binary
                ? binary.op().apply(value(binary.left(), x), value(binary.right(), x))
                : x;
    }

    @Property
    void theCodeHasTheValueOfTheExpression(
            @ForAll("expressions") Expr expr, @ForAll int any, @ForAll("small") int small) {
        Code code = Code.of(expr);
        assertEquals(value(expr, any), code.where(any));
        assertEquals(value(expr, small), code.where(small));
    }

    @Provide
    Arbitrary<Integer> small() {
        return Arbitraries.integers().between(-2, 2);
    }

    @Example
    void zeroIsNotAdded() {
        Code copy = Code.of(of(BinaryOp.ADD, Expr.of(0), X.value()));
        assertEquals(X.id(), copy.local().orElseThrow());
        assertTrue(Code.of(of(BinaryOp.SUB, X.value(), Expr.of(0))).local().isPresent());
        assertTrue(Code.of(of(BinaryOp.SUB, Expr.of(0), X.value())).local().isEmpty());
    }

    @Example
    void theOppositeOfAComparisonIsOne() {
        Expr less = of(BinaryOp.LT, X.value(), Expr.of(3));
        assertTrue(Code.of(not(less)).isSame(Code.of(of(BinaryOp.GE, X.value(), Expr.of(3)))));
        assertTrue(Code.of(not(X.value())).isSame(Code.of(of(BinaryOp.EQ, X.value(), Expr.of(0)))));
    }

    @Example
    void operationsOnConstantsAreCarriedOut() {
        assertEquals(
                7,
                Code.of(of(BinaryOp.ADD, of(BinaryOp.MULTIPLY, Expr.of(2), Expr.of(3)), Expr.of(1)))
                        .constant()
                        .orElseThrow());
    }

    /** In the range of the variable and beside it. */
    @Property
    void whatIsKeptIsWhatIsEvaluated(@ForAll("expressions") Expr expr) {
        Local narrow = new Local(0, "x", -3, 3);
        Code code = Code.of(of(BinaryOp.SUB, narrow.value(), expr));
        for (int x = -5; x <= 5; x++) {
            assertEquals(x - value(expr, x), code.where(x));
        }
    }

    @Example
    void anElementHasItsIndex() {
        Var array = new Var(7, "array", 4, 0, 9, List.of(0), -1);
        Code element = Code.of(new Expr.Read(new Shared.Cell(array, of(BinaryOp.SUB, X.value(), Expr.of(2)))));
        assertEquals(Code.Form.ELEMENT_AT, element.form());
        assertEquals(7, element.element());
        assertEquals(3, element.index().where(5));
        assertEquals(
                Code.Form.ELEMENT,
                Code.of(new Expr.Read(new Shared.Cell(array, Expr.of(2)))).form());
    }
}
