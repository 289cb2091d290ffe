// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.print;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Entries of the corpus that are saved with {@code --save}. */
public final class EntryFile {
    private EntryFile() {}

    /**
     * Writes an entry. The timeline beside it is another command's to write, {@code replay --promote}.
     *
     * @param trace what the entry shows, if it has a schedule
     * @return what to say of a timeline that is left of an entry before; empty if there is none
     */
    public static Optional<String> write(Path file, Entry entry, Optional<Trace> trace) {
        TextFile.write("--save", file, entry.print());
        Path beside = Corpus.timeline(file);
        return Files.exists(beside) && !trace.map(TextTimeline::of).equals(timeline(file))
                ? Optional.of("timeline   " + beside + " is not that of this entry; "
                        + (trace.isPresent() ? "replay --promote " + file + " writes it anew" : "remove it"))
                : Optional.empty();
    }

    /** The timeline beside an entry; what is no text is none. */
    private static Optional<String> timeline(Path file) {
        try {
            return Corpus.expectedTimeline(file);
        } catch (CorpusException e) {
            return Optional.empty();
        }
    }
}
