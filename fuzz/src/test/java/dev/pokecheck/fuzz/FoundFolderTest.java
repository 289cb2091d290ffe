// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a fuzzing process leaves for its session. */
class FoundFolderTest {
    private static final Path FAIL = Path.of(System.getProperty("basedir", "."), "..", "corpus", "fail");

    @TempDir
    private Path folder;

    private static Entry entry() {
        Entry entry = Corpus.read(FAIL.resolve("torn+memcpy-head-first.poke"));
        return new Entry(
                List.of(),
                entry.protocol(),
                entry.scenario(),
                entry.expectation(),
                entry.fingerprint(),
                entry.schedule());
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void aFindingSaysItsCauseAndItsClaim() throws IOException {
        FoundFolder found = new FoundFolder(folder.resolve("found"));
        found.add("torn+naive+head-new-tail-old", "torn in naive: head new,\ntail old", "regular", entry());
        Path file = folder.resolve("found/torn+naive+head-new-tail-old.poke");
        assertEquals(
                List.of("cause: torn in naive: head new, tail old", "claim: regular"),
                Corpus.read(file).comments());
        assertEquals(entry().schedule(), Corpus.read(file).schedule());
        assertEquals(List.of(), names(folder.resolve("found.part")), "nothing is left of how it was written");
    }

    /** The session has not taken the first up yet, which is as good. */
    @Test
    void aCauseIsLeftOnce() throws IOException {
        FoundFolder found = new FoundFolder(folder.resolve("found"));
        found.add("x", "first", "none", entry());
        found.add("x", "second", "none", entry());
        assertEquals(
                "cause: first",
                Corpus.read(folder.resolve("found/x.poke")).comments().get(0));
        Files.delete(folder.resolve("found/x.poke"));
        found.add("x", "third", "none", entry());
        assertEquals(
                "cause: third",
                Corpus.read(folder.resolve("found/x.poke")).comments().get(0));
    }

    @Test
    void namesAreNamesOfFiles() {
        assertEquals(
                "torn+text_poke_bp_batch@no-sync2+fetch-head-new",
                FoundFolder.fileName("torn+text_poke_bp_batch@no-sync2+fetch-head-new"));
        assertTrue(FoundFolder.fileName("a/b c").matches("a-b-c\\+[0-9a-f]{8}"));
        assertNotEquals(FoundFolder.fileName("a/b"), FoundFolder.fileName("a b"));
        assertTrue(FoundFolder.fileName("../x").matches("-x\\+[0-9a-f]{8}"));
        assertTrue(FoundFolder.fileName("").matches("\\+[0-9a-f]{8}"));
        String longest = FoundFolder.fileName("x".repeat(1000));
        assertEquals(160, longest.length());
        assertNotEquals(longest, FoundFolder.fileName("x".repeat(1001)));
    }
}
