// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/**
 * The folder in which a fuzzing process leaves what it finds, for the session that started it. A file is there whole or not at all, and it is
 * there as soon as the run that found it is over, so that nothing is lost when either process ends.
 */
public final class FoundFolder {
    /** The name of the file that says that the canary was found. */
    public static final String CANARY = "canary";

    private final Path folder;
    /** Beside the folder, as who lists that would stumble over files that come and go. */
    private final Path parts;

    private int number;

    /** Opens a folder, and makes it if there is none. */
    public FoundFolder(Path folder) {
        this.folder = folder;
        parts = folder.resolveSibling(folder.getFileName() + ".part");
        try {
            Files.createDirectories(folder);
            Files.createDirectories(parts);
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be made; give another folder", e);
        }
    }

    /** Leaves an entry. */
    void add(Entry entry) {
        write(String.format("%d-%05d%s", ProcessHandle.current().pid(), number++, Corpus.SUFFIX), entry.print());
    }

    /** Says that the canary was found, and by which input. */
    void canary(String what) {
        write(CANARY, what + "\n");
    }

    private void write(String name, String text) {
        Path part = parts.resolve(name);
        try {
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            Files.move(part, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(part + " cannot be written; the finding would be lost", e);
        }
    }
}
