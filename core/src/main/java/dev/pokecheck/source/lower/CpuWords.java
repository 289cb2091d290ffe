// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Words for CPUs: serializing instructions, IPIs, interrupts, grace periods, {@code stop_machine}. */
final class CpuWords {
    private final Reading reading;
    private final Words words;

    CpuWords(Reading reading, Words words) {
        this.reading = reading;
        this.words = words;
    }

    void define() {
        words.is("cpu", 0, (at, a) -> reading.routine().cpu);
        words.is("cpus", 0, (at, a) -> Num.of(reading.builder.setting().cpus()));
        words.is("in_nmi", 0, (at, a) -> new Num(Expr.inNmi(), Interval.TRUTH));
        words.does("serialize", 1, (at, a) -> {
            Sync sync = instruction(a.get(0));
            reading.recorder().serialize(reading.routine().label(sync.text(), ""), sync);
            return Words.nothing();
        });
        words.does("sync_each_cpu", 1, (at, a) -> {
            reading.recorder().syncEachCpu(reading.routine().label("sync", ""), instruction(a.get(0)));
            return Words.nothing();
        });
        words.does("interrupts", 1, (at, a) -> flag(a.get(0), "cli", "sti"));
        words.does("preemption", 1, (at, a) -> flag(a.get(0), "preempt_disable", "preempt_enable"));
        words.does("send_nmi", 1, (at, a) -> {
            Num cpu = reading.expressions.number(a.get(0));
            reading.recorder().sendNmi(reading.routine().label("send_nmi", ""), cpu.expr());
            return Words.nothing();
        });
        words.does("grace_period", 1, (at, a) -> {
            reading.recorder().gracePeriod(reading.routine().label("grace_period", ""), quiescence(a.get(0)));
            return Words.nothing();
        });
        words.does("stop_machine", 2, this::stopMachine);
        words.does("label", 1, (at, a) -> {
            reading.routine().nameNext(text(a.get(0)));
            return Words.nothing();
        });
        words.does("rest", 0, (at, a) -> {
            reading.recorder().rest();
            return Words.nothing();
        });
    }

    /** The CPUs that do not run the present routine. */
    private Interval others() {
        long last = reading.builder.setting().cpus() - 1L;
        Num here = reading.routine().cpu;
        return here.isKnown() && here.known() == 0 && last > 0 ? new Interval(1, last) : new Interval(0, last);
    }

    private String text(CExpr argument) {
        if (reading.expressions.value(argument) instanceof CValue.Message message) {
            return message.text();
        }
        throw argument.at().wrong("expected a string", "");
    }

    private static Sync instruction(CExpr argument) {
        String name = Words.literal(argument);
        return Stream.of(Sync.values())
                .filter(sync -> sync.text().equals(name))
                .findFirst()
                .orElseThrow(() -> argument.at()
                        .wrong(
                                "there is no instruction '" + name + "' that synchronises",
                                "there are "
                                        + Stream.of(Sync.values())
                                                .map(Sync::text)
                                                .collect(Collectors.joining(", "))));
    }

    private static Quiescence quiescence(CExpr argument) {
        return Words.literal(argument).equals("handlers") ? Quiescence.HANDLERS_DONE : Quiescence.SITES_LEFT;
    }

    private CValue flag(CExpr argument, String off, String on) {
        boolean enables = reading.expressions.number(argument).isTrue();
        String label = reading.routine().label(enables ? on : off, "");
        switch (enables ? on : off) {
            case "cli" -> reading.recorder().irqDisable(label);
            case "sti" -> reading.recorder().irqEnable(label);
            case "preempt_disable" -> reading.recorder().preemptDisable(label);
            default -> reading.recorder().preemptEnable(label);
        }
        return Words.nothing();
    }

    /** The CPU that calls it runs the function, and so do all others, where each has its own number. */
    private CValue stopMachine(Token at, List<CExpr> arguments) {
        CValue function = reading.expressions.value(arguments.get(0));
        CValue data = reading.expressions.value(arguments.get(1));
        if (!(function instanceof CValue.ToFunction named)) {
            throw at.wrong("which function is to run is not known when the file is read", "");
        }
        String label = reading.routine().label("stop_machine", "");
        String name = named.function().name() + "_elsewhere";
        Routine elsewhere = reading.builder.routine(name, recorder -> {
            Num cpu = new Num(Expr.thisCpu(), others());
            RoutineContext context = new RoutineContext(recorder, name, cpu, reading.ranges);
            reading.in(
                    context,
                    () -> recorder.block(
                            "return",
                            () -> reading.calls.run(at, named.function(), List.of(data), Optional.of("return"))));
        });
        reading.recorder()
                .stopMachine(label, () -> reading.calls.expand(at, named.function(), List.of(data)), elsewhere);
        return Words.nothing();
    }
}
