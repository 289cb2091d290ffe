// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Fingerprint;
import dev.pokecheck.corpus.OwnSource;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.source.token.SourceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The C file that an entry was found in, where it still lies beside the entry that carries it. */
public final class SourceBeside {
    private SourceBeside() {}

    /**
     * What to say of a file that is no longer what the entry carries; empty if it is, if it is not there, and if the entry carries none.
     *
     * @param file the file of the entry
     * @param machine the machine of what the entry carries
     */
    public static Optional<String> change(Path file, Entry entry, Machine machine) {
        if (!(entry.own().orElse(null) instanceof OwnSource source)
                || source.texts().isEmpty()) {
            return Optional.empty();
        }
        Path beside = source.beside(file);
        if (!Files.isRegularFile(beside)) {
            return Optional.empty();
        }
        try {
            CFile present = CFile.of(file, source.byPath());
            Machine now = Machine.of(machine.scenario(), entry.protocol(), present.definition());
            boolean same = present.carried(file).texts().equals(source.texts());
            String then = Fingerprint.of(machine.protocol());
            String fingerprint = Fingerprint.of(now.protocol());
            if (!then.equals(fingerprint)) {
                return Optional.of(changed(
                        beside, "is another protocol now (fingerprint " + then + " then, " + fingerprint + " now)"));
            }
            return same ? Optional.empty() : Optional.of(changed(beside, "is the same protocol all the same"));
        } catch (SourceException e) {
            return Optional.of(changed(
                    beside, "cannot be read any more: " + e.complaints().get(0).message()));
        } catch (CorpusException | IllegalArgumentException e) {
            return Optional.of(changed(beside, "cannot be read any more: " + e.getMessage()));
        }
    }

    private static String changed(Path beside, String how) {
        return beside + " has changed since the entry was written, and " + how
                + "; what is replayed is what the entry carries";
    }
}
