// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.catalog.Representatives;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiPredicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestReporter;

/**
 * Every shipped protocol under every fetch model by every engine, in one small scenario, at level safe. What each says is in a file, which
 * {@code -Dpokecheck.promote=true} rewrites: there it stands, too, where sampling did not find in so many runs what the search found. That it
 * finds nothing where the search has shown that there is nothing is no matter of the file.
 */
class EnginesTest {
    private static final Path EXPECTED = Path.of("src/test/resources/dev/pokecheck/explore/engines.txt");
    private static final String SEPARATOR = ": ";
    private static final boolean PROMOTE = Boolean.getBoolean("pokecheck.promote");

    private static final long SEED = 20251123;
    private static final int RUNS = 200;
    private static final int STEPS = 200;
    private static final int DEPTH = 4;

    /** The names of all tests and what they say; when promoting, replaced as they are run, with the tag full all of them. */
    private static final Map<String, String> VERDICTS = new LinkedHashMap<>();

    /** How a protocol is searched. */
    private enum Engine {
        EXHAUSTIVE,
        RANDOM,
        PCT;

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        Verdict run(CatalogEntry entry, Scenario scenario) {
            // All states are visited on the reduced machine; a run takes all its steps one by one.
            Scenario how = scenario.with(b -> b.reduce(this == EXHAUSTIVE));
            Machine machine = new Machine(how, entry.record(how.setting()));
            CheckOptions options = CheckOptions.defaults().require(Level.SAFE);
            return switch (this) {
                case EXHAUSTIVE -> Check.search(machine, options);
                case RANDOM -> sample(machine, options, new RandomScheduler(SEED));
                case PCT -> sample(machine, options, new PctScheduler(machine, SEED, DEPTH, STEPS));
            };
        }

        private Verdict sample(Machine machine, CheckOptions options, Scheduler scheduler) {
            return Check.sample(machine, options, scheduler, text() + ", seed " + SEED, RUNS, STEPS);
        }
    }

    @BeforeAll
    static void read() throws IOException {
        VERDICTS.clear();
        for (String line :
                Files.readString(EXPECTED, StandardCharsets.UTF_8).lines().toList()) {
            int separator = line.indexOf(SEPARATOR);
            VERDICTS.put(line.substring(0, separator), line.substring(separator + SEPARATOR.length()));
        }
    }

    /** What was not run stays as it was. */
    @AfterAll
    static void write() throws IOException {
        if (PROMOTE) {
            StringBuilder text = new StringBuilder();
            for (String name : names()) {
                text.append(name).append(SEPARATOR).append(VERDICTS.get(name)).append('\n');
            }
            Files.writeString(EXPECTED, text, StandardCharsets.UTF_8);
        }
    }

    private static String name(CatalogEntry entry, FetchModel fetch, Engine engine) {
        return entry.fullName() + " × " + fetch.text() + " × " + engine.text();
    }

    /**
     * Two CPUs and one site; for the protocols that run in stop_machine an NMI, without which few of their faults can be seen. A protocol that
     * the museum shows is run in its scenario there.
     */
    private static Scenario scenario(CatalogEntry entry, FetchModel fetch) {
        if (!entry.name().equals("text_poke_late")) {
            return ScenarioText.parse(shown(entry)).with(b -> b.fetch(fetch).watch(Level.SAFE.watch()));
        }
        boolean lock = entry.fullName().equals("text_poke_late@captured-without-capture-in-nmi");
        return Scenario.of(List.of(SiteSpec.parse(lock ? "pvcall->unlock" : "nop5->jmp32")))
                .with(b -> b.fetch(fetch)
                        .watch(Level.SAFE.watch())
                        .cpus(lock ? 3 : 2)
                        .thread(ThreadWork.NONE)
                        .nmis(1)
                        .nmiWork(lock ? InterruptWork.LOCK : InterruptWork.SITE));
    }

    private static String shown(CatalogEntry entry) {
        String name = entry.fullName();
        return Museum.all().stream()
                .filter(exhibit ->
                        exhibit.broken().equals(name) || exhibit.fixed().equals(name))
                .findFirst()
                .map(exhibit -> exhibit.fixed().equals(name) ? exhibit.fixedScenario() : exhibit.scenario())
                .orElse("cpus=2 site0=nop5->jmp32");
    }

    /** All are searched, and one of each name is sampled. */
    @TestFactory
    Stream<DynamicTest> each() {
        List<String> sampled = Representatives.ofEachName().toList();
        return tests((entry, engine) -> engine == Engine.EXHAUSTIVE || sampled.contains(entry.fullName()));
    }

    @Tag("full")
    @TestFactory
    Stream<DynamicTest> theSamplesOfAllOthers() {
        List<String> sampled = Representatives.ofEachName().toList();
        return tests((entry, engine) -> engine != Engine.EXHAUSTIVE && !sampled.contains(entry.fullName()));
    }

    private static Stream<DynamicTest> tests(BiPredicate<CatalogEntry, Engine> wanted) {
        return Catalog.all().stream()
                .flatMap(entry -> PinnedModels.all().stream()
                        .flatMap(fetch -> Stream.of(Engine.values())
                                .filter(engine -> wanted.test(entry, engine))
                                .map(engine -> test(entry, fetch, engine))));
    }

    private static DynamicTest test(CatalogEntry entry, FetchModel fetch, Engine engine) {
        String name = name(entry, fetch, engine);
        return dynamicTest(name, () -> {
            Verdict verdict = engine.run(entry, scenario(entry, fetch));
            String said = said(verdict);
            if (PROMOTE) {
                VERDICTS.put(name, said);
            }
            assertEquals(
                    VERDICTS.get(name), said, () -> "if this is right, run the test with -Dpokecheck.promote=true");
            String exhaustive = VERDICTS.get(name(entry, fetch, Engine.EXHAUSTIVE));
            if (verdict.kind() == Kind.VIOLATED) {
                assertTrue(
                        exhaustive.startsWith(Kind.VIOLATED.text()),
                        "what a run violates, the search must find violated");
            }
        });
    }

    private static String said(Verdict verdict) {
        String kind = verdict.kind().text();
        return switch (verdict.kind()) {
            case VIOLATED ->
                kind + " " + verdict.violation().orElseThrow().property().text() + " after "
                        + verdict.violation().orElseThrow().depth() + " steps"
                        + (verdict.bounds().isEmpty() ? "" : " in " + verdict.bounds());
            case SAMPLED -> "not found in " + verdict.bounds();
            case HOLDS, NO_VIOLATION_WITHIN, VACUOUS ->
                kind + ", " + verdict.effort().states() + " states";
        };
    }

    private static List<String> names() {
        List<String> names = new ArrayList<>();
        for (CatalogEntry entry : Catalog.all()) {
            for (FetchModel fetch : PinnedModels.all()) {
                for (Engine engine : Engine.values()) {
                    names.add(name(entry, fetch, engine));
                }
            }
        }
        return names;
    }

    @Test
    void theFileSaysOfEachOnce(TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        if (!PROMOTE) {
            assertEquals(names(), List.copyOf(VERDICTS.keySet()));
        }
        assertFalse(names().isEmpty());
    }
}
