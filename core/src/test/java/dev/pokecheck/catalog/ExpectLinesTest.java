// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.option.ExpectLine;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.corpus.CFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** Each line {@code expect:} of each C file of ours is met, as {@code pokecheck test} would say. Those that are compiled for {@code audit} have none. */
class ExpectLinesTest {
    private static final Path SOURCES = Path.of(System.getProperty("basedir", "."), "src");

    private static List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(SOURCES)) {
            return all.filter(file -> file.toString().endsWith(".c"))
                    .filter(file -> !file.getParent().endsWith("audit"))
                    .sorted()
                    .toList();
        }
    }

    /** Of each file in each build every sixth line, from the first on; all others in the profile {@code full}. */
    private static final int STEP = 6;

    @TestFactory
    List<DynamicContainer> linesOfEachFileAreMet() throws IOException {
        return tests(n -> n % STEP == 0);
    }

    @Tag("full")
    @TestFactory
    List<DynamicContainer> soAreAllOthers() throws IOException {
        return tests(n -> n % STEP != 0);
    }

    private static List<DynamicContainer> tests(IntPredicate which) throws IOException {
        List<Path> files = files();
        assertFalse(files.isEmpty());
        return files.stream().map(file -> tests(file, which)).toList();
    }

    private static DynamicContainer tests(Path file, IntPredicate which) {
        List<ExpectLine> lines = ExpectLine.of(CFile.open(file, List.of(), List.of()));
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                IntStream.range(0, lines.size())
                        .filter(which)
                        .mapToObj(lines::get)
                        .map(line -> DynamicTest.dynamicTest(line.text(), file.toUri(), () -> check(line))));
    }

    private static void check(ExpectLine line) {
        ExpectLine.Checked checked = line.run(ProgressLine.NONE);
        assertTrue(
                checked.isMet(),
                () -> line.place() + ": " + line.text() + ", but "
                        + checked.outcomes().sentence());
    }
}
