// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/**
 * Words that hold off interrupts and preemption of their CPU. Whether IF is set, and how often preemption is forbidden, is a variable of the routine, mostly one whose
 * value is known: what changes neither is no step. A function that an interrupt, {@code stop_machine} or a call of another CPU brings begins with IF=0.
 */
final class FlagWords {
    private static final String INTERRUPTS = " IF";
    private static final String PREEMPTION = " preempt_count";
    /** How often preemption is forbidden where nobody knows: less than never, however it changes. */
    private static final long NOT_KNOWN = -2;

    private final Reading reading;
    private final Words words;

    FlagWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.does("interrupts", 1, (at, a) -> {
            setInterrupts(at, reading.expressions.number(a.get(0)));
            return Words.nothing();
        });
        words.does("irq_save", 1, this::save);
        words.is("irqs_disabled", 0, (at, a) -> Arithmetic.not(interrupts()));
        words.does("preemption", 1, (at, a) -> {
            countPreemption(at, reading.expressions.number(a.get(0)).isTrue() ? -1 : 1);
            return Words.nothing();
        });
    }

    /** A routine begins. */
    static void begin(Reading reading) {
        Num first = Num.of(reading.routine().isThread() ? 1 : 0);
        if (reading.pointers.isKeptAsNumber(reading.routine().full(INTERRUPTS))) {
            Token somewhere =
                    reading.unit.functions().values().iterator().next().at();
            reading.builder()
                    .unwritten(() -> reading.routine().assign(somewhere, INTERRUPTS, INTERRUPTS.strip(), first));
        }
        reading.knowledge().put(INTERRUPTS, first);
        reading.knowledge().put(PREEMPTION, Num.of(0));
    }

    /** A loop begins; what is returned is for the end of a round, which must leave all as it was, or IF in a variable. */
    static Runnable head(Reading reading, Token at) {
        String full = reading.routine().full(INTERRUPTS);
        if (reading.pointers.isKeptAsNumber(full)) {
            reading.knowledge().put(INTERRUPTS, CValue.Unknown.UNKNOWN);
        }
        Optional<CValue> interrupts = reading.knowledge().of(INTERRUPTS);
        Optional<CValue> preemption = reading.knowledge().of(PREEMPTION);
        return () -> {
            if (reading.knowledge().isDead()) {
                return;
            }
            if (!reading.knowledge().of(INTERRUPTS).equals(interrupts)) {
                reading.pointers.keepAsNumber(full);
            }
            if (!reading.knowledge().of(PREEMPTION).equals(preemption)) {
                throw at.wrong(
                        "a round of this loop ends with preemption forbidden more, or less, often than it began",
                        "write preempt_disable() and preempt_enable() in pairs");
            }
        };
    }

    /** Reads what runs with IF=0, whatever it was before and is afterwards. */
    static void held(Reading reading, Runnable body) {
        Optional<CValue> before = reading.knowledge().of(INTERRUPTS);
        reading.knowledge().put(INTERRUPTS, Num.of(0));
        body.run();
        before.ifPresent(value -> reading.knowledge().put(INTERRUPTS, value));
    }

    /** Whether IF is set: known, or kept in a variable. */
    private Num interrupts() {
        Optional<CValue> known = reading.knowledge().of(INTERRUPTS);
        if (known.isPresent() && known.get() instanceof Num number) {
            return number;
        }
        String full = reading.routine().full(INTERRUPTS);
        reading.pointers.keepAsNumber(full);
        return new Num(reading.routine().local(INTERRUPTS, INTERRUPTS.strip()).value(), reading.ranges.of(full));
    }

    /** Keeps IF in a variable, and clears it. */
    private CValue save(Token at, List<CExpr> arguments) {
        CPlace place = reading.places.target(at, reading.expressions.value(arguments.get(0)));
        reading.access.store(at, place, interrupts(), false);
        setInterrupts(at, Num.of(0));
        return Words.nothing();
    }

    private void setInterrupts(Token at, Num value) {
        CExpr nothing = new CExpr.Constant(at, 0, "");
        Num before = interrupts();
        if (before.isKnown() && value.isKnown() && before.known() == value.known()) {
            return;
        }
        reading.conditions.branch(
                nothing,
                Arithmetic.truth(value),
                () -> reading.recorder().irqEnable(reading.routine().label("sti", "")),
                () -> reading.recorder().irqDisable(reading.routine().label("cli", "")));
        keep(at, value);
    }

    /** Remembers whether IF is set: in a variable only if one is asked for, or if it is not known. */
    private void keep(Token at, Num value) {
        if (value.isKnown()
                && !reading.pointers.isKeptAsNumber(reading.routine().full(INTERRUPTS))) {
            reading.knowledge().put(INTERRUPTS, value);
            return;
        }
        reading.builder().unwritten(() -> {
            Local kept = reading.routine().assign(at, INTERRUPTS, INTERRUPTS.strip(), value);
            reading.knowledge().put(INTERRUPTS, value.isKnown() ? value : new Num(kept.value(), value.range()));
        });
    }

    /** Preemption is forbidden once more, or once less: the first and the last time are steps. */
    private void countPreemption(Token at, int by) {
        Num before = reading.knowledge()
                .of(PREEMPTION)
                .filter(Num.class::isInstance)
                .map(Num.class::cast)
                .orElseGet(() -> Num.of(NOT_KNOWN));
        Num after = Arithmetic.binary(at, CBinaryOperator.PLUS, before, Num.of(by));
        if (after.known() < 0) {
            throw at.wrong(
                    "how often preemption is forbidden here depends on the way that led here, or is less than never",
                    "write preempt_disable() and preempt_enable() in pairs, on each way one of each");
        }
        if (before.isFalse()) {
            reading.recorder().preemptDisable(reading.routine().label("preempt_disable", ""));
        } else if (after.isFalse()) {
            reading.recorder().preemptEnable(reading.routine().label("preempt_enable", ""));
        }
        reading.knowledge().put(PREEMPTION, after);
    }
}
