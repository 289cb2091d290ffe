// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.text.FetchModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays the corpus at the top level: each entry in {@code fail} fails exactly as it says, with the timeline beside it, each in {@code hold}
 * holds. {@code -Dpokecheck.promote=true} refreshes fingerprints and timelines first, of those entries that still do what they expect.
 */
class CorpusTest {
    static final Path CORPUS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus").normalize();

    private static final Path ENGINES = Path.of("src/test/resources/dev/pokecheck/explore/engines.txt");

    /** The files of the entries in a folder of the corpus. */
    static List<Path> files(String folder) throws IOException {
        return Corpus.files(CORPUS.resolve(folder));
    }

    @TestFactory
    Stream<DynamicTest> fail() throws IOException {
        return files("fail").stream().map(file -> dynamicTest(name(file), () -> replay(file, true)));
    }

    @TestFactory
    Stream<DynamicTest> hold() throws IOException {
        return files("hold").stream().map(file -> dynamicTest(name(file), () -> replay(file, false)));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void replay(Path file, boolean fails) throws IOException {
        if (Boolean.getBoolean("pokecheck.promote")) {
            check(Outcome.of("replay", "--promote", file.toString()));
        }
        check(Outcome.of("replay", "--expected", file.toString()));
        Entry entry = Corpus.read(file);
        assertEquals(fails, entry.expectation() instanceof Expectation.Violated, "the folder says what is expected");
        assertTrue(entry.fingerprint().isPresent(), "without a fingerprint nobody would notice a changed protocol");
        assertEquals(entry.schedule().isPresent(), Files.exists(Corpus.timeline(file)), "a schedule has a timeline");
        assertEquals(Files.readString(file), entry.print(), "an entry is kept in its canonical form");
        assertEquals(2, entry.comments().size(), "an entry is explained in two lines");
        String shape = entry.expectation() instanceof Expectation.Violated violated
                ? violated.property().text()
                : entry.expectation().level().text();
        assertTrue(name(file).startsWith(shape + "+"), "the name begins with what is expected: " + shape);
    }

    private static void check(Outcome outcome) {
        assertEquals(0, outcome.code(), outcome.out() + outcome.err());
    }

    @Test
    void thereAreManyOfEach() throws IOException {
        assertTrue(files("fail").size() >= 35);
        assertTrue(files("hold").size() >= 10);
    }

    @Test
    void everyTimelineHasItsEntry() throws IOException {
        for (String folder : List.of("fail", "hold")) {
            List<Path> timelines = files(folder).stream().map(Corpus::timeline).toList();
            try (Stream<Path> paths = Files.list(CORPUS.resolve(folder))) {
                paths.filter(path -> !path.toString().endsWith(Corpus.SUFFIX))
                        .forEach(path -> assertTrue(timelines.contains(path), path + " belongs to no entry"));
            }
        }
    }

    /** The protocols that are under some fetch models what {@code EnginesTest} expects of them. */
    private static Set<String> protocols(String verdict, Predicate<String> fetchModels) throws IOException {
        Set<String> protocols = new TreeSet<>();
        for (String line : Files.readAllLines(ENGINES)) {
            String[] parts = line.split(" × |: ", 4);
            if (parts[2].equals("exhaustive") && parts[3].startsWith(verdict) && fetchModels.test(parts[1])) {
                protocols.add(parts[0]);
            }
        }
        return protocols;
    }

    private static Set<String> covered(String folder) throws IOException {
        return files(folder).stream().map(file -> Corpus.read(file).protocol()).collect(Collectors.toSet());
    }

    @Test
    void everyBrokenProtocolHasAnEntryThatFails() throws IOException {
        Set<String> missing = protocols("violated", fetch -> !fetch.equals(FetchModel.INCOHERENT.text()));
        assertTrue(missing.contains("text_poke_late@rfc15"), missing::toString);
        missing.removeAll(covered("fail"));
        assertEquals(Set.of(), missing);
    }

    @Test
    void everyProtocolThatHoldsInTheWorstCaseHasAnEntryThatHolds() throws IOException {
        Set<String> missing = protocols("holds", FetchModel.STALE_CHUNK.text()::equals);
        assertTrue(missing.contains("text_poke_late@repaired"), missing::toString);
        missing.removeAll(covered("hold"));
        assertEquals(Set.of(), missing);
    }
}
