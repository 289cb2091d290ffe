// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the corpus at the top level: each entry in {@code fail} fails exactly as it says, each in {@code hold} holds. */
class CorpusTest {
    private static final Path CORPUS =
            Path.of(System.getProperty("basedir", "."), "..", "corpus").normalize();

    private static List<Path> files(String folder) throws IOException {
        return Corpus.files(CORPUS.resolve(folder));
    }

    @TestFactory
    Stream<DynamicTest> fail() throws IOException {
        return files("fail").stream().map(file -> dynamicTest(name(file), () -> replay(file, ExitCode.VIOLATED)));
    }

    @TestFactory
    Stream<DynamicTest> hold() throws IOException {
        return files("hold").stream().map(file -> dynamicTest(name(file), () -> replay(file, ExitCode.HOLDS)));
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static void replay(Path file, ExitCode expected) throws IOException {
        Outcome outcome = Outcome.of("replay", file.toString());
        assertEquals(expected.number(), outcome.code(), outcome.out() + outcome.err());
        Entry entry = Corpus.read(file);
        assertEquals(Files.readString(file), entry.print(), "an entry is kept in its canonical form");
        assertEquals(2, entry.comments().size(), "an entry is explained in two lines");
        String shape = entry.expectation() instanceof Expectation.Violated violated
                ? violated.property().text()
                : entry.expectation().level().text();
        assertTrue(name(file).startsWith(shape + "+"), "the name begins with what is expected: " + shape);
    }

    @Test
    void thereAreSomeOfEach() throws IOException {
        assertTrue(files("fail").size() >= 10);
        assertTrue(files("hold").size() >= 4);
    }
}
