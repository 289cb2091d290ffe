// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.PointerType;
import java.util.List;
import java.util.Locale;

/** Words for locked operations on data, and the locks that are made of them. */
final class LockedWords {
    private final Reading reading;
    private final Words words;

    LockedWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.does("add", 2, (at, a) -> update(at, a, RmwOp.ADD));
        words.does("add_unless_zero", 2, (at, a) -> update(at, a, RmwOp.ADD_UNLESS_ZERO));
        words.does("or", 2, (at, a) -> update(at, a, RmwOp.OR));
        words.does("xor", 2, (at, a) -> update(at, a, RmwOp.XOR));
        words.does("andnot", 2, (at, a) -> update(at, a, RmwOp.AND_NOT));
        words.does("and", 2, (at, a) -> {
            Num kept = reading.expressions.number(a.get(1));
            return update(at, memory(a.get(0)), RmwOp.AND_NOT, Arithmetic.complement(at, kept));
        });
        words.does("exchange", 2, this::exchange);
        words.does("compare_exchange", 3, this::compareExchange);
        words.does("try_exchange", 3, this::tryExchange);
        words.does("lock", 1, this::lock);
        words.does("trylock", 1, this::tryLock);
        words.does("unlock", 1, this::unlock);
    }

    /** The memory that a locked operation is on. */
    private CPlace memory(CExpr pointer) {
        return memory(pointer.at(), reading.places.pointed(pointer));
    }

    private CPlace memory(Token at, CPlace pointed) {
        CPlace place = reading.slices.cell(at, pointed);
        if (place.object().kind() == Kind.LOCAL) {
            reading.pointers.escape(place.object());
            throw new ReadAgain();
        }
        if (!Access.isNumber(place.type()) || place.object().kind() == Kind.REGISTERS) {
            throw at.wrong("a locked operation on " + place.text() + ", which is no number that CPUs share", "");
        }
        return place;
    }

    /** The memory of an exchange, which may hold a pointer. */
    private CPlace exchanged(CExpr pointer) {
        CPlace pointed = reading.places.pointed(pointer);
        return pointed.type().plain() instanceof PointerType && pointed.object().kind() != Kind.LOCAL
                ? pointed
                : memory(pointer.at(), pointed);
    }

    /** The number that a value is in such memory. */
    private Num kept(Token at, CPlace place, CValue value) {
        return place.type().plain() instanceof PointerType
                ? reading.pointers.number(at, value)
                : reading.access.number(at, value);
    }

    /** What such a number is. */
    private static CValue meant(CPlace place, Num number) {
        return place.type().plain() instanceof PointerType pointer
                ? new CValue.Numbered(number, pointer.target())
                : number;
    }

    private CValue exchange(Token at, List<CExpr> arguments) {
        CPlace place = exchanged(arguments.get(0));
        CValue value = reading.expressions.value(arguments.get(1));
        reading.unsigned.requireNotWidened(at, value, arguments.get(1), place.type());
        Num operand = kept(arguments.get(1).at(), place, value);
        return meant(place, update(at, place, RmwOp.EXCHANGE, operand));
    }

    /** An assignment to what is {@code _Atomic} (C17, 7.17.3, paragraph 6: in sequential order). */
    void assign(Token at, CPlace place, Num value) {
        operator(at, place, RmwOp.EXCHANGE, value);
    }

    /** An operator is a compiler barrier as the words for locked operations are. */
    private Num operator(Token at, CPlace place, RmwOp op, Num operand) {
        Num before = update(at, memory(at, place), op, operand);
        reading.plain.barrier(at);
        return before;
    }

    /**
     * What an operator does to what is {@code _Atomic}, which is one operation (C17, 6.5.16.2, paragraph 3); returns the value before.
     *
     * @throws dev.pokecheck.source.token.SourceException if no locked instruction does that
     */
    Num assign(Token at, CPlace place, CBinaryOperator operator, Num operand) {
        return switch (operator) {
            case PLUS -> operator(at, place, RmwOp.ADD, operand);
            case MINUS -> operator(at, place, RmwOp.ADD, Arithmetic.negative(at, operand));
            case OR -> operator(at, place, RmwOp.OR, operand);
            case XOR -> operator(at, place, RmwOp.XOR, operand);
            case AND -> operator(at, place, RmwOp.AND_NOT, Arithmetic.complement(at, operand));
            default ->
                throw at.wrong(
                        "'" + operator.sign() + "=' of " + place.text()
                                + ", which is _Atomic, and no locked instruction does that",
                        "write the loop, with atomic_compare_exchange_weak()");
        };
    }

    /** A locked update; its value is the old one. */
    private CValue update(Token at, List<CExpr> arguments, RmwOp op) {
        CPlace place = memory(arguments.get(0));
        Num operand = reading.expressions.number(arguments.get(1));
        reading.unsigned.requireNotWidened(at, operand, arguments.get(1), place.type());
        return update(at, place, op, operand);
    }

    private Num update(Token at, CPlace place, RmwOp op, Num operand) {
        Interval before = values(place);
        reading.access.updated(at, place, after(at, op, before, operand.range()));
        Shared.Cell cell = reading.access.cell(at, place);
        Local old = reading.routine().temporary(place.text().replace('.', '_'), values(place));
        // What was stored to compute the operand is stored before.
        reading.plain.barrier(at);
        reading.recorder()
                .rmw(
                        reading.routine().label(op.name().toLowerCase(Locale.ROOT), place.text()),
                        cell,
                        op,
                        operand.expr(),
                        old);
        Elements.end(place);
        return new Num(old.value(), values(place));
    }

    private Interval values(CPlace place) {
        return reading.objects.values(place);
    }

    private static Interval after(Token at, RmwOp op, Interval before, Interval operand) {
        Num old = new Num(Expr.of(0), before);
        Num by = new Num(Expr.of(0), operand);
        return switch (op) {
            case ADD -> Arithmetic.binary(at, CBinaryOperator.PLUS, old, by).range();
            case ADD_UNLESS_ZERO ->
                before.max() <= 0 && before.min() >= 0
                        ? before
                        : Arithmetic.binary(
                                        at,
                                        CBinaryOperator.PLUS,
                                        new Num(old.expr(), before.and(new Interval(1, Long.MAX_VALUE))),
                                        by)
                                .range();
            case OR, XOR -> Arithmetic.binary(at, CBinaryOperator.OR, old, by).range();
            case AND_NOT -> before.with(Interval.of(0));
            case EXCHANGE -> operand;
        };
    }

    /** A locked compare-and-exchange; its value is what was there. */
    private Num compareSwap(Token at, CPlace place, Num expected, Num desired) {
        Num stored = reading.access.stored(at, place, desired);
        Local old = reading.routine().temporary(place.text().replace('.', '_'), values(place));
        reading.plain.barrier(at);
        reading.recorder()
                .compareSwap(
                        reading.routine().label("cmpxchg", place.text()),
                        reading.access.cell(at, place),
                        expected.expr(),
                        stored.expr(),
                        old);
        Elements.end(place);
        return new Num(old.value(), values(place));
    }

    private CValue compareExchange(Token at, List<CExpr> arguments) {
        CValue expected = reading.expressions.value(arguments.get(1));
        CValue desired = reading.expressions.value(arguments.get(2));
        CPlace place = exchanged(arguments.get(0));
        reading.unsigned.requireNotWidened(at, expected, arguments.get(1), place.type());
        reading.unsigned.requireNotWidened(at, desired, arguments.get(2), place.type());
        return meant(place, compareSwap(at, place, kept(at, place, expected), kept(at, place, desired)));
    }

    /** The same where a variable has what is expected, and gets what was there; its value is whether it wrote. */
    private CValue tryExchange(Token at, List<CExpr> arguments) {
        CPlace variable = reading.places.pointed(arguments.get(1));
        CValue loaded = reading.access.load(at, variable);
        CValue wanted = reading.expressions.value(arguments.get(2));
        CPlace place = exchanged(arguments.get(0));
        reading.unsigned.requireNotWidened(at, wanted, arguments.get(2), place.type());
        Num expected = kept(at, place, loaded);
        Num old = compareSwap(at, place, expected, kept(at, place, wanted));
        Local success = reading.routine().temporary("done", Interval.TRUTH);
        reading.recorder()
                .assign(
                        success,
                        Arithmetic.binary(at, CBinaryOperator.EQUAL, old, expected)
                                .expr());
        Num done = new Num(success.value(), Interval.TRUTH);
        if (variable.object().kind() == Kind.LOCAL) {
            // It has it already where the exchange succeeds.
            reading.access.store(at, variable, meant(place, old), false);
        } else {
            CExpr nothing = new CExpr.Constant(at, 0, "");
            reading.conditions.branch(
                    nothing, done, () -> {}, () -> reading.access.store(at, variable, meant(place, old), false));
        }
        return done;
    }

    /** Tries to take a lock; its value is whether it did. */
    private CValue tryLock(Token at, List<CExpr> arguments) {
        CPlace place = memory(arguments.get(0));
        Num taken = reading.access.stored(at, place, Num.of(1));
        Local success = reading.routine().temporary("taken", Interval.TRUTH);
        reading.recorder()
                .compareExchange(
                        reading.routine().label("trylock", place.text()),
                        reading.access.cell(at, place),
                        Num.of(0).expr(),
                        taken.expr(),
                        success);
        Elements.end(place);
        return new Num(success.value(), Interval.TRUTH);
    }

    private CValue lock(Token at, List<CExpr> arguments) {
        CPlace place = memory(arguments.get(0));
        reading.access.stored(at, place, Num.of(1));
        Shared.Cell cell = reading.access.cell(at, place);
        Num free = Num.of(0);
        reading.recorder()
                .awaitExchange(
                        reading.routine().label("lock", place.text()),
                        cell,
                        free.expr(),
                        Num.of(1).expr());
        Elements.end(place);
        return Words.nothing();
    }

    private CValue unlock(Token at, List<CExpr> arguments) {
        reading.access.store(at, memory(arguments.get(0)), Num.of(0), true);
        return Words.nothing();
    }
}
