// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import dev.pokecheck.schedule.RandomNumbers;
import java.util.Arrays;

/**
 * The abstract states that schedules of one machine have met, how often, and prefixes that lead to some of them. An abstract state is a number of 64 bits;
 * two that have the same number are taken for one.
 */
final class Archive {
    /** What a meeting with an abstract state is. */
    enum Meeting {
        /** It was never met before. */
        FIRST,
        /** It was met before, and it took more to come there. */
        CHEAPER,
        /** It was met before. */
        AGAIN
    }

    /** Beyond so many no abstract state is new any more, so that an archive stays small. */
    private static final int MOST_STATES = 1 << 17;

    /** Of so many prefixes drawn at random that to the rarest state is chosen, and the one to the most frequent state gives way. */
    private static final int DRAWN = 5;

    private final int mostPrefixes;
    private long[] keys = new long[256];
    private int[] hits = new int[256];
    private int[] costs = new int[256];
    /** The number of the prefix that leads there, plus 1; of a prefix that gave way it may be another's. */
    private int[] kept = new int[256];

    private int states;

    private int prefixes;
    private long[][] snapshots = new long[16][];
    private Trail[] trails = new Trail[16];
    /** The key of the abstract state that each prefix leads to. */
    private long[] leadsTo = new long[16];

    /** An archive of at most so many prefixes. */
    Archive(int mostPrefixes) {
        this.mostPrefixes = mostPrefixes;
    }

    /** The abstract states met. */
    int states() {
        return states;
    }

    /** The prefixes kept. */
    int prefixes() {
        return prefixes;
    }

    /**
     * Counts a meeting with an abstract state.
     *
     * @param cost what it took to come there
     * @return what the meeting is
     */
    Meeting meet(long state, int cost) {
        int slot = slot(state);
        if (keys[slot] == 0) {
            if (states == MOST_STATES) {
                return Meeting.AGAIN;
            }
            keys[slot] = key(state);
            hits[slot] = 1;
            costs[slot] = cost;
            if (2 * ++states > keys.length) {
                grow();
            }
            return Meeting.FIRST;
        }
        if (hits[slot] < Integer.MAX_VALUE) {
            hits[slot]++;
        }
        if (cost < costs[slot]) {
            costs[slot] = cost;
            return Meeting.CHEAPER;
        }
        return Meeting.AGAIN;
    }

    /** Keeps a prefix to an abstract state, in the place of the one that led there before; if there are many, another one gives way. */
    void keep(long state, long[] snapshot, Trail trail, RandomNumbers random) {
        int slot = slot(state);
        int at = kept[slot] - 1;
        if (at >= 0 && leadsTo[at] == state) {
            snapshots[at] = snapshot;
            trails[at] = trail;
            return;
        }
        at = prefixes;
        if (prefixes == mostPrefixes) {
            at = mostFrequent(random);
        } else if (++prefixes > trails.length) {
            int room = Math.min(2 * trails.length, mostPrefixes);
            snapshots = Arrays.copyOf(snapshots, room);
            trails = Arrays.copyOf(trails, room);
            leadsTo = Arrays.copyOf(leadsTo, room);
        }
        snapshots[at] = snapshot;
        trails[at] = trail;
        leadsTo[at] = state;
        kept[slot] = at + 1;
    }

    /** Chooses a prefix; there is one. */
    int choose(RandomNumbers random) {
        int best = random.below(prefixes);
        for (int i = 1; i < DRAWN; i++) {
            int other = random.below(prefixes);
            if (met(other) < met(best)) {
                best = other;
            }
        }
        hits[slot(leadsTo[best])]++;
        return best;
    }

    private int mostFrequent(RandomNumbers random) {
        int worst = random.below(prefixes);
        for (int i = 1; i < DRAWN; i++) {
            int other = random.below(prefixes);
            if (met(other) > met(worst)) {
                worst = other;
            }
        }
        return worst;
    }

    /** The state that a prefix leads to; not to be changed. */
    long[] snapshot(int prefix) {
        return snapshots[prefix];
    }

    /** The actions of a prefix. */
    Trail trail(int prefix) {
        return trails[prefix];
    }

    private int met(int prefix) {
        return hits[slot(leadsTo[prefix])];
    }

    /** Zero stands for an empty slot. */
    private static long key(long state) {
        return state == 0 ? 1 : state;
    }

    private int slot(long state) {
        long key = key(state);
        int slot = (int) ((key * 0x9e3779b97f4a7c15L) >>> 40) & (keys.length - 1);
        while (keys[slot] != 0 && keys[slot] != key) {
            slot = (slot + 1) & (keys.length - 1);
        }
        return slot;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldHits = hits;
        int[] oldCosts = costs;
        int[] oldKept = kept;
        keys = new long[2 * oldKeys.length];
        hits = new int[2 * oldHits.length];
        costs = new int[2 * oldHits.length];
        kept = new int[2 * oldHits.length];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                hits[slot] = oldHits[i];
                costs[slot] = oldCosts[i];
                kept[slot] = oldKept[i];
            }
        }
    }
}
