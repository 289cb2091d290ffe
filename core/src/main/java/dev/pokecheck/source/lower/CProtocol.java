// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import java.util.List;
import java.util.Optional;

/** A file as a protocol: what its entry points do. */
public final class CProtocol implements Protocol.Definition {
    /** What the CPU does that patches; it must be there. */
    public static final String PATCHER = "pokecheck_patcher";

    /** Ranges settle within fewer, unless variables follow from each other in a chain that is longer: then each reading finds out about one more. */
    private static final int MOST_READINGS = 100;

    private static final String BREAKPOINT = "pokecheck_int3";
    private static final String NMI = "pokecheck_nmi";
    private static final String IRQ = "pokecheck_irq";
    private static final String THREAD = "pokecheck_thread";

    private final TranslationUnit unit;
    private final boolean isChanged;

    /**
     * The protocol of a file that has a {@link #PATCHER}.
     *
     * @param isChanged whether plain accesses are those that a compiler may make of the file
     */
    public CProtocol(TranslationUnit unit, boolean isChanged) {
        this.unit = unit;
        this.isChanged = isChanged;
    }

    /**
     * {@inheritDoc} The file is read until no variable gets further values that an earlier part of the reading would have asked for; what was recorded before that is thrown
     * away.
     */
    @Override
    public void record(ProtocolBuilder builder) {
        Ranges ranges = new Ranges();
        Reading reading = new Reading(builder, unit, ranges, isChanged);
        boolean isAlone = builder.mayStartOver();
        for (int readings = 0; ranges.next(); readings++) {
            if (readings == MOST_READINGS) {
                throw new SourceException(
                        ranges.found()
                                .orElseGet(() ->
                                        unit.defined(PATCHER).orElseThrow().at().use()),
                        "after " + readings
                                + " readings of the file something new is found out about its variables, as here",
                        "give those that follow from each other their ranges, __range(min, max) behind their names");
            }
            ProtocolBuilder into = isAlone ? builder : builder.trial();
            into.startOver();
            try {
                read(reading, into);
            } catch (ReadAgain e) {
                ranges.readAgain();
            }
        }
        Complaints complaints = new Complaints();
        ranges.unbounded().forEach(complaints::add);
        complaints.throwIfAny();
        if (!isAlone) {
            read(reading, builder);
        }
        reading.wrong().forEach(complaints::addAll);
        complaints.throwIfAny();
    }

    private void read(Reading reading, ProtocolBuilder builder) {
        reading.begin(builder);
        CFunction patcher = unit.defined(PATCHER).orElseThrow();
        RoutineContext[] first = new RoutineContext[1];
        builder.patcher(r -> first[0] = routine(reading, r, "thread0", Num.of(0), patcher, List.of()));
        for (int cpu = 0; cpu < builder.setting().cpus(); cpu++) {
            Num number = Num.of(cpu);
            int thread = cpu;
            unit.defined(THREAD)
                    .ifPresent(f -> builder.thread(thread, r -> {
                        if (thread == 0) {
                            // It goes on with the names of steps that the patcher has.
                            first[0].knowledge.become(new Knowledge());
                            run(reading, first[0], f, List.of(number));
                        } else {
                            routine(reading, r, "thread" + thread, number, f, List.of(number));
                        }
                    }));
        }
        Num any = new Num(Expr.thisCpu(), new Interval(0, builder.setting().cpus() - 1L));
        unit.defined(BREAKPOINT).ifPresent(f -> builder.breakpoint(r -> handler(reading, r, any, f)));
        unit.defined(NMI).ifPresent(f -> builder.nmi(r -> routine(reading, r, "nmi", any, f, List.of())));
        unit.defined(IRQ).ifPresent(f -> builder.irq(r -> routine(reading, r, "irq", any, f, List.of())));
        PointerNames.give(reading, builder);
    }

    /** A routine that runs a function; returns its value. */
    private static RoutineContext routine(
            Reading reading, Recorder recorder, String name, Num cpu, CFunction function, List<CValue> arguments) {
        RoutineContext context = new RoutineContext(recorder, name, cpu, reading.ranges);
        run(reading, context, function, arguments);
        return context;
    }

    private static void run(Reading reading, RoutineContext context, CFunction function, List<CValue> arguments) {
        reading.in(
                context,
                function.at(),
                () -> context.recorder.block(
                        "return", () -> reading.calls.run(function.at(), function, arguments, Optional.of("return"))));
    }

    /** The breakpoint handler: 0 is what it returns for a breakpoint that is not its own. */
    private static void handler(Reading reading, Recorder recorder, Num cpu, CFunction function) {
        RoutineContext context = new RoutineContext(recorder, "bp", cpu, reading.ranges);
        reading.in(context, function.at(), () -> {
            CValue[] result = new CValue[1];
            recorder.block(
                    "return",
                    () -> result[0] = reading.calls.run(
                            function.at(), function, List.of(CValue.Registers.REGISTERS), Optional.of("return")));
            if (context.knowledge.isDead()) {
                return;
            }
            Num handled = reading.access.number(function.at(), result[0]);
            if (handled.isFalse()) {
                reading.builder().unwritten(() -> recorder.unhandled("not_ours"));
            } else if (!handled.isTrue()) {
                reading.builder()
                        .unwritten(() -> recorder.ifThen(handled.expr().eq(0), () -> recorder.unhandled("not_ours")));
            }
        });
    }
}
