// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** C files for tests of commands. */
public final class CFiles {
    private CFiles() {}

    /** A breakpoint, tail, head, without a synchronisation between the last two unless SECOND_SYNC is defined. */
    public static final String STRANGER = withoutComment("/dev/pokecheck/samples/breakpoint.c");

    private static String withoutComment(String resource) {
        try (InputStream in = CFiles.class.getResourceAsStream(resource)) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return text.substring(text.indexOf("#include"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes one, in a folder that is made if it is not there. */
    public static Path write(Path file, String... parts) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.writeString(file, String.join("", parts));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
