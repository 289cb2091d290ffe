// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.fuzz.Cause;
import dev.pokecheck.fuzz.FoundFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** The causes that the corpus of the project knows: those of its entries that must fail. */
final class KnownCauses {
    /** Many times the longest entry there is. */
    private static final long MOST_BYTES = 1 << 20;

    private final Set<String> causes;

    private KnownCauses(Set<String> causes) {
        this.causes = causes;
    }

    /**
     * Reads them.
     *
     * @param folder the entries; it need not be there
     * @param cause the cause of an entry, if it has one
     * @param say told of entries that cannot be read, whose causes do not count as known
     */
    static KnownCauses of(Path folder, Function<Entry, Optional<String>> cause, Consumer<String> say)
            throws IOException {
        Set<String> causes = new TreeSet<>();
        if (Files.isDirectory(folder)) {
            for (Path file : Corpus.files(folder)) {
                if (!Files.isRegularFile(file) || Files.size(file) > MOST_BYTES) {
                    say.accept("its cause does not count as known: " + Printable.path(file)
                            + " is no file, or larger than an entry can be");
                    continue;
                }
                try {
                    cause.apply(Corpus.read(file)).ifPresent(causes::add);
                } catch (CorpusException | IllegalArgumentException e) {
                    say.accept(
                            "its cause does not count as known: " + Printable.quoted(String.valueOf(e.getMessage())));
                }
            }
        }
        return new KnownCauses(causes);
    }

    /** The cause of an entry: that which it names, or that of its run. */
    static Optional<String> of(Entry entry) {
        Optional<String> named = Candidate.comment(entry, FoundFolder.CAUSE);
        return named.isPresent() ? named : Cause.of(entry).map(Cause::text);
    }

    /** Whether the corpus knows the cause of a finding. */
    boolean knows(Candidate candidate) {
        return causes.contains(candidate.cause());
    }
}
