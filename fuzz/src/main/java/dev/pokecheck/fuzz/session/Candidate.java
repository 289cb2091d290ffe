// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.fuzz.FoundFolder;
import dev.pokecheck.fuzz.claim.Claims;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A finding that may be news.
 *
 * @param file where the fuzzing process has left it
 * @param name its cause, as the name of a file
 * @param cause its cause in words
 * @param claimed whether its protocol claims that this does not happen
 * @param examined what its replay has shown
 */
record Candidate(Path file, String name, String cause, boolean claimed, Examined examined) {
    /** A finding from the folder in which fuzzing processes leave them. */
    static Candidate of(Path file, Examined examined) {
        Entry entry = examined.entry();
        String claim = comment(entry, FoundFolder.CLAIM)
                .orElseGet(() -> Claims.of(entry.protocol(), entry.scenario())
                        .filter(examined.property()::forbiddenAt)
                        .map(level -> level.text())
                        .orElse(FoundFolder.NO_CLAIM));
        String cause = comment(entry, FoundFolder.CAUSE)
                .orElseGet(() -> examined.property().text() + " in " + entry.protocol());
        return new Candidate(file, nameOf(file), cause, !claim.equals(FoundFolder.NO_CLAIM), examined);
    }

    /** The name of a finding's file, without how the names of all end. */
    static String nameOf(Path file) {
        String name = String.valueOf(file.getFileName());
        return name.endsWith(Corpus.SUFFIX) ? name.substring(0, name.length() - Corpus.SUFFIX.length()) : name;
    }

    /** The rest of the comment that begins so. */
    static Optional<String> comment(Entry entry, String start) {
        return entry.comments().stream()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .filter(text -> !text.isEmpty())
                .findFirst();
    }

    /** The protocol that it is of. */
    String protocol() {
        return examined.entry().protocol();
    }
}
