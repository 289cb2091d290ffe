// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Random programs do exactly what a second, naive implementation of x86-TSO does. */
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
                new Reference(threads, model == DataModel.TSO).outcomes(),
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

    /** Interleaves statements and drains, without sharing of states, without bound of the buffer. */
    private static final class Reference {
        private final List<List<String>> threads = new ArrayList<>();
        private final boolean buffered;
        private final Set<String> found = new TreeSet<>();
        private final Map<String, Integer> used = new TreeMap<>();

        Reference(List<String> programs, boolean buffered) {
            this.buffered = buffered;
            for (String program : programs) {
                threads.add(List.of(program.split("; ", -1)));
                for (String word : program.split("[ =;]+", -1)) {
                    if (word.matches("x|y|r\\d")) {
                        used.put(word, 0);
                    }
                }
            }
        }

        Set<String> outcomes() {
            go(new int[2], List.of(List.of(), List.of()), used);
            return found;
        }

        private void go(int[] at, List<List<String>> buffers, Map<String, Integer> memory) {
            boolean done = true;
            for (int t = 0; t < 2; t++) {
                if (!buffers.get(t).isEmpty()) {
                    done = false;
                    Map<String, Integer> after = new TreeMap<>(memory);
                    assign(after, buffers.get(t).get(0));
                    go(
                            at,
                            with(
                                    buffers,
                                    t,
                                    buffers.get(t).subList(1, buffers.get(t).size())),
                            after);
                }
                if (at[t] < threads.get(t).size()) {
                    done = false;
                    step(t, at, buffers, memory, threads.get(t).get(at[t]));
                }
            }
            if (done) {
                List<String> values = new ArrayList<>();
                memory.values().forEach(v -> values.add(v.toString()));
                found.add(String.join(" ", values));
            }
        }

        private void step(int t, int[] at, List<List<String>> buffers, Map<String, Integer> memory, String statement) {
            int[] next = at.clone();
            next[t]++;
            List<String> buffer = buffers.get(t);
            boolean locked = statement.contains("xchg") || statement.equals("mfence");
            if (locked && !buffer.isEmpty()) {
                return;
            }
            Map<String, Integer> after = new TreeMap<>(memory);
            if (statement.contains("xchg")) {
                String[] words = statement.split("xchg ", -1)[1].split(" ", -1);
                if (statement.startsWith("r")) {
                    after.put(statement.substring(0, 2), memory.get(words[0]));
                }
                after.put(words[0], Integer.valueOf(words[1]));
            } else if (statement.startsWith("r")) {
                String from = statement.substring(3);
                int value = memory.get(from);
                for (String store : buffer) {
                    if (store.startsWith(from)) {
                        value = Integer.parseInt(store.substring(2));
                    }
                }
                after.put(statement.substring(0, 2), value);
            } else if (!locked && buffered) {
                List<String> longer = new ArrayList<>(buffer);
                longer.add(statement);
                go(next, with(buffers, t, longer), memory);
                return;
            } else if (!locked) {
                assign(after, statement);
            }
            go(next, buffers, after);
        }

        private static void assign(Map<String, Integer> memory, String store) {
            memory.put(store.substring(0, 1), Integer.valueOf(store.substring(2)));
        }

        private static List<List<String>> with(List<List<String>> buffers, int t, List<String> buffer) {
            List<List<String>> all = new ArrayList<>(buffers);
            all.set(t, buffer);
            return all;
        }
    }
}
