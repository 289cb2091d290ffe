// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceText;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A protocol of twice as many shared variables and steps is checked and its run traced with twice the work. Work is counted in bytes allocated, as what each step needs, views
 * of states, names and sets of local variables, is allocated; of time nothing is said.
 */
class ManyVariablesTest {
    private static final int FEW = 200;
    private static final double MOST_GROWTH = 2.7;

    /** The bytes that the check and the trace of the first violation allocate. */
    private static long cost(String text, int steps) {
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        long before = threads.getThreadAllocatedBytes(thread);
        CSource source = new CSource(new SourceText("f.c", text), (name, quoted, from) -> Optional.empty(), List.of());
        Machine machine = Machine.of(Scenario.of(List.of(SiteSpec.parse("nop1->int3"))), "f.c", source);
        Violation violation =
                Check.search(machine, CheckOptions.defaults()).violation().orElseThrow();
        Trace trace = Tracer.run(machine, violation.finding().schedule());
        assertEquals(steps, trace.steps().size());
        return threads.getThreadAllocatedBytes(thread) - before;
    }

    private static void requireGrowth(IntFunction<String> text, int stepsOfEach) {
        cost(text.apply(FEW), stepsOfEach * FEW);
        long once = cost(text.apply(FEW), stepsOfEach * FEW);
        long twice = cost(text.apply(2 * FEW), 2 * stepsOfEach * FEW);
        assertTrue(twice < MOST_GROWTH * once, once + " bytes, then " + twice);
    }

    private static String times(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    @Test
    void variablesThatAreStoredToOneByOne() {
        requireGrowth(
                n -> times(n, i -> "static int g" + i + ";\n") + "void pokecheck_patcher(void)\n{\n"
                        + times(n, i -> "g" + i + " = 1;\n") + "}\n",
                1);
    }

    @Test
    void membersThatAreCopied() {
        requireGrowth(
                n -> "struct a { int x[50]; };\nstatic struct b { struct a y[" + n / 50
                        + "]; } p, q;\nvoid pokecheck_patcher(void)\n{\nq = p;\n}\n",
                2);
    }
}
