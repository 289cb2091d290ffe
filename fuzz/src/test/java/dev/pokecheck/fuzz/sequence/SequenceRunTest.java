// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.fuzz.RandomInputs;
import dev.pokecheck.fuzz.sequence.Reference.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The machine against the plain reference. */
class SequenceRunTest {
    private static final Path SEEDS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus", "fuzz", "PatchSequenceFuzz");

    /** A seed ends as its name says. */
    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files.sorted().toList().stream().map(file -> {
                String name = String.valueOf(file.getFileName());
                return DynamicTest.dynamicTest(name, () -> {
                    String outcome =
                            new SequenceRun().run(Files.readAllBytes(file)).name();
                    assertEquals(name.substring(0, name.indexOf('+')), outcome.toLowerCase(Locale.ROOT));
                });
            });
        }
    }

    /** The short form of the fuzz target: both judges agree, promises are kept, and all engines and outcomes occur. */
    @Test
    void randomInputs() {
        RandomInputs inputs = new RandomInputs("PatchSequenceFuzz", 20251106);
        SequenceRun runs = new SequenceRun();
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < 2000; i++) {
            byte[] input = inputs.next(100, SequenceCase.HEADER);
            String engine = new SequenceCase(input).engine();
            outcomes.merge(engine + " " + runs.run(input), 1, Integer::sum);
        }
        System.out.println(outcomes);
        for (String engine : List.of("sequence", "text_poke_bp_batch", "stop_machine", "text_poke_late@repaired")) {
            assertTrue(outcomes.getOrDefault(engine + " PASSED", 0) > 20, engine + ": " + outcomes);
        }
        assertTrue(outcomes.getOrDefault("naive FAULT", 0) > 50, outcomes.toString());
        assertTrue(outcomes.getOrDefault("sequence-canary CANARY", 0) > 50, outcomes.toString());
    }

    /** What the reference finds of a chain in some steps. */
    private static @Nullable Fault fault(String chain, String... steps) {
        Reference reference = new Reference(
                Chain.table().stream().filter(row -> row.name().equals(chain)).toList());
        List.of(steps).forEach(reference::step);
        return reference.fault();
    }

    @Test
    void bothVersionsAreFineWhileOneIsWritten() {
        assertNull(fault(
                "call-call",
                "cpu0 patch1.site0",
                "cpu1 fetch site0 [e8 fc 11 21 31]",
                "cpu1 ret b1311200",
                "cpu1 fetch site0 [e8 fb 0f 20 30]",
                "cpu1 ret b1201000"));
    }

    @Test
    void oldCodeAfterTheCallReturnedIsStale() {
        assertEquals(
                Fault.STALE,
                fault("call-call", "cpu0 patch1.site0", "cpu0 patched1.site0", "cpu1 fetch site0 [e8 fb 0f 20 30]"));
    }

    /** Its bytes are those of a version to come, and nobody asks for that before the called function has returned. */
    @Test
    void oldCodeThatIsToComeAgainIsStaleAllTheSame() {
        String[] begin = {"cpu0 patch1.site0", "cpu0 patched1.site0", "cpu1 fetch site0 [e8 fb 0f 20 30]"};
        assertEquals(Fault.STALE, fault("call-nop5", begin[0], begin[1], begin[2], "cpu1 ret b1201000"));
        assertNull(fault("call-nop5", begin[0], begin[1], begin[2], "cpu0 patch2.site0", "cpu1 ret b1201000"));
    }

    /** What matters is what had returned when it began. */
    @Test
    void anExecutionThatBeganBeforeIsNotStale() {
        assertNull(fault(
                "pv-call",
                "cpu0 patch1.site0",
                "cpu0 patched1.site0",
                "cpu1 fetch site0 [e8 ec c9 9c 00]",
                "cpu0 patch2.site0",
                "cpu0 patched2.site0",
                "cpu1 fetch site0+5 [90]"));
    }

    @Test
    void mixedBytesAreTorn() {
        assertEquals(Fault.TORN, fault("call-nop5", "cpu0 patch1.site0", "cpu1 fetch site0 [e8 1f 44 00 00]"));
    }

    @Test
    void instructionsOfTwoVersionsAreTorn() {
        assertEquals(
                Fault.TORN,
                fault("pv-unlock", "cpu0 patch1.site0", "cpu1 fetch site0 [c6 07 00]", "cpu1 fetch site0+3 [90]"));
    }

    @Test
    void newCodeBeforeAnybodyAskedIsEarly() {
        assertEquals(Fault.EARLY, fault("nop5-call", "cpu1 fetch site0 [e8 fb 0f 20 30]", "cpu1 ret b1201000"));
    }

    /** An execution that hits a breakpoint began when it hit it. */
    @Test
    void emulationCountsFromTheBreakpoint() {
        assertNull(fault(
                "call-call",
                "cpu0 patch1.site0",
                "cpu1 fetch site0 [cc]",
                "cpu0 patched1.site0",
                "cpu0 patch2.site0",
                "cpu0 patched2.site0",
                "cpu1.bp emulate1.site0",
                "cpu1.bp iret"));
        assertEquals(
                Fault.STALE,
                fault(
                        "call-call",
                        "cpu0 patch1.site0",
                        "cpu0 patched1.site0",
                        "cpu0 patch2.site0",
                        "cpu0 patched2.site0",
                        "cpu1 fetch site0 [cc]",
                        "cpu1.bp emulate1.site0"));
    }
}
