// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Expected texts, kept as files. {@code -Dpokecheck.promote=true} writes what came out in place of what was expected. */
final class Golden {
    private static final Path FOLDER = Path.of("src/test/resources/dev/pokecheck/trace");

    private Golden() {}

    static void check(String name, String actual) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("pokecheck.promote")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, actual);
            return;
        }
        assertEquals(
                Files.readString(file),
                actual,
                () -> file + " is out of date; if what came out is right, run the test with -Dpokecheck.promote=true"
                        + " and read the difference before you commit it");
    }
}
