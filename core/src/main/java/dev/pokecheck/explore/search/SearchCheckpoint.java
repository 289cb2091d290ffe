// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.checkpoint.CheckpointException;
import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.CheckpointOutput;
import dev.pokecheck.explore.search.SearchResult.Stuck;
import dev.pokecheck.explore.store.Hash;
import dev.pokecheck.explore.store.StateStore;
import dev.pokecheck.machine.TransitionSystem;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Writes down what a search takes to go on later, and goes on from what an earlier one has written. */
final class SearchCheckpoint {
    /** How many states of a checkpoint are tried: whether a step of this system leads to them. */
    private static final int TRIALS = 1000;

    private final TransitionSystem system;
    private final SearchOptions options;
    private final StateStore store;
    private final Visit visit;

    SearchCheckpoint(TransitionSystem system, SearchOptions options, StateStore store, Visit visit) {
        this.system = system;
        this.options = options;
        this.store = store;
        this.visit = visit;
    }

    /** What a search is doing; the later two follow exhaustion. */
    enum Phase {
        VISIT,
        STUCK,
        LIVELOCK
    }

    /**
     * Where a search stands, besides what it has visited.
     *
     * @param upward which way the next sweep goes
     * @param left what sweeps have left of the loops
     */
    record Position(Phase phase, Stuck stuck, boolean upward, BitSet left) {}

    /** Leaves a checkpoint, between two expansions or two sweeps. */
    void save(Position position) {
        options.checkpoints().save(sink -> writeTo(sink, position));
    }

    private void writeTo(CheckpointOutput sink, Position position) {
        for (long number : identity()) {
            sink.number(number);
        }
        long[] tables = system.tables();
        sink.number(tables.length);
        sink.longs(tables, 0, tables.length);
        sink.number(position.phase.ordinal());
        sink.number(position.stuck.ordinal());
        visit.writeTo(sink);
        sink.number(position.upward ? 1 : 0);
        BitSets.write(position.left, sink);
    }

    /** What must be the same in a search that goes on with this one. */
    private long[] identity() {
        int[] parts = system.partStarts();
        return new long[] {
            system.words(),
            parts.length,
            Hash.of(parts, parts.length),
            options.order().ordinal(),
            options.storage().ordinal(),
            options.stopOn(),
            options.pruneOn(),
            options.deadEnds().ordinal(),
            options.stuck() ? 1 : 0,
            options.livelock() ? 1 : 0
        };
    }

    /**
     * Goes on from where an earlier search has stopped, if there was one.
     *
     * @throws CheckpointException if this search cannot go on from there
     */
    Optional<Position> resume() {
        CheckpointInput source = options.checkpoints().former();
        if (source == null) {
            return Optional.empty();
        }
        try {
            Position position = readFrom(source);
            tryPaths();
            return Optional.of(position);
        } catch (OutOfMemoryError e) {
            throw new CheckpointException(
                    "the memory of this JVM does not hold the states of the checkpoint; give it more with -Xmx", e);
        }
    }

    private Position readFrom(CheckpointInput source) {
        for (long number : identity()) {
            if (source.number() != number) {
                throw new CheckpointException("the checkpoint is of another search: its system or its options differ");
            }
        }
        long[] tables = new long[source.count(Integer.MAX_VALUE)];
        source.longs(tables, 0, tables.length);
        try {
            system.restore(tables);
        } catch (IllegalArgumentException e) {
            throw new CheckpointException("the checkpoint is of another system: " + e.getMessage(), e);
        }
        Phase phase = Phase.values()[source.count(Phase.values().length - 1L)];
        Stuck stuck = Stuck.values()[source.count(Stuck.values().length - 1L)];
        visit.readFrom(source);
        boolean upward = source.number() == 1;
        BitSet left = BitSets.read(source);
        source.end();
        if (store.size() > options.maxStates()) {
            throw new CheckpointException("the checkpoint has " + store.size() + " states already, and at most "
                    + options.maxStates() + " are to be kept; give a higher bound");
        }
        return new Position(phase, stuck, upward, left);
    }

    /** Tries whether the steps of this system lead to the states of the checkpoint, of which some, evenly spaced, are looked at. */
    private void tryPaths() {
        long[] first = new long[system.words()];
        long[] initial = new long[system.words()];
        system.initial(initial);
        store.load(0, first);
        Paths paths = new Paths(system, store, options.pruneOn());
        int stride = Math.max(1, store.size() / TRIALS);
        boolean same = Arrays.equals(first, initial);
        for (int state = stride; same && state < store.size(); state += stride) {
            same = paths.leadTo(state);
        }
        if (!same) {
            throw new CheckpointException(
                    "the checkpoint is of another system: no step of this one leads to its states");
        }
    }
}
