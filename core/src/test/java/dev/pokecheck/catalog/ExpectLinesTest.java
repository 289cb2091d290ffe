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
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
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

    @TestFactory
    List<DynamicContainer> eachLineIsMet() throws IOException {
        List<Path> files = files();
        assertFalse(files.isEmpty());
        return files.stream().map(ExpectLinesTest::tests).toList();
    }

    private static DynamicContainer tests(Path file) {
        return DynamicContainer.dynamicContainer(
                file.getFileName().toString(),
                ExpectLine.of(CFile.open(file, List.of(), List.of())).stream()
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
