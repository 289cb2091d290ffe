// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs can do the same whether or not steps are merged; {@link Litmus#run} compares. */
class MergingProperties {
    private static final int PROGRAMS = 400;

    /** Two threads of up to three statements. */
    @Provide
    Arbitrary<List<List<String>>> programs() {
        Arbitrary<String> statement = Arbitraries.of(
                "x=1",
                "y=1",
                "x=2",
                "load x",
                "load y",
                "mfence",
                "xchg x 3",
                "swap y 2",
                "cas x 0 1",
                "wait x 1",
                "spin y 0 1",
                "exec",
                "exec",
                "poke",
                "poke 0 cc",
                "cpuid",
                "iret",
                "sync iret",
                "cli",
                "sti",
                "nmi 0",
                "nmi 1");
        return statement.list().ofMinSize(1).ofMaxSize(3).list().ofSize(2);
    }

    private static String[] numbered(List<List<String>> threads) {
        List<String> out = new ArrayList<>();
        int register = 0;
        for (List<String> thread : threads) {
            List<String> statements = new ArrayList<>();
            for (String statement : thread) {
                String prefix = "r" + register + "=";
                boolean loads = statement.matches("(load|swap|cas) .*");
                statements.add(statement
                        .replace("load ", prefix)
                        .replace("swap ", prefix + "xchg ")
                        .replace("cas ", prefix + "cas "));
                register += loads ? 1 : 0;
            }
            out.add(String.join("; ", statements));
        }
        return out.toArray(String[]::new);
    }

    /** With a handler for NMIs, which stores and loads, and one for breakpoints. */
    private static Protocol.Definition withHandlers(String[] threads) {
        return b -> {
            new Assembly(threads).record(b);
            Shared z = b.shared("z", 0, 0, 1);
            Shared seen = b.shared("r9", 0, 0, 1);
            b.nmi(r -> {
                Local local = r.local("l", 0, 1);
                r.load("load", local, z);
                r.store("z", z, Expr.of(1));
                r.store("keep", seen, local.value());
            });
            b.breakpoint(r -> {
                r.store("z", z, Expr.of(1));
                r.emulate("emulate", b.sites().get(0), 0, true);
            });
        };
    }

    @Property(tries = PROGRAMS, seed = "20250780")
    void threadsAlone(@ForAll("programs") List<List<String>> threads, @ForAll DataModel data) {
        run(threads, Litmus.sites("nop1->f4").with(b -> b.data(data).bufferDepth(2)));
    }

    @Pins("machine.merging")
    @Property(tries = PROGRAMS / 8, seed = "20250781")
    void threadsAndInterrupts(@ForAll("programs") List<List<String>> threads, @ForAll DataModel data) {
        run(threads, Litmus.sites("nop1->f4").with(b -> b.data(data).nmis(1).bufferDepth(1)));
    }

    private static void run(List<List<String>> threads, Litmus litmus) {
        Outcomes outcomes = litmus.finals("x", "y").fetches().run(withHandlers(numbered(threads)));
        assertTrue(!outcomes.finals().isEmpty()
                || outcomes.deadlock()
                || !outcomes.incidents().isEmpty());
    }
}
