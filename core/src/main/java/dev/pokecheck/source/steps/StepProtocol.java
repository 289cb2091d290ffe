// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.source.syntax.TranslationUnit;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** A file of which each statement is one of the protocol; {@link ProtocolPrinter} prints such files. */
public final class StepProtocol implements Protocol.Definition {
    static final String MODEL = "pokecheck_model";
    static final String BREAKPOINT = "pokecheck_int3";
    static final String NMI = "pokecheck_nmi";
    static final String IRQ = "pokecheck_irq";
    static final String MACHINE_CHECK = "pokecheck_mc";
    private static final String PREFIX = "pokecheck_";

    /** What {@code pokecheck/steps.h} declares. */
    private static final String MARK = "__pc_steps";

    private final TranslationUnit unit;

    /** The protocol of a file that {@link #isMeant} says to be one. */
    public StepProtocol(TranslationUnit unit) {
        this.unit = unit;
    }

    /** Whether a file includes {@code pokecheck/steps.h}. */
    public static boolean isMeant(TranslationUnit unit) {
        return unit.variables().containsKey(MARK);
    }

    /** The function that the thread of a CPU runs. */
    static String thread(int cpu) {
        return cpu == 0 ? PREFIX + "patcher" : PREFIX + "thread" + cpu;
    }

    /** The names of all functions that a protocol for so many CPUs is made of. */
    static Set<String> entries(int cpus) {
        Set<String> names = new TreeSet<>(List.of(MODEL, BREAKPOINT, NMI, IRQ, MACHINE_CHECK));
        for (int cpu = 0; cpu < cpus; cpu++) {
            names.add(thread(cpu));
        }
        return names;
    }

    /**
     * {@inheritDoc}
     *
     * @throws dev.pokecheck.source.token.SourceException for what is wrong
     */
    @Override
    public void record(ProtocolBuilder builder) {
        StepReading reading = new StepReading(builder, unit);
        builder.withoutWorkload();
        unit.defined(MODEL).ifPresent(f -> reading.model(f));
        for (int cpu = 0; cpu < builder.setting().cpus(); cpu++) {
            int thread = cpu;
            unit.defined(thread(cpu)).ifPresent(f -> builder.thread(thread, reading.routine(f, false)));
        }
        unit.defined(BREAKPOINT).ifPresent(f -> builder.breakpoint(reading.routine(f, true)));
        handler(reading, NMI, builder::nmi);
        handler(reading, IRQ, builder::irq);
        handler(reading, MACHINE_CHECK, builder::machineCheck);
        reading.refuseOthers(PREFIX);
        reading.throwIfAnyWrong();
    }

    private void handler(StepReading reading, String name, Consumer<Consumer<Recorder>> record) {
        unit.defined(name).ifPresent(f -> record.accept(reading.routine(f, false)));
    }
}
