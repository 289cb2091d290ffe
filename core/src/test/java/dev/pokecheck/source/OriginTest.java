// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Origin.Kind;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.dump.Dump;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Timelines and explanations of protocols in C point into the author's file. */
class OriginTest {
    private static final String TORN = """
            #include <pokecheck.h>
            #define PUBLISH(x, v) \\
                WRITE_ONCE(x, v)

            static int patching;

            static void head(int s)
            {
                const u8 int3 = INT3_INSN_OPCODE;

                text_poke(POKE_ADDR(s), &int3, 1);
            }

            void pokecheck_patcher(void)
            {
                poke_each_site(s) {
                    poke_begin(s);
                    PUBLISH(patching, 1);
                    head(s);
                    text_poke(POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s));
                    poke_end(s);
                }
            }

            int pokecheck_int3(struct pt_regs *regs)
            {
                if (READ_ONCE(patching) == 1 &&
                    regs->ip - INT3_INSN_SIZE == POKE_ADDR(0)) {
                    poke_emulate(regs, 0, 1);
                    return 1;
                }
                return 0;
            }
            """;

    private static final String STUCK = """
            #include <pokecheck.h>
            static int ready, go;

            void pokecheck_patcher(void)
            {
                poke_begin(0);
                while (READ_ONCE(ready) < 2)
                    cpu_relax();
                WRITE_ONCE(go, 1);
                poke_end(0);
            }

            void pokecheck_thread(int cpu)
            {
                if (cpu == 0)
                    return;
                WRITE_ONCE(ready, 1);
                while (!READ_ONCE(go))
                    cpu_relax();
                WRITE_ONCE(ready, 2);
            }
            """;

    private static CSource source(String text) {
        return new CSource(new SourceText("src/it.c", text), (name, quoted, from) -> Optional.empty(), List.of());
    }

    private static Trace trace(String text) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        Machine machine = Machine.of(scenario, "it.c", source(text));
        Violation violation =
                Check.search(machine, CheckOptions.defaults()).violation().orElseThrow();
        return Tracer.of(
                machine.unreduced(),
                violation.finding().schedule(),
                violation.finding().loopStart());
    }

    private static Origin origin(Trace trace, int step) {
        return trace.steps().get(step - 1).origin().orElseThrow();
    }

    @Test
    void eachStepComesFromItsLineAndColumn() {
        Trace trace = trace(TORN);
        assertEquals(new Origin(Kind.C, "src/it.c", 17, 9, "poke_begin(s);"), origin(trace, 1));
        assertEquals(
                new Origin(Kind.C, "src/it.c", 18, 9, "PUBLISH(patching, 1);"),
                origin(trace, 2),
                "where the macro is used, not where it is defined");
        assertEquals(
                new Origin(Kind.C, "src/it.c", 11, 5, "text_poke(POKE_ADDR(s), &int3, 1);"),
                origin(trace, 3),
                "in the function that was called");
        assertEquals(Optional.empty(), trace.steps().get(4).origin(), "a bystander's execution is not the author's");
    }

    @Test
    void theTimelineHasAMarginOfPlaces() {
        String timeline = TextTimeline.of(trace(TORN));
        assertTrue(timeline.contains("\nstep          \u2502 cpu0"), timeline);
        assertTrue(timeline.contains("\n   2  it.c:18 \u2502 WRITE_ONCE(patching, 1);"), timeline);
        assertTrue(timeline.contains("\n   5          \u2502 \u22ee"), timeline);
        timeline.lines().forEach(line -> assertTrue(line.length() <= TextTimeline.WIDTH, line));
    }

    @Test
    void whoWaitsForWhomNamesTheLines() {
        assertEquals(
                List.of(
                        "cpu0 in thread0 at wait.ready (it.c:7): waits until !(ready < 2) (ready is 1); only cpu1 (at"
                                + " store.ready.2 (it.c:20)) can still do that",
                        "cpu1 in thread1 at wait.go (it.c:18): waits until go (go is 0); only cpu0 (at store.go"
                                + " (it.c:9)) can still do that",
                        "cycle: cpu0 \u2192 cpu1 \u2192 cpu0"),
                trace(STUCK).waits());
    }

    @Test
    void aStepOfAPartOfAnExpressionComesFromThere() {
        Protocol protocol = protocol(PARTS);
        Map<String, String> places = new TreeMap<>();
        statements(protocol.threads().get(0).body())
                .filter(statement -> !statement.label().isEmpty())
                .forEach(statement -> places.put(
                        statement.label(),
                        protocol.origins()
                                .of("thread0", statement)
                                .orElseThrow()
                                .toString()));
        assertEquals(
                Map.of(
                        "load.a",
                        "src/it.c:6:13",
                        "load.b",
                        "src/it.c:7:13",
                        "store.c",
                        "src/it.c:9:9",
                        "store.a",
                        "src/it.c:14:5"),
                places);
    }

    private static final String PARTS = """
            #include <pokecheck.h>
            static int a, b, c;

            void pokecheck_patcher(void)
            {
                int x = READ_ONCE(a) +
                        READ_ONCE(b);
                if (x)
                    WRITE_ONCE(c, 1);
            }

            void pokecheck_thread(int cpu)
            {
                WRITE_ONCE(a, 1);
            }
            """;

    private static Protocol protocol(String text) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        return Protocol.record("it.c", scenario.setting(), source(text));
    }

    private static Stream<Stmt> statements(List<Stmt> body) {
        return body.stream()
                .flatMap(statement -> Stream.concat(
                        Stream.of(statement),
                        statement.bodies().stream().flatMap(inside -> statements(inside.statements()))));
    }

    @Test
    void aBlankLineMovesOriginsAndNoFingerprint() {
        Protocol before = protocol(PARTS);
        Protocol after = protocol(PARTS.replace("static", "\n\nstatic"));
        assertEquals(Dump.of(before), Dump.of(after));
        assertNotEquals(first(before), first(after));
    }

    private static Origin first(Protocol protocol) {
        Stmt statement = protocol.threads().get(0).body().get(0);
        return protocol.origins().of("thread0", statement).orElseThrow();
    }

    @Test
    void whatTheRecorderRefusesIsRefusedAtItsPlace() {
        String wrong = PARTS.replace("WRITE_ONCE(c, 1)", "__pc_emulate(0, 0, 1)");
        SourceException refusal = assertThrows(SourceException.class, () -> protocol(wrong));
        assertTrue(String.valueOf(refusal.getMessage()).startsWith("src/it.c:9:22: "), refusal.getMessage());
    }

    /** A file that show has printed has places, too. */
    @Test
    void statementsOfAShownFileComeFromIt() {
        String shown = """
                #include <pokecheck.h>
                #include <pokecheck/steps.h>
                void pokecheck_patcher(void)
                {
                \tpoke_inline("f()") {
                \t\tsmp_mb();
                \t}
                }
                """;
        Protocol protocol = Protocol.record(
                "p",
                Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).setting(),
                new CSource(new SourceText("shown.c", shown), (name, quoted, from) -> Optional.empty(), List.of()));
        Stmt call = protocol.threads().get(0).body().get(0);
        Stmt fence = call.bodies().get(0).statements().get(0);
        assertEquals(
                List.of("shown.c:5:2", "shown.c:6:3"),
                Stream.of(call, fence)
                        .map(it -> protocol.origins()
                                .of("thread0", it)
                                .map(Origin::toString)
                                .orElse(""))
                        .toList());
    }
}
