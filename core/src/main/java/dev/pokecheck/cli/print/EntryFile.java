// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import java.io.IOException;
import java.nio.file.Path;

/** Entries of the corpus that are saved with {@code --save}. */
public final class EntryFile {
    private EntryFile() {}

    /** Writes an entry. */
    public static void write(Path file, Entry entry) {
        try {
            Corpus.write(file, entry);
        } catch (IOException e) {
            throw new UsageException("--save: " + file + " cannot be written: " + e.getMessage());
        }
    }
}
