// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.Map;
import java.util.TreeMap;

/**
 * The last figures that a fuzzing process has printed. One thread reads what it prints, another shows it: a line is taken in whole or not at
 * all, so that figures which are read together belong together.
 */
public final class Figures {
    private final Map<String, Long> values = new TreeMap<>();

    /** There are none yet. */
    public Figures() {}

    /**
     * Takes in a line: {@code name=number} words, between spaces; other words are skipped.
     *
     * @throws NumberFormatException if a figure is no number; nothing of the line is taken in then
     */
    public void note(String line) {
        Map<String, Long> read = new TreeMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                read.put(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)));
            }
        }
        synchronized (this) {
            values.putAll(read);
        }
    }

    /** The figures of one moment. */
    public Snapshot now() {
        synchronized (this) {
            return new Snapshot(new TreeMap<>(values));
        }
    }

    /** Figures that do not change. */
    public static final class Snapshot {
        private final Map<String, Long> values;

        private Snapshot(Map<String, Long> values) {
            this.values = values;
        }

        /** A figure; 0 if there is none yet. */
        public long of(String name) {
            return values.getOrDefault(name, 0L);
        }
    }
}
