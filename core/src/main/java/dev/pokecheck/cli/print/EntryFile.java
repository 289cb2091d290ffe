// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.corpus.Entry;
import java.nio.file.Path;

/** Entries of the corpus that are saved with {@code --save}. */
public final class EntryFile {
    private EntryFile() {}

    /** Writes an entry. */
    public static void write(Path file, Entry entry) {
        TextFile.write("--save", file, entry.print());
    }
}
