// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Files that a command writes: tried before anything long begins, and written beside and renamed, so that none is ever half there. */
public final class TextFile {
    private TextFile() {}

    /**
     * Complains if nothing can be written there.
     *
     * @param option the option that names the file
     */
    public static void probe(String option, Path file) {
        Path folder = folder(file);
        if (Files.isDirectory(file)) {
            throw new UsageException(option + ": " + file + " cannot be written: it is a folder");
        }
        if (!Files.isDirectory(folder)) {
            throw new UsageException(option + ": " + file + " cannot be written: there is no folder " + folder);
        }
        if (!Files.isWritable(Files.exists(file) ? file : folder)) {
            throw new UsageException(option + ": " + file + " cannot be written: it is not allowed");
        }
    }

    /** Writes a text. */
    public static void write(String option, Path file, String text) {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                // A pipe or a device is written to, and not replaced.
                Files.writeString(file, text);
                return;
            }
            Path beside = Files.createTempFile(folder(file), ".pokecheck", ".tmp");
            try {
                Files.writeString(beside, text);
                Files.move(beside, file, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UsageException(option + ": " + file + " cannot be written: " + e.getMessage());
        }
    }

    private static Path folder(Path file) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? file : folder;
    }
}
