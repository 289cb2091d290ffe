// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.EntryParser;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Walk;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Bytes as interleavings. */
class InterleavingsTest {
    private static final Path SEEDS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus", "fuzz", "InterleavingFuzz");

    /** A seed does what its name says: {@code pass}, {@code refused} or a property, then the protocol. */
    @TestFactory
    Stream<DynamicTest> seeds() throws IOException {
        try (Stream<Path> files = Files.list(SEEDS)) {
            return files.sorted().toList().stream()
                    .map(file -> DynamicTest.dynamicTest(name(file), () -> {
                        String[] words = name(file).split("\\+", 2);
                        Menu menu = Menu.protocol(protocol(words[1]));
                        byte[] input = Files.readAllBytes(file);
                        // The first byte counts the protocols of the whole menu, which grows.
                        input[0] = 0;
                        Interleavings runs = Interleavings.of(menu);
                        Property property = runs.run(input);
                        String passed = runs.accounts().get(0).refused() == 1 ? "refused" : "pass";
                        assertEquals(words[0], property == null ? passed : property.text());
                    }));
        }
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String protocol(String name) {
        return Stream.concat(Catalog.all().stream().map(CatalogEntry::fullName), Stream.of(Canary.NAME))
                .filter(full -> full.replace('@', '-').equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** The short form of the fuzz target: no promise is broken, every violation replays strictly, and a machine that was used before changes nothing. */
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
        RandomInputs inputs = new RandomInputs("InterleavingFuzz", 20251101);
        Interleavings kept = Interleavings.of(Menu.all());
        int violations = 0;
        for (int i = 0; i < count; i++) {
            byte[] input = inputs.next(80, Menu.HEADER);
            Property property = kept.run(input);
            if (i % 64 == 0) {
                assertEquals(property, Interleavings.of(Menu.all()).run(input), "on a machine of its own");
            }
            if (property == null) {
                continue;
            }
            kept.run(input);
            Discovery violation = kept.explain(property);
            assertFalse(violation.promised(), () -> violation.entry().print());
            if (violations++ % 8 == 0) {
                replays(violation.entry());
            }
        }
        assertTrue(violations > count * 12 / 100, violations + " violations");
        assertTrue(complete(kept) > count / 4, complete(kept) + " complete runs");
        long cutOff = kept.accounts().stream().mapToLong(Account::cutOff).sum();
        assertTrue(cutOff < count / 20, cutOff + " runs were cut off");
    }

    private static long complete(Interleavings runs) {
        return runs.accounts().stream().mapToLong(Account::complete).sum();
    }

    private static void replays(Entry entry) {
        Entry read = EntryParser.parse("found.poke", entry.print());
        Machine machine = new Machine(
                read.scenario(),
                Menu.find(read.protocol()).record(read.scenario().setting()));
        ReplayResult result = new Replay(read, machine, state -> false).run();
        assertEquals(ReplayResult.Outcome.REPRODUCED, result.outcome(), () -> result.message() + "\n" + entry.print());
    }

    /** A promise is what fails a run, and only that. */
    @Test
    void whatIsPromised() {
        var scenario = ScenarioText.parse("cpus=2 site0=nop5->jmp32");
        assertTrue(Claims.of("text_poke_bp_batch", scenario).isPresent());
        assertTrue(Claims.of("text_poke_bp_batch@no-sync1", scenario).isEmpty());
        assertTrue(Claims.of("naive", scenario).isEmpty());
        assertTrue(Claims.of(Canary.NAME, scenario).isEmpty());
        assertTrue(Claims.of("text_poke_bp_batch", ScenarioText.parse("cpus=2 site0=pvcall->unlock"))
                .isEmpty());
        assertTrue(Claims.of("text_poke_bp_batch", ScenarioText.parse("cpus=2 site0=nop5->jmp32 fetch=incoherent"))
                .isEmpty());
        assertTrue(Claims.of("stop_machine", ScenarioText.parse("cpus=2 site0=nop5->jmp32 nmi=1"))
                .isEmpty());
    }

    /** A small edit of the bytes is a small edit of the interleaving: what stands before it stays. */
    @Test
    void anEditLeavesWhatStandsBeforeIt() {
        var scenario = ScenarioText.parse("cpus=2 site0=nop5->jmp32");
        RandomInputs inputs = new RandomInputs("small edits", 20251102);
        for (int i = 0; i < 200; i++) {
            byte[] input = Arrays.copyOf(inputs.next(40, 0), 40);
            byte[] edited = input.clone();
            int at = 10 + i % 30;
            edited[at]++;
            List<String> steps = steps(scenario, input);
            List<String> after = steps(scenario, edited);
            int same = 0;
            while (same < Math.min(steps.size(), after.size())
                    && steps.get(same).equals(after.get(same))) {
                same++;
            }
            // Each step reads at most one byte here.
            assertTrue(same >= Math.min(at, steps.size()), "byte " + at + ": " + steps + "\n" + after);
        }
    }

    private static List<String> steps(Scenario scenario, byte[] input) {
        Machine machine = new Machine(scenario, Menu.find("text_poke_bp_batch").record(scenario.setting()));
        BytesThen bytes = new BytesThen(machine, new Fair(machine));
        bytes.fill(input, 0);
        var recording = new RecordingScheduler(bytes);
        new Walk(machine, Walk.Limits.steps(500)).run(recording, 0);
        return ActionNames.of(machine, recording.actions());
    }

    /** On a machine that is kept a run allocates nothing. */
    @Test
    void aRunAllocatesNothing() {
        var scenario = ScenarioText.parse("cpus=2 site0=nop5->jmp32");
        Interleavings runs = new Interleavings(
                Menu.only("text_poke_bp_batch", scenario),
                new Feedback(Feedback.Mode.OFF),
                Level.REGULAR.watch(),
                Incidents.forbiddenAt(Level.REGULAR),
                0);
        RandomInputs inputs = new RandomInputs("allocation", 20251103);
        byte[][] many = new byte[200][];
        for (int i = 0; i < many.length; i++) {
            many[i] = inputs.next(60, 0);
        }
        for (int round = 0; round < 50; round++) {
            runAll(runs, many);
        }
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = Long.MAX_VALUE;
        // What the compiler has not come to yet may allocate; what a run allocates comes each time.
        for (int round = 0; round < 20; round++) {
            long before = threads.getCurrentThreadAllocatedBytes();
            runAll(runs, many);
            bytes = Math.min(bytes, threads.getCurrentThreadAllocatedBytes() - before);
        }
        // A key of the table of machines may be boxed once a run.
        assertTrue(bytes <= 32L * many.length, bytes + " bytes for " + many.length + " runs");
    }

    private static void runAll(Interleavings runs, byte[][] inputs) {
        for (byte[] input : inputs) {
            runs.run(input);
        }
    }

    @Test
    void namesOfProtocolsAreChecked() {
        String message = assertThrows(IllegalArgumentException.class, () -> Menu.protocol("naiv"))
                .getMessage();
        assertTrue(message.startsWith("protocol \"naiv\" is none of naive, naive@sync, "), message);
    }

    /** Bytes choose all protocols, the canary among them, unless there is to be none. */
    @Test
    void theMenuHasAllProtocols() {
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> withoutCanary = new TreeSet<>();
        for (int b = 0; b < 256; b++) {
            byte[] input = {(byte) b};
            names.add(Menu.all().protocol(input).fullName());
            withoutCanary.add(Menu.all().withoutCanary().protocol(input).fullName());
        }
        assertEquals(Catalog.all().size() + 1, names.size());
        assertEquals(Catalog.all().size(), withoutCanary.size());
        assertTrue(names.contains(Canary.NAME));
    }
}
