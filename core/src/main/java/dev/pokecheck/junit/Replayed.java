// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.corpus.CFile;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.OwnSource;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.corpus.ReplayResult.Outcome;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.trace.TextTimeline;
import java.nio.file.Path;

/**
 * An entry that was replayed.
 *
 * @param file its file
 * @param result what became of it; that the protocol is not the one it was written for is an outcome of its own
 * @param timeline what happened, as far as the schedule could be followed
 */
public record Replayed(Path file, ReplayResult result, String timeline) {

    /** An entry that carries the C that it was found in, or names it. */
    static Replayed of(Path file, Entry entry) {
        if (entry.own().orElse(null) instanceof OwnSource source) {
            return of(file, entry, CFile.of(file, source).definition());
        }
        throw new IllegalArgumentException(
                file + " is of no C file; say how its protocol is recorded: Pokecheck.replay(file, definition)");
    }

    static Replayed of(Path file, Entry entry, Protocol.Definition definition) {
        if (entry.schedule().isEmpty()) {
            throw new IllegalArgumentException(
                    file + " has no schedule; check that its level holds: Pokecheck.check(definition)");
        }
        Machine machine = Machine.of(
                entry.scenario().with(b -> b.watch(entry.expectation().level().watch())), entry.protocol(), definition);
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        return new Replayed(file, result, TextTimeline.of(replay.trace(machine)));
    }

    /**
     * Asserts that the entry does what it expects, and that the protocol is the one that it was written for.
     *
     * @throws AssertionError with what happened, if not
     */
    public Replayed reproduces() {
        if (result.outcome() != Outcome.REPRODUCED) {
            throw new AssertionError(file + ": " + result.outcome() + ": " + result.message() + ".\n\n" + timeline);
        }
        return this;
    }
}
