// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs do exactly what {@link TsoEnumerator} says of x86-TSO. */
class TsoProperties {
    private static final int PROGRAMS = 300;

    /** Two threads of up to three statements; registers are numbered when a thread is complete. */
    @Provide
    Arbitrary<List<String>> programs() {
        Arbitrary<String> statement = Arbitraries.of(
                "x=1", "x=2", "y=1", "y=2", "load x", "load y", "load x", "load y", "mfence", "xchg x 3", "swap y 3");
        Arbitrary<List<String>> thread = statement.list().ofMinSize(1).ofMaxSize(3);
        return Combinators.combine(thread, thread).as((a, b) -> List.of(numbered(a, 0), numbered(b, 3)));
    }

    private static String numbered(List<String> thread, int first) {
        List<String> out = new ArrayList<>();
        for (String statement : thread) {
            out.add(statement.replace("load ", "r" + first + "=").replace("swap ", "r" + first + "=xchg "));
            first += statement.startsWith("load") || statement.startsWith("swap") ? 1 : 0;
        }
        return String.join("; ", out);
    }

    @Pins("machine.actions")
    @Pins("data.buffer")
    @Property(tries = PROGRAMS, seed = "20250702")
    void theMachineAgreesWithTheReference(@ForAll("programs") List<String> threads, @ForAll DataModel model) {
        String[] program = threads.toArray(String[]::new);
        assertEquals(
                TsoEnumerator.outcomes(threads, model == DataModel.TSO),
                Litmus.data(model).finals("x", "y").run(program).finals());
    }

    @Property(tries = PROGRAMS, seed = "20250703")
    void tsoAllowsAllThatScAllows(@ForAll("programs") List<String> threads) {
        String[] program = threads.toArray(String[]::new);
        assertTrue(Litmus.data(DataModel.TSO)
                .run(program)
                .finals()
                .containsAll(Litmus.data(DataModel.SC).run(program).finals()));
    }

    @Property(tries = PROGRAMS, seed = "20250704")
    void tsoWithFencesEverywhereIsSc(@ForAll("programs") List<String> threads) {
        String[] fenced =
                threads.stream().map(t -> t.replace("; ", "; mfence; ")).toArray(String[]::new);
        assertEquals(
                Litmus.data(DataModel.SC).finals("x", "y").run(fenced).finals(),
                Litmus.data(DataModel.TSO).finals("x", "y").run(fenced).finals());
    }
}
