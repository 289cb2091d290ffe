// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.protocol.Protocol;
import java.nio.file.Path;
import java.util.List;

/**
 * Where tests begin.
 *
 * <pre>{@code
 * Pokecheck.check(b -> b.patcher(r -> ...)).cpus(3).nmis(1).fetch(STALE_CHUNK).holds(Level.REGULAR);
 * Pokecheck.replay(Path.of("corpus/torn.poke"), definition).reproduces();
 * }</pre>
 */
public final class Pokecheck {
    private Pokecheck() {}

    /**
     * A check of a protocol: two CPUs, one site that becomes a JMP, stale fetches, no interrupts, until told otherwise.
     *
     * @param definition how the protocol is recorded; recorded anew for each check, so it must record the same each time
     */
    public static ProtocolCheck check(Protocol.Definition definition) {
        return new ProtocolCheck(definition);
    }

    /**
     * A check of a protocol in C, in the scenario that the file's first comment says.
     *
     * @param file the file; headers are found beside it
     * @param definitions macros, {@code NAME} or {@code NAME=VALUE}, as the option {@code -D} defines them
     * @throws dev.pokecheck.corpus.CorpusException if the file cannot be read
     * @throws dev.pokecheck.source.token.SourceException if it is no C, now or when the check is made
     */
    public static ProtocolCheck check(Path file, String... definitions) {
        return new ProtocolCheck(CFile.open(file, List.of(definitions), List.of()));
    }

    /**
     * Replays an entry that carries the C that it was found in, or names it.
     *
     * @param file a file that a check has saved, or that a person wrote
     * @throws dev.pokecheck.corpus.CorpusException if the file cannot be read or is no entry
     * @throws IllegalArgumentException if it has no schedule, or no C
     */
    public static Replayed replay(Path file) {
        return Replayed.of(file, Corpus.read(file));
    }

    /**
     * Replays an entry, step by step as it names them. An entry without a schedule cannot be replayed: that is a check.
     *
     * @param file a file that a check has saved, or that a person wrote
     * @param definition the protocol that it was written for
     * @throws dev.pokecheck.corpus.CorpusException if the file cannot be read or is no entry
     * @throws IllegalArgumentException if it has no schedule
     */
    public static Replayed replay(Path file, Protocol.Definition definition) {
        return Replayed.of(file, Corpus.read(file), definition);
    }
}
