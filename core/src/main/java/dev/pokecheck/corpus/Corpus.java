// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Files and folders of entries. */
public final class Corpus {
    /** How the names of files end. */
    public static final String SUFFIX = ".poke";

    private Corpus() {}

    /** The files of a folder and the folders in it, by name. */
    public static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    /**
     * Reads an entry.
     *
     * @throws CorpusException if the file cannot be read or is no entry
     */
    public static Entry read(Path file) {
        try {
            return EntryParser.parse(file.toString(), Files.readString(file));
        } catch (NoSuchFileException e) {
            throw new CorpusException(file.toString(), 0, "there is no such file");
        } catch (MalformedInputException e) {
            throw new CorpusException(file.toString(), 0, "is not UTF-8 text");
        } catch (IOException e) {
            throw new CorpusException(file.toString(), 0, "cannot be read: " + e.getMessage());
        }
    }

    /** Writes an entry. */
    public static void write(Path file, Entry entry) throws IOException {
        Files.writeString(file, entry.print());
    }
}
