// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The last figures that a fuzzing process has printed, of the process and of each protocol. One thread reads what it prints, another shows it: a line
 * is taken in whole or not at all, so that figures which are read together belong together.
 *
 * <p>A figure is a word {@code name=number}. Of the process: {@code runs}, {@code nanos} since its start and {@code cpu} of processor time, and what the target
 * adds ({@code states}: abstract states). Of a protocol: {@code schedules} that are complete, {@code states},
 * {@code nanos} spent, {@code lastnew}, the milliseconds from the start of the process to the last new abstract state, and how many violations were {@code expected},
 * {@code refused}, {@code beyond} what the protocol claims, and {@code new}.
 */
public final class Figures {
    /** A number of so many digits fits a long. */
    private static final int MOST_DIGITS = 18;

    private final Map<String, Long> values = new TreeMap<>();
    private final Map<String, Map<String, Long>> protocols = new TreeMap<>();

    /** There are none yet. */
    public Figures() {}

    /** Takes in a line of the process: figures between spaces; words that are none are skipped. */
    public void note(String line) {
        Map<String, Long> read = read(line);
        synchronized (this) {
            values.putAll(read);
        }
    }

    /** Takes in a line of a protocol: its name, a space, and figures, which take the place of those it had. */
    public void noteProtocol(String line) {
        int space = line.indexOf(' ');
        if (space <= 0) {
            return;
        }
        String name = line.substring(0, space);
        Map<String, Long> read = Collections.unmodifiableMap(read(line.substring(space + 1)));
        synchronized (this) {
            protocols.put(name, read);
        }
    }

    private static Map<String, Long> read(String line) {
        Map<String, Long> read = new TreeMap<>();
        for (String word : line.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && isNumber(word, equals + 1)) {
                read.put(word.substring(0, equals), Long.parseLong(word.substring(equals + 1)));
            }
        }
        return read;
    }

    private static boolean isNumber(String word, int from) {
        for (int i = from; i < word.length(); i++) {
            if (word.charAt(i) < '0' || word.charAt(i) > '9') {
                return false;
            }
        }
        return word.length() > from && word.length() - from <= MOST_DIGITS;
    }

    /** The figures of one moment. */
    public Snapshot now() {
        synchronized (this) {
            return new Snapshot(new TreeMap<>(values), new TreeMap<>(protocols));
        }
    }

    /** Figures that do not change. */
    public static final class Snapshot {
        private final Map<String, Long> values;
        private final Map<String, Map<String, Long>> protocols;

        private Snapshot(Map<String, Long> values, Map<String, Map<String, Long>> protocols) {
            this.values = values;
            this.protocols = protocols;
        }

        /** A figure of the process; 0 if there is none yet. */
        public long of(String name) {
            return values.getOrDefault(name, 0L);
        }

        /** A figure of a protocol; 0 if there is none yet. */
        public long of(String protocol, String name) {
            return protocols.getOrDefault(protocol, Map.of()).getOrDefault(name, 0L);
        }

        /** The protocols that have figures. */
        public Set<String> protocols() {
            return Collections.unmodifiableSet(protocols.keySet());
        }
    }
}
