// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * What all sites together have held in the windows of CPUs, each history with a number: a row of moments, oldest first, where a moment is the
 * contents of all sites at one time. Sites that overlap have one content, that of the first.
 */
final class Timeline {
    /** What a history takes besides its moments: its array, and its places in the list and in the index. */
    static final int HISTORY_BYTES = 56;

    private final int sites;
    private final RoomShare room;
    private final List<long[]> moments = new ArrayList<>();
    private final HistoryIndex momentIndex = new HistoryIndex();
    private final List<int[]> histories = new ArrayList<>();
    private final HistoryIndex historyIndex = new HistoryIndex();
    private PairMap suffixes = new PairMap();

    /** History 0 is that of the start: all contents are 0. */
    Timeline(int sites, RoomShare room) {
        this.sites = sites;
        this.room = room;
        history(new int[] {moment(new long[sites])});
    }

    int size() {
        return histories.size();
    }

    int length(int history) {
        return histories.get(history).length;
    }

    /** What a site has held at each time of a history. */
    long[] contents(int history, int site) {
        return Arrays.stream(histories.get(history))
                .mapToLong(moment -> moments.get(moment)[site])
                .toArray();
    }

    /** The history after a store to a site. */
    int stored(int history, int site, long content) {
        int[] old = histories.get(history);
        long[] last = moments.get(old[old.length - 1]);
        if (last[site] == content) {
            return history;
        }
        long[] next = last.clone();
        next[site] = content;
        int[] more = Arrays.copyOf(old, old.length + 1);
        more[old.length] = moment(next);
        return history(more);
    }

    /** The history in which some bits of a site have had a value all the time. */
    int withBits(int history, int site, long mask, long value) {
        int[] row = histories.get(history).clone();
        int kept = 0;
        for (int moment : row) {
            long[] contents = moments.get(moment).clone();
            contents[site] = (contents[site] & ~mask) | value;
            int changed = moment(contents);
            if (kept == 0 || row[kept - 1] != changed) {
                row[kept++] = changed;
            }
        }
        return history(Arrays.copyOf(row, kept));
    }

    /** The history of a window that begins now. */
    int present(int history) {
        return since(history, length(history) - 1);
    }

    /** The history of a window that begins at a time. */
    int since(int history, int time) {
        if (time == 0) {
            return history;
        }
        int known = suffixes.get(history, time);
        if (known >= 0) {
            return known;
        }
        int[] all = histories.get(history);
        int suffix = history(Arrays.copyOfRange(all, time, all.length));
        if (room.take(suffixes.growth())) {
            suffixes.put(history, time, suffix);
        }
        return suffix;
    }

    private int moment(long[] contents) {
        long hash = contents.length;
        for (long content : contents) {
            hash = mixed(hash, content);
        }
        for (int number = momentIndex.first(hash); number >= 0; number = momentIndex.next(number)) {
            if (Arrays.equals(moments.get(number), contents)) {
                return number;
            }
        }
        take(HISTORY_BYTES + (long) Long.BYTES * contents.length);
        momentIndex.add(hash);
        moments.add(contents);
        return moments.size() - 1;
    }

    private int history(int[] row) {
        long hash = row.length;
        for (int moment : row) {
            hash = mixed(hash, moment);
        }
        for (int number = historyIndex.first(hash); number >= 0; number = historyIndex.next(number)) {
            if (Arrays.equals(histories.get(number), row)) {
                return number;
            }
        }
        take(HISTORY_BYTES + (long) Integer.BYTES * row.length);
        historyIndex.add(hash);
        histories.add(row);
        return histories.size() - 1;
    }

    private static long mixed(long hash, long number) {
        long mixed = (hash ^ number) * 0x9E3779B97F4A7C15L;
        return mixed ^ mixed >>> 29;
    }

    private void take(long bytes) {
        if (size() >= room.histories() || !room.take(bytes)) {
            throw room.full("fetch histories", size());
        }
    }

    // ---- checkpoints

    void save(LongStream.Builder out) {
        out.add(moments.size());
        moments.forEach(moment -> Arrays.stream(moment).forEach(out::add));
        out.add(histories.size());
        for (int[] history : histories) {
            out.add(history.length);
            Arrays.stream(history).forEach(out::add);
        }
    }

    /** Takes over what {@link #save} has written, into a cleared timeline; returns where it ends. */
    int restore(long[] saved) {
        int at = 1;
        for (int number = 0; number < saved[0]; number++) {
            expect(number, moment(Arrays.copyOfRange(saved, at, at + sites)));
            at += sites;
        }
        long count = saved[at++];
        for (int number = 0; number < count; number++) {
            int[] row = new int[(int) saved[at++]];
            for (int i = 0; i < row.length; i++) {
                row[i] = (int) saved[at++];
            }
            expect(number, history(row));
        }
        return at;
    }

    private static void expect(int number, int given) {
        if (given != number) {
            throw new IllegalArgumentException("the fetch histories are those of other sites or another model");
        }
    }

    void clear() {
        moments.clear();
        momentIndex.clear();
        histories.clear();
        historyIndex.clear();
        suffixes = new PairMap();
        room.giveBack();
    }
}
