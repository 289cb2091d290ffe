// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/** Words for data: accesses, waits, assertions, choices. */
final class DataWords {
    /** So many ways a choice may have: each is a state of its own. */
    private static final int MOST_WAYS = 4096;

    private final Reading reading;
    private final Words words;

    DataWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        defineAccesses();
        words.does("await", 2, this::await);
        words.does("await_or_timeout", 2, this::awaitOrTimeout);
        words.does("fence", 0, (at, a) -> {
            reading.recorder().fence(reading.routine().label("fence", ""));
            return Words.nothing();
        });
        words.does("relax", 0, (at, a) -> Words.nothing());
        words.does("follow_stores", 0, (at, a) -> {
            reading.memory.follow(at);
            return Words.nothing();
        });
        words.is("percpu_ptr", 2, this::ofCpu);
        words.is("container", 3, new ContainerWord(reading)::of);
        words.is("bit", 1, (at, a) -> bit(at, number(a.get(0))));
        words.is("weight", 1, (at, a) -> weight(number(a.get(0))));
        defineBytes();
        words.does("bug", 2, this::bug);
        words.does("choose", 1, this::choose);
    }

    private void defineBytes() {
        words.does("copy", 3, (at, a) -> {
            CValue to = reading.expressions.value(a.get(0));
            CValue from = reading.expressions.value(a.get(1));
            reading.copies.copy(at, to, from, number(a.get(2)), new TextAccess.Way(true, TextAccess.Reach.IN_PIECES));
            return to;
        });
        words.does("set", 3, (at, a) -> {
            CValue to = reading.expressions.value(a.get(0));
            reading.copies.set(
                    at, to, number(a.get(1)), number(a.get(2)), new TextAccess.Way(true, TextAccess.Reach.IN_PIECES));
            return to;
        });
        words.does("compare", 3, (at, a) -> {
            CValue one = reading.expressions.value(a.get(0));
            CValue other = reading.expressions.value(a.get(1));
            return reading.copies.compare(at, one, other, number(a.get(2)));
        });
        words.is("element", 2, (at, a) -> {
            CPlace first = reading.places.target(at, reading.expressions.value(a.get(0)));
            return new CValue.ToObject(PlaceReader.moved(at, first, number(a.get(1))));
        });
    }

    private void defineAccesses() {
        words.is("load", 1, (at, a) -> {
            CPlace place = reading.places.pointed(a.get(0));
            return reading.access.marked(() -> reading.access.load(at, place));
        });
        words.is("acquire", 1, (at, a) -> {
            CPlace place = reading.places.pointed(a.get(0));
            CValue value = reading.access.marked(() -> reading.access.load(at, place));
            reading.access.afterLoad(() -> reading.plain.barrier(at));
            return value;
        });
        words.does("barrier", 0, (at, a) -> Words.nothing());
        words.does("store", 2, (at, a) -> store(at, a, false));
        words.does("release", 2, (at, a) -> store(at, a, true));
    }

    private Num number(CExpr expr) {
        return reading.expressions.number(expr);
    }

    private CValue store(Token at, List<CExpr> arguments, boolean release) {
        CValue value = reading.expressions.value(arguments.get(1));
        CPlace place = reading.places.pointed(arguments.get(0));
        reading.unsigned.requireNotWidened(at, value, arguments.get(1), place.type());
        return reading.access.marked(() -> {
            reading.access.store(at, place, value, release);
            return value;
        });
    }

    // ---- waits

    /** Waits until a condition on {@code VAL}, the value of a cell, holds. */
    private CValue await(Token at, List<CExpr> arguments) {
        CPlace place = reading.places.pointed(arguments.get(0));
        waited(at, place, arguments.get(1))
                .ifPresent(condition ->
                        reading.recorder().await(reading.routine().label("wait", place.text()), condition));
        return Words.nothing();
    }

    /** Waits as {@link #await}, or gives up at any time; its value is whether it did. */
    private CValue awaitOrTimeout(Token at, List<CExpr> arguments) {
        CPlace place = reading.places.pointed(arguments.get(0));
        Expr condition = waited(at, place, arguments.get(1))
                .orElseThrow(
                        () -> at.wrong(place.text() + " is no memory that CPUs share, so waiting changes nothing", ""));
        Local timedOut = reading.routine().temporary("timed_out", Interval.TRUTH);
        reading.recorder().awaitOrTimeout(reading.routine().label("wait", place.text()), condition, timedOut);
        return new Num(timedOut.value(), Interval.TRUTH);
    }

    /** The condition of a wait for a cell; empty if the place is none that CPUs share. */
    private Optional<Expr> waited(Token at, CPlace place, CExpr until) {
        Num[] condition = new Num[1];
        try {
            Optional<Shared.Cell> cell = reading.access.awaiting(() -> {
                words.bind("VAL", reading.access.marked(() -> reading.access.load(at, place)));
                condition[0] = reading.conditions.condition(until);
            });
            return cell.map(on -> Access.onCell(on, condition[0]));
        } catch (Access.NotOneLoad e) {
            throw at.wrong("what is waited for is more than one value", "write the loop out");
        } finally {
            words.unbind("VAL");
        }
    }

    // ---- values

    /** The one that a CPU has of a variable. */
    private CValue ofCpu(Token at, List<CExpr> arguments) {
        CPlace first = reading.places.pointed(arguments.get(0));
        if (first.object().kind() != Kind.PER_CPU) {
            throw at.wrong(first.text() + " is no variable of each CPU", "declare it with DEFINE_PER_CPU(type, name)");
        }
        return new CValue.ToObject(PlaceReader.moved(at, first, number(arguments.get(1))));
    }

    static Num bit(Token at, Num number) {
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
            reading.recorder().bugOn(condition.expr(), text);
        }
        if (condition.isTrue()) {
            reading.knowledge().die();
        }
        return Words.nothing();
    }

    private CValue choose(Token at, List<CExpr> arguments) {
        Num ways = number(arguments.get(0));
        if (!ways.isKnown() || ways.known() < 2) {
            throw at.wrong(
                    "a choice among a number of ways that is not known, or less than two",
                    "write how many there are, 2 or more");
        }
        if (ways.known() > MOST_WAYS) {
            throw at.wrong(
                    "a choice among " + ways.known() + " ways, each of which is tried; at most " + MOST_WAYS
                            + " are possible",
                    "choose among those that make a difference");
        }
        Interval range = new Interval(0, ways.known() - 1);
        Local to = reading.routine().temporary("chosen", range);
        reading.recorder().choose(reading.routine().label("choose", ""), (int) ways.known(), to);
        return new Num(to.value(), range);
    }
}
