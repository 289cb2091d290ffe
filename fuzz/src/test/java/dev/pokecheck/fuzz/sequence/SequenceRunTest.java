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
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The machine against the plain reference. */
class SequenceRunTest {
    private static final Pattern LATER =
            Pattern.compile("in run (\\d+) of the input, which as an input of its own is ([0-9a-f]+)\n");

    private static final Path SEEDS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus", "fuzz", "PatchSequenceFuzz");

    /** A seed ends as its name says. */
    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files.sorted().toList().stream().map(file -> {
                String name = String.valueOf(file.getFileName());
                return DynamicTest.dynamicTest(name, () -> {
                    String outcome = new SequenceRun(1, Guide.NONE)
                            .run(Files.readAllBytes(file))
                            .name();
                    assertEquals(name.substring(0, name.indexOf('+')), outcome.toLowerCase(Locale.ROOT));
                });
            });
        }
    }

    /** The short form of the fuzz target: both judges agree, promises are kept, and all engines and outcomes occur. */
    @Test
    void randomInputs() {
        run(300);
    }

    @Tag("full")
    @Test
    void moreRandomInputs() {
        run(1000);
    }

    private static void run(int count) {
        RandomInputs inputs = new RandomInputs("PatchSequenceFuzz", 20251106);
        SequenceRun runs = new SequenceRun(4, Guide.NONE);
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int i = 0; i < count; i++) {
            byte[] input = inputs.next(100, SequenceCase.HEADER);
            String engine = new SequenceCase(input).engine();
            outcomes.merge(engine + " " + runs.run(input), 1, Integer::sum);
        }
        System.out.println(outcomes);
        for (String engine : List.of("sequence", "text_poke_bp_batch", "stop_machine", "text_poke_late@repaired")) {
            assertTrue(outcomes.getOrDefault(engine + " PASSED", 0) > count / 100, engine + ": " + outcomes);
        }
        assertTrue(outcomes.getOrDefault("naive FAULT", 0) > count / 40, outcomes.toString());
        assertTrue(outcomes.getOrDefault("sequence-canary CANARY", 0) > count / 40, outcomes.toString());
    }

    /** Bytes that mean the same share a machine. */
    @Test
    void equalScenariosAreBuiltOnce() {
        SequenceRun runs = new SequenceRun(1, Guide.NONE);
        runs.run(new byte[] {0, 0, 0, 0, 0, 0, 7});
        // One site lies where it lies, whether a second one would be far away or beside it; bytes of sites that are not
        // there mean nothing.
        runs.run(new byte[] {6, 3, 1, 9, 0, 0, 7, 1, 2});
        runs.run(new byte[] {0, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0, 5, 1, 9, 2});
        assertEquals(1, runs.counts().scenarios());
        runs.run(new byte[] {0, 0, 0, 0, 0, 0, 8});
        assertEquals(2, runs.counts().scenarios());
    }

    /**
     * A reference that does not hear that patch calls return, a fault that is planted: the input by which it is found fails again in the same way, on a
     * machine that is new and on one that has run before, also if it was found in a later run of the input; and that run is an input that fails by
     * itself.
     */
    @Test
    void aFailureComesBackFromItsInput() {
        RandomInputs inputs = new RandomInputs("planted fault", 20251129);
        TreeSet<Integer> foundIn = new TreeSet<>();
        for (int i = 0; i < 400 && (foundIn.isEmpty() || foundIn.last() < 17); i++) {
            byte[] input = inputs.next(40, SequenceCase.HEADER);
            SequenceRun runs = deaf(SequenceRun.RUNS);
            String failure = failure(runs, input);
            Matcher run = LATER.matcher(failure);
            if (!run.find()) {
                continue;
            }
            assertEquals(failure, failure(runs, input));
            assertEquals(failure, failure(deaf(SequenceRun.RUNS), input));
            assertEquals("", failure(new SequenceRun(SequenceRun.RUNS, Guide.NONE), input));
            byte[] alone = HexFormat.of().parseHex(run.group(2));
            assertEquals(run.replaceFirst(""), failure(deaf(1), alone));
            foundIn.add(Integer.parseInt(run.group(1)));
        }
        System.out.println("found in runs " + foundIn);
        assertTrue(foundIn.last() >= 17, foundIn.toString());
    }

    private static SequenceRun deaf(int count) {
        return new SequenceRun(count, Guide.NONE, step -> step.kind != HeardStep.Kind.RETURNED);
    }

    /** How an input fails; empty if it does not. */
    private static String failure(SequenceRun runs, byte[] input) {
        try {
            runs.run(input);
            return "";
        } catch (AssertionError e) {
            return String.valueOf(e.getMessage());
        }
    }

    /** What the reference finds of a chain in some steps. */
    private static @Nullable Fault fault(String chain, String... steps) {
        Reference reference = new Reference(
                Chain.table().stream().filter(row -> row.name().equals(chain)).toList());
        Stream.of(steps).map(HeardStep::of).forEach(reference::step);
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
