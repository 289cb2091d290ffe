// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.DataModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random programs of three and four threads reach on the machine, in full and reduced, exactly what a small enumerator of x86-TSO says, which shares
 * no code with it. {@link Litmus#run} compares the ways to merge and reduce.
 */
class TsoProgramsTest {
    private static final long SEED = 20251130;

    /** Each as often as it is to be drawn. */
    private static final List<String> VARIABLES = List.of("x", "x", "y", "y", "z");

    /** Registers are numbered through the program. */
    private static List<String> program(Random random, int threads, int longest) {
        List<String> program = new ArrayList<>();
        int register = 0;
        for (int thread = 0; thread < threads; thread++) {
            List<String> statements = new ArrayList<>();
            int length = random.nextInt(4) == 0 ? longest - 1 : longest;
            for (int i = 0; i < length; i++) {
                String variable = VARIABLES.get(random.nextInt(VARIABLES.size()));
                int value = 1 + random.nextInt(2);
                String to = "r" + register + "=";
                // Store buffering takes a store and then a load; two thirds of the threads begin so.
                int kind = i == 0 && random.nextInt(3) > 0 ? 0 : random.nextInt(12);
                switch (kind) {
                    case 0, 1, 2 -> statements.add(variable + "=" + value);
                    case 3, 4, 5, 6, 7, 8, 9 -> statements.add(to + variable);
                    case 10 -> statements.add(random.nextBoolean() ? "mfence" : "xchg " + variable + " 3");
                    default -> statements.add(to + (random.nextBoolean() ? "xchg " : "cas ") + variable + " 0 3");
                }
                String last = statements.get(statements.size() - 1);
                if (last.startsWith(to)) {
                    statements.set(statements.size() - 1, last.contains("=xchg") ? last.replace(" 0 3", " 3") : last);
                    register++;
                }
            }
            program.add(String.join("; ", statements));
        }
        return program;
    }

    private static Set<String> reached(DataModel model, List<String> program) {
        return Litmus.data(model)
                .finals("x", "y", "z")
                .run(program.toArray(String[]::new))
                .finals();
    }

    @ParameterizedTest
    @CsvSource({"3, 3, 40", "4, 2, 120"})
    void threeAndFourThreadsReachWhatTheEnumeratorSays(int threads, int longest, int programs, TestReporter reporter) {
        compare(threads, longest, programs, reporter);
    }

    @Tag("full")
    @ParameterizedTest
    @CsvSource({"3, 3, 400", "4, 2, 400"})
    void soDoMore(int threads, int longest, int programs, TestReporter reporter) {
        compare(threads, longest, programs, reporter);
    }

    private static void compare(int threads, int longest, int programs, TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        Random random = new Random(SEED + threads);
        int weak = 0;
        for (int i = 0; i < programs; i++) {
            List<String> program = program(random, threads, longest);
            Set<String> sc = TsoEnumerator.outcomes(program, false);
            Set<String> tso = TsoEnumerator.outcomes(program, true);
            assertEquals(sc, reached(SC, program), () -> "sc " + program);
            assertEquals(tso, reached(TSO, program), () -> "tso " + program);
            assertTrue(tso.containsAll(sc), program::toString);
            weak += tso.equals(sc) ? 0 : 1;
        }
        // Else the comparison could not tell a machine without store buffers.
        assertTrue(weak >= programs / 15, weak + " of " + programs + " programs tell tso from sc");
    }

    @Test
    void theEnumeratorKnowsTheShapes() {
        List<String> storeBuffering = List.of("x=1; r0=y", "y=1; r1=x");
        assertEquals(Set.of("0 0 1 1", "0 1 1 1", "1 0 1 1", "1 1 1 1"), TsoEnumerator.outcomes(storeBuffering, true));
        assertEquals(Set.of("0 1 1 1", "1 0 1 1", "1 1 1 1"), TsoEnumerator.outcomes(storeBuffering, false));
        List<String> fenced = List.of("x=1; mfence; r0=y", "y=1; xchg z 1; r1=x");
        assertEquals(Set.of("0 1 1 1 1", "1 0 1 1 1", "1 1 1 1 1"), TsoEnumerator.outcomes(fenced, true));
        assertEquals(
                Set.of("2 0 2", "2 1 2", "2 2 2"), TsoEnumerator.outcomes(List.of("x=1; x=2; r0=x", "r1=x"), true));
        assertEquals(Set.of("0 1 3", "1 0 3"), TsoEnumerator.outcomes(List.of("r0=cas x 0 3", "r1=cas x 0 3"), true));
    }
}
