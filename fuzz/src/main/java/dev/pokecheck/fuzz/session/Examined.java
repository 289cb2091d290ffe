// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.corpus.CorpusException;
import dev.pokecheck.corpus.Entry;
import dev.pokecheck.corpus.Expectation;
import dev.pokecheck.corpus.Replay;
import dev.pokecheck.corpus.ReplayResult;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Property;
import java.nio.file.Files;
import java.nio.file.Path;

/** A finding that was read and replayed strictly, and shows what it says. */
final class Examined {
    private final Entry entry;
    private final Property property;
    private final Machine machine;
    private final int[] schedule;

    private Examined(Entry entry, Property property, Machine machine, int[] schedule) {
        this.entry = entry;
        this.property = property;
        this.machine = machine;
        this.schedule = schedule;
    }

    /**
     * Reads and replays a finding.
     *
     * @throws CorpusException if it is no entry of the corpus that can be read
     * @throws IllegalArgumentException if there is nothing to replay: another protocol, another kind of entry, a scenario that does not fit
     * @throws UnprovedException if it was replayed and shows something else
     */
    static Examined of(Path file) throws UnprovedException {
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw new CorpusException(file.toString(), 0, "is no file; a finding is one");
        }
        Entry entry = Corpus.read(file);
        if (!(entry.expectation() instanceof Expectation.Violated violated)
                || entry.schedule().isEmpty()) {
            throw new IllegalArgumentException("it is no finding, which violates something by a schedule");
        }
        Machine machine = new Machine(
                entry.scenario(),
                Menu.find(entry.protocol()).record(entry.scenario().setting()));
        Replay replay = new Replay(entry, machine, state -> StuckState.isStuck(machine, state));
        ReplayResult result = replay.run();
        if (result.outcome() != ReplayResult.Outcome.REPRODUCED) {
            throw new UnprovedException(result);
        }
        return new Examined(entry, violated.property(), machine, replay.actions());
    }

    /** The finding. */
    Entry entry() {
        return entry;
    }

    /** What it violates. */
    Property property() {
        return property;
    }

    /** The machine that it runs on. */
    Machine machine() {
        return machine;
    }

    /** A copy of the actions from the initial state on. */
    int[] schedule() {
        return schedule.clone();
    }

    /** A finding that shows something else than it says. */
    static final class UnprovedException extends Exception {
        private static final long serialVersionUID = 1;

        private UnprovedException(ReplayResult result) {
            super(result.message());
        }
    }
}
