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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Words for data: accesses, locked operations, waits, locks. */
final class DataWords {
    private final Reading reading;
    private final Words words;

    DataWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.is("load", 1, (at, a) -> reading.access.load(at, target(a.get(0))));
        words.does("store", 2, (at, a) -> store(at, a, false));
        words.does("release", 2, (at, a) -> store(at, a, true));
        words.does("await", 2, this::await);
        words.does("fence", 0, (at, a) -> {
            reading.recorder().fence(reading.routine().label("fence", ""));
            return Words.nothing();
        });
        words.does("relax", 0, (at, a) -> Words.nothing());
        words.does("add", 2, (at, a) -> update(at, a, RmwOp.ADD));
        words.does("add_unless_zero", 2, (at, a) -> update(at, a, RmwOp.ADD_UNLESS_ZERO));
        words.does("or", 2, (at, a) -> update(at, a, RmwOp.OR));
        words.does("andnot", 2, (at, a) -> update(at, a, RmwOp.AND_NOT));
        words.does("exchange", 2, (at, a) -> update(at, a, RmwOp.EXCHANGE));
        words.does("compare_exchange", 3, this::compareExchange);
        words.does("lock", 1, this::lock);
        words.does("unlock", 1, this::unlock);
        words.is("percpu_ptr", 2, this::ofCpu);
        words.is("bit", 1, (at, a) -> bit(at, number(a.get(0))));
        words.is("weight", 1, (at, a) -> weight(number(a.get(0))));
        words.does("bug", 2, this::bug);
        words.does("choose", 1, this::choose);
    }

    private CPlace target(CExpr pointer) {
        CPlace place = reading.places.target(pointer.at(), reading.expressions.value(pointer));
        return Access.decayed(pointer.at(), place);
    }

    private Num number(CExpr expr) {
        return reading.expressions.number(expr);
    }

    private CValue store(Token at, List<CExpr> arguments, boolean release) {
        CValue value = reading.expressions.value(arguments.get(1));
        reading.access.store(at, target(arguments.get(0)), value, release);
        return value;
    }

    // ---- locked operations

    /** The memory that a locked operation is on. */
    private CPlace memory(CExpr pointer) {
        CPlace place = target(pointer);
        if (place.object().kind() == Kind.LOCAL) {
            reading.pointers.escape(place.object());
            throw new ReadAgain();
        }
        if (!Access.isNumber(place.type()) || place.object().kind() == Kind.REGISTERS) {
            throw pointer.at()
                    .wrong("a locked operation on " + place.text() + ", which is no number that CPUs share", "");
        }
        return place;
    }

    /** A locked update; its value is the old one. */
    private CValue update(Token at, List<CExpr> arguments, RmwOp op) {
        Num operand = number(arguments.get(1));
        CPlace place = memory(arguments.get(0));
        Interval before = values(place);
        reading.access.stored(at, place, new Num(place.index().expr(), after(at, op, before, operand.range())));
        Shared.Cell cell = reading.access.cell(at, place);
        Local old = reading.routine().temporary(place.text().replace('.', '_'), values(place));
        reading.recorder()
                .rmw(
                        reading.routine().label(op.name().toLowerCase(Locale.ROOT), place.text()),
                        cell,
                        op,
                        operand.expr(),
                        old);
        return new Num(old.value(), values(place));
    }

    private Interval values(CPlace place) {
        return reading.objects.declaredRange(place).orElseGet(() -> reading.ranges.of(place.leaf()));
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
            case OR -> Arithmetic.binary(at, CBinaryOperator.OR, old, by).range();
            case AND_NOT -> before.with(Interval.of(0));
            case EXCHANGE -> operand;
        };
    }

    /** A locked compare-and-exchange; its value is whether it wrote. */
    private CValue compareExchange(Token at, List<CExpr> arguments) {
        Num expected = number(arguments.get(1));
        Num desired = number(arguments.get(2));
        CPlace place = memory(arguments.get(0));
        Num stored = reading.access.stored(at, place, desired);
        Local success = reading.routine().temporary("done", Interval.TRUTH);
        reading.recorder()
                .compareExchange(
                        reading.routine().label("cmpxchg", place.text()),
                        reading.access.cell(at, place),
                        expected.expr(),
                        stored.expr(),
                        success);
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
        return Words.nothing();
    }

    private CValue unlock(Token at, List<CExpr> arguments) {
        reading.access.store(at, memory(arguments.get(0)), Num.of(0), true);
        return Words.nothing();
    }

    // ---- waits

    /** Waits until a condition on {@code VAL}, the value of a cell, holds. */
    private CValue await(Token at, List<CExpr> arguments) {
        CPlace place = target(arguments.get(0));
        Num[] condition = new Num[1];
        try {
            Optional<Shared.Cell> cell = reading.access.awaiting(() -> {
                words.bind("VAL", reading.access.load(at, place));
                condition[0] = reading.conditions.condition(arguments.get(1));
            });
            words.unbind("VAL");
            cell.ifPresent(on -> reading.recorder()
                    .await(reading.routine().label("wait", place.text()), Access.onCell(on, condition[0])));
        } catch (Access.NotOneLoad e) {
            throw at.wrong("what is waited for is more than one value", "write the loop out");
        }
        return Words.nothing();
    }

    // ---- values

    /** The one that a CPU has of a variable. */
    private CValue ofCpu(Token at, List<CExpr> arguments) {
        CPlace first = target(arguments.get(0));
        if (first.object().kind() != Kind.PER_CPU) {
            throw at.wrong(first.text() + " is no variable of each CPU", "declare it with DEFINE_PER_CPU(type, name)");
        }
        return new CValue.ToObject(PlaceReader.moved(at, first, number(arguments.get(1))));
    }

    private static Num bit(Token at, Num number) {
        Interval range = number.range();
        if (range.min() < 0 || range.max() > 30) {
            throw at.wrong("a bit from " + range.min() + " to " + range.max(), "0 to 30 are possible");
        }
        return number.isKnown()
                ? Num.of(1L << number.known())
                : new Num(number.expr().bit(), new Interval(1L << range.min(), 1L << range.max()));
    }

    private static Num weight(Num number) {
        return number.isKnown()
                ? Num.of(Integer.bitCount((int) number.known()))
                : new Num(
                        number.expr().weight(),
                        new Interval(
                                0,
                                64
                                        - Long.numberOfLeadingZeros(
                                                Math.max(0, number.range().max()))));
    }

    private CValue bug(Token at, List<CExpr> arguments) {
        Num condition = reading.conditions.condition(arguments.get(0));
        String text =
                reading.expressions.value(arguments.get(1)) instanceof CValue.Message message ? message.text() : "";
        if (!condition.isFalse()) {
            reading.recorder().bugOn(condition.expr(), at.use() + ": " + text);
        }
        if (condition.isTrue()) {
            reading.knowledge().die();
        }
        return Words.nothing();
    }

    private CValue choose(Token at, List<CExpr> arguments) {
        Num ways = number(arguments.get(0));
        if (!ways.isKnown() || ways.known() < 2) {
            throw at.wrong("a choice among a number of ways that is not known, or less than two", "");
        }
        Interval range = new Interval(0, ways.known() - 1);
        Local to = reading.routine().temporary("chosen", range);
        reading.recorder().choose(reading.routine().label("choose", ""), (int) ways.known(), to);
        return new Num(to.value(), range);
    }
}
