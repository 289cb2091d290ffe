// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.data.DataModel;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Litmus tests of three and four CPUs, and some of two, by the names that they have in the literature: whether the outcome that each is about is
 * allowed. The names {@code iwp}, {@code amd} and {@code rwc} are those of Owens, Sarkar and Sewell, "A better x86 memory model: x86-TSO" (TPHOLs
 * 2009; extended version, appendix A), the numbers {@code 9-n} those of the Intel SDM, vol. 3, "Examples Illustrating the Memory-Ordering
 * Principles" (8-n in older editions); the others
 * are the cycles of diy (Alglave, Maranget, Tautschnig, "Herding cats", TOPLAS 2014), of which x86-TSO forbids all without a store that is
 * followed by a load of another variable.
 */
class NamedLitmusTest {
    /** Where an outcome is allowed. */
    private enum Allowed {
        NOWHERE,
        BY_TSO
    }

    /**
     * A litmus test.
     *
     * @param outcome the registers, then the variables that are observed, as {@link Litmus} prints them
     * @param observed those variables
     */
    private record Named(String name, Allowed allowed, String outcome, List<String> observed, List<String> threads) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static Named test(String name, Allowed allowed, String outcome, String... threads) {
        return new Named(name, allowed, outcome, List.of(), List.of(threads));
    }

    static Stream<Named> named() {
        return Stream.of(
                // Two loads of one variable are not out of order: Rfe PosRR Fre.
                test("CoRR", Allowed.NOWHERE, "1 0", "x=1", "r0=x; r1=x"),
                // Nor do two CPUs disagree on the order of stores to one variable.
                test("iwp2.6", Allowed.NOWHERE, "1 2 2 1", "x=1", "x=2", "r0=x; r1=x", "r2=x; r3=x"),
                // Stores are transitively visible: Rfe PodRW Rfe PodRR Fre.
                test("WRC, iwp2.5, amd8, 9-6", Allowed.NOWHERE, "1 1 0", "x=1", "r0=x; y=1", "r1=y; r2=x"),
                // Rfe PodRR Fre PodWR Fre.
                test("RWC, rwc-unfenced", Allowed.BY_TSO, "1 0 0", "x=1", "r0=x; r1=y", "y=1; r2=x"),
                test("rwc-fenced", Allowed.NOWHERE, "1 0 0", "x=1", "r0=x; r1=y", "y=1; mfence; r2=x"),
                // PodWW Rfe PodRR Fre PodWR Fre.
                test("W+RWC", Allowed.BY_TSO, "1 0 0", "x=1; y=1", "r0=y; r1=z", "z=1; r2=x"),
                test("W+RWC+mfence", Allowed.NOWHERE, "1 0 0", "x=1; y=1", "r0=y; r1=z", "z=1; mfence; r2=x"),
                // PodWW Rfe PodRW Rfe PodRR Fre.
                test("ISA2", Allowed.NOWHERE, "1 1 0", "x=1; y=1", "r0=y; z=1", "r1=z; r2=x"),
                // PodWR Fre PodWR Fre PodWR Fre.
                test("3.SB", Allowed.BY_TSO, "0 0 0", "x=1; r0=y", "y=1; r1=z", "z=1; r2=x"),
                test(
                        "3.SB+mfences",
                        Allowed.NOWHERE,
                        "0 0 0",
                        "x=1; mfence; r0=y",
                        "y=1; mfence; r1=z",
                        "z=1; mfence; r2=x"),
                // A CPU without a barrier is enough.
                test(
                        "3.SB+mfence+mfence+po",
                        Allowed.BY_TSO,
                        "0 0 0",
                        "x=1; mfence; r0=y",
                        "y=1; mfence; r1=z",
                        "z=1; r2=x"),
                // PodRW Rfe PodRW Rfe PodRW Rfe.
                test("3.LB", Allowed.NOWHERE, "1 1 1", "r0=x; y=1", "r1=y; z=1", "r2=z; x=1"),
                // PodWW Coe PodWW Rfe PodRR Fre: y ends as the second CPU's.
                new Named(
                        "Z6.3", Allowed.NOWHERE, "1 0 2", List.of("y"), List.of("x=1; y=1", "y=2; z=1", "r0=z; r1=x")),
                // Two readers agree on the order of independent stores: Rfe PodRR Fre Rfe PodRR Fre.
                test("IRIW, amd6, 9-7", Allowed.NOWHERE, "1 0 1 0", "x=1", "y=1", "r0=x; r1=y", "r2=y; r3=x"),
                test(
                        "IRIW+locks, iwp2.7, amd7, 9-8",
                        Allowed.NOWHERE,
                        "1 0 1 0",
                        "xchg x 1",
                        "xchg y 1",
                        "r0=x; r1=y",
                        "r2=y; r3=x"),
                // A locked store is not reordered with a later load, nor with a later store.
                test("iwp2.8a, 9-9", Allowed.NOWHERE, "0 0", "xchg x 1; r0=y", "xchg y 1; r1=x"),
                test("iwp2.8b, 9-10", Allowed.NOWHERE, "1 0", "xchg x 1; y=1", "r0=y; r1=x"),
                // One locked store does not order the other CPU's: n8 as its erratum has it.
                test("n8", Allowed.BY_TSO, "0 0", "xchg x 1; r0=y", "y=1; r1=x"));
    }

    @ParameterizedTest
    @MethodSource("named")
    void isAllowedWhereTheLiteratureSaysSo(Named test) {
        for (DataModel model : List.of(SC, TSO)) {
            Set<String> finals = Litmus.data(model)
                    .finals(test.observed.toArray(String[]::new))
                    .run(test.threads.toArray(String[]::new))
                    .finals();
            boolean allowed = model == TSO && test.allowed == Allowed.BY_TSO;
            assertEquals(allowed, finals.contains(test.outcome), model + ": " + finals);
        }
    }
}
