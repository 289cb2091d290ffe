// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Branches: what each side does, and what is known there. */
final class ConditionReader {
    /** How deep a branch is. */
    private static final int BRANCH = 3;

    private final Reading reading;
    /** The values that right sides of comparisons had when they were read last, by where these are. */
    private final Map<String, Interval> compared = new TreeMap<>();

    ConditionReader(Reading reading) {
        this.reading = reading;
    }

    /** A condition. */
    Num condition(CExpr expr) {
        return reading.expressions.truth(reading.expressions.value(expr), expr.at());
    }

    /** Reads what follows where a condition holds, and where it does not; only what can be reached. */
    void branch(CExpr expr, Num condition, Runnable yes, Runnable no) {
        if (condition.isTrue() || condition.isFalse()) {
            (condition.isTrue() ? yes : no).run();
            return;
        }
        reading.spend(expr.at());
        reading.deeper(expr.at(), BRANCH);
        try {
            either(expr, condition, yes, no);
        } finally {
            reading.shallower(BRANCH);
        }
    }

    private void either(CExpr expr, Num condition, Runnable yes, Runnable no) {
        // Before either side stores anything.
        List<Runnable> yesSays = said(expr, true, reading.moments.now());
        List<Runnable> noSays = said(expr, false, reading.moments.now());
        Knowledge before = reading.knowledge().copy();
        Knowledge[] after = new Knowledge[1];
        reading.recorder()
                .ifElse(
                        condition.expr(),
                        () -> {
                            yesSays.forEach(Runnable::run);
                            reading.guarded(yes);
                            after[0] = reading.knowledge().copy();
                            reading.knowledge().become(before);
                        },
                        () -> {
                            noSays.forEach(Runnable::run);
                            reading.guarded(no);
                        });
        reading.knowledge().join(after[0]);
    }

    /** One of two numbers. */
    Num chosen(Token at, Num condition, CExpr expr, Supplier<Num> yes, Supplier<Num> no) {
        String key = reading.routine().path() + "?" + at.spelled().offset() + ":"
                + at.use().offset();
        branch(
                expr,
                condition,
                () -> reading.routine().assign(at, key, "chosen", yes.get()),
                () -> reading.routine().assign(at, key, "chosen", no.get()));
        Local result = reading.routine().local(key, "chosen");
        return new Num(result.value(), reading.ranges.of(reading.routine().full(key)));
    }

    /** {@code &&} and {@code ||}: the right side is only done where it decides. */
    Num logical(CExpr.Binary binary) {
        boolean and = binary.operator() == CBinaryOperator.LOGICAL_AND;
        Num left = condition(binary.left());
        reading.moments.between(binary);
        if (left.isTrue() || left.isFalse()) {
            return left.isTrue() == and ? condition(binary.right()) : left;
        }
        Optional<Num> right = quietly(binary.right());
        if (right.isPresent()) {
            return Arithmetic.binary(
                    binary.at(), and ? CBinaryOperator.AND : CBinaryOperator.OR, left, Arithmetic.truth(right.get()));
        }
        reading.access.requireNoWait();
        return chosen(
                binary.at(),
                left,
                binary.left(),
                () -> and ? condition(binary.right()) : Num.truth(true),
                () -> and ? Num.truth(false) : condition(binary.right()));
    }

    /** The value of what is made of numbers and variables of the call only, so that reading it does nothing; empty if it is not, or a pointer. */
    Optional<Num> quietly(CExpr expr) {
        return isQuiet(expr)
                ? Optional.of(reading.plain.aside(() -> reading.expressions.value(expr)))
                        .filter(Num.class::isInstance)
                        .map(Num.class::cast)
                : Optional.empty();
    }

    private boolean isQuiet(CExpr expr) {
        if (expr instanceof CExpr.Name name) {
            return reading.words.bound(name.text()).isEmpty()
                    && reading.places
                            .quietly(expr)
                            .filter(place -> Access.isNumber(place.type()))
                            .isPresent();
        } else if (expr instanceof CExpr.Unary unary) {
            return unary.operator() != UnaryOperator.DEREFERENCE
                    && unary.operator() != UnaryOperator.ADDRESS
                    && isQuiet(unary.operand());
        } else if (expr instanceof CExpr.Binary binary) {
            return isQuiet(binary.left()) && isQuiet(binary.right());
        } else if (expr instanceof CExpr.Call call) {
            return reading.words.isQuiet(call) && call.arguments().stream().allMatch(this::isQuiet);
        }
        return expr instanceof CExpr.Constant || expr instanceof CExpr.SizeOfType;
    }

    // ---- what is known where a condition holds

    /** Takes over what a condition that holds, or does not, and has just been read, says of variables of the call. */
    void learn(CExpr expr, boolean holds) {
        said(expr, holds, reading.moments.now()).forEach(Runnable::run);
    }

    /**
     * What takes that over.
     *
     * @param since when all of the condition had been read: what was stored to a variable later is not what it asked about
     */
    private List<Runnable> said(CExpr expr, boolean holds, int since) {
        if (expr instanceof CExpr.Unary unary && unary.operator() == UnaryOperator.NOT) {
            return said(unary.operand(), !holds, since);
        }
        List<Runnable> said = new ArrayList<>();
        if (expr instanceof CExpr.Binary binary) {
            CBinaryOperator operator = binary.operator();
            int left = reading.moments.between(binary, since);
            if (operator == (holds ? CBinaryOperator.LOGICAL_AND : CBinaryOperator.LOGICAL_OR)) {
                said.addAll(said(binary.left(), holds, left));
                said.addAll(said(binary.right(), holds, since));
            } else if (isUnchanged(binary.left(), left) && isUnchanged(binary.right(), since)) {
                said.add(() -> {
                    compare(binary.left(), operator, binary.right(), holds);
                    compare(binary.right(), mirrored(operator), binary.left(), holds);
                });
            }
        } else if (isUnchanged(expr, since)) {
            variable(expr)
                    .ifPresent(place -> said.add(() -> narrow(
                            expr.at(),
                            place,
                            holds ? CBinaryOperator.NOT_EQUAL : CBinaryOperator.EQUAL,
                            Interval.of(stepped(expr)),
                            range -> true)));
        }
        return said;
    }

    /** Whether the variables of the call by which an expression is said have the values that it has been read with. */
    private boolean isUnchanged(CExpr expr, int since) {
        return variable(expr)
                        .filter(place -> !reading.moments.isUnchanged(place.leaf(), since))
                        .isEmpty()
                && Names.in(expr).stream()
                        .flatMap(name -> reading.find(name).stream())
                        .allMatch(object -> reading.moments.isUnchanged(object.key(), since));
    }

    /** The variable of the call that has the value of an expression, or had it before it was stepped. */
    private Optional<CPlace> variable(CExpr expr) {
        if (expr instanceof CExpr.Step step) {
            return reading.places.quietly(step.operand());
        }
        return reading.places.quietly(expr instanceof CExpr.Assignment assignment ? assignment.target() : expr);
    }

    /** By how much that variable has changed since. */
    private static long stepped(CExpr expr) {
        return expr instanceof CExpr.Step step && !step.isPrefix() ? step.by() : 0;
    }

    private static CBinaryOperator mirrored(CBinaryOperator operator) {
        return switch (operator) {
            case LESS -> CBinaryOperator.GREATER;
            case GREATER -> CBinaryOperator.LESS;
            case NOT_LESS -> CBinaryOperator.NOT_GREATER;
            case NOT_GREATER -> CBinaryOperator.NOT_LESS;
            default -> operator;
        };
    }

    private static CBinaryOperator opposite(CBinaryOperator operator) {
        return switch (operator) {
            case LESS -> CBinaryOperator.NOT_LESS;
            case GREATER -> CBinaryOperator.NOT_GREATER;
            case NOT_LESS -> CBinaryOperator.LESS;
            case NOT_GREATER -> CBinaryOperator.GREATER;
            case EQUAL -> CBinaryOperator.NOT_EQUAL;
            case NOT_EQUAL -> CBinaryOperator.EQUAL;
            default -> operator;
        };
    }

    /** A bound is what a loop over shared numbers needs; that something equals a shared number is left to the run. */
    private static boolean isOrder(CBinaryOperator operator) {
        return switch (operator) {
            case LESS, NOT_LESS, GREATER, NOT_GREATER -> true;
            default -> false;
        };
    }

    /** The right side of a comparison has been read. */
    void compares(CExpr right, Num value) {
        compared.put(place(right), value.range());
    }

    /** The values that the right side of a comparison had when it was read last, as it must not be read again. */
    Optional<Interval> compared(CExpr right) {
        return Optional.ofNullable(compared.get(place(right)));
    }

    private static String place(CExpr expr) {
        Token at = expr.at();
        return at.spelled().source().name() + " " + at.spelled().offset() + ":"
                + at.use().offset();
    }

    private void compare(CExpr left, CBinaryOperator operator, CExpr right, boolean holds) {
        Optional<CPlace> place = variable(left);
        Optional<Interval> other = place.isEmpty()
                ? Optional.empty()
                : quietly(right).map(Num::range).or(() -> isOrder(operator) ? compared(right) : Optional.empty());
        if (other.isPresent()) {
            long by = stepped(left);
            narrow(
                    left.at(),
                    place.get(),
                    holds ? operator : opposite(operator),
                    other.get().plus(by),
                    range -> !isOrder(operator)
                            || reading.unsigned.isOrderOf(range.plus(-by), left, other.get(), right));
        }
    }

    /**
     * Takes over what a comparison says of a variable.
     *
     * @param says whether it says that, of a variable with such values
     */
    private void narrow(Token at, CPlace place, CBinaryOperator operator, Interval other, Predicate<Interval> says) {
        CValue value = reading.plain.aside(() -> reading.access.load(at, place));
        if (!(value instanceof Num) && !(value instanceof CValue.Numbered)) {
            return;
        }
        Num now = reading.pointers.number(at, value);
        Interval range = now.range();
        if (!says.test(range)) {
            return;
        }
        Interval narrowed = switch (operator) {
            case LESS -> range.and(new Interval(Long.MIN_VALUE, other.max() - 1));
            case NOT_GREATER -> range.and(new Interval(Long.MIN_VALUE, other.max()));
            case GREATER -> range.and(new Interval(other.min() + 1, Long.MAX_VALUE));
            case NOT_LESS -> range.and(new Interval(other.min(), Long.MAX_VALUE));
            case EQUAL -> range.and(other);
            case NOT_EQUAL -> other.isOne() ? range.without(other.min()) : range;
            default -> range;
        };
        if (!narrowed.equals(range)) {
            Num known = new Num(now.expr(), narrowed);
            reading.knowledge()
                    .put(
                            place.leaf(),
                            value instanceof CValue.Numbered p ? new CValue.Numbered(known, p.target()) : known);
        }
    }
}
