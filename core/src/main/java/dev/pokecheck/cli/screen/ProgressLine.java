// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import dev.pokecheck.explore.search.ProgressListener;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Tells on the standard error how far a command is. On a terminal that is one line which is written over, elsewhere lines at intervals that
 * grow from a second to about a minute. What takes less than half a second, or a second, leaves no trace.
 *
 * <p>Searches on several threads may tell at once; the line shows the one that happens to tell.
 */
public final class ProgressLine {
    /** For a command that is to be quiet. */
    public static final ProgressLine NONE =
            new ProgressLine(new PrintWriter(Writer.nullWriter()), Screen.NONE, () -> 0, () -> 0, 0);

    private static final long FIRST_REWRITE = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long REWRITE = TimeUnit.MILLISECONDS.toNanos(250);
    private static final long FIRST_LINE = TimeUnit.SECONDS.toNanos(1);
    private static final long LONGEST = TimeUnit.SECONDS.toNanos(64);

    /** A rate over a shorter time, in seconds, says little. */
    private static final double SHORTEST_RATE = 0.2;

    /** Back to the first column, and clear from there to the end of the line (ECMA-48: CR, EL). */
    private static final String CLEAR = "\r\u001b[K";

    private static final String GAP = "  ";

    private final PrintWriter err;
    private final Screen screen;
    private final LongSupplier clock;
    private final LongSupplier usedMemory;
    private final long maxMemory;
    private final long start;
    private long interval;
    private volatile long next;
    private boolean shown;
    private long former;
    private int expected;
    private int done;
    private String unit = "";

    /**
     * @param clock nanoseconds
     * @param usedMemory bytes
     * @param maxMemory bytes
     */
    ProgressLine(PrintWriter err, Screen screen, LongSupplier clock, LongSupplier usedMemory, long maxMemory) {
        this.err = err;
        this.screen = screen;
        this.clock = clock;
        this.usedMemory = usedMemory;
        this.maxMemory = maxMemory;
        start = clock.getAsLong();
        interval = screen.rewrites() ? FIRST_REWRITE : FIRST_LINE;
        next = start + interval;
    }

    /** Of this JVM. */
    static ProgressLine of(PrintWriter err, Screen screen) {
        Runtime runtime = Runtime.getRuntime();
        return new ProgressLine(
                err, screen, System::nanoTime, () -> runtime.totalMemory() - runtime.freeMemory(), runtime.maxMemory());
    }

    /** The time that an earlier process has spent on the same, in nanoseconds. */
    public void goOnFrom(long nanoseconds) {
        former = nanoseconds;
    }

    /** From now on so many parts are to be done, each called like this: "searches". */
    public synchronized void expect(int parts, String called) {
        done = 0;
        expected = parts;
        unit = called;
    }

    /** One more part is done. */
    public void partDone() {
        synchronized (this) {
            done++;
        }
        if (expected > 0 && isTime()) {
            show(List.of());
        }
    }

    /** Tells of a part that is no search. */
    public void tell(String what) {
        if (isTime()) {
            show(List.of(what));
        }
    }

    /** The listener of one search; a name, if there are several. */
    public ProgressListener search(String name) {
        return new SearchListener(name);
    }

    /** The listener of several searches, be it at the same time. */
    public ProgressListener searches() {
        return (states, transitions, frontier, depth) -> {
            if (isTime()) {
                show(List.of("one of " + number((double) states) + " states", "depth " + depth));
            }
        };
    }

    private final class SearchListener implements ProgressListener {
        private final String name;
        private long firstTime = -1;
        private long firstStates;

        SearchListener(String name) {
            this.name = name;
        }

        @Override
        public void progress(long states, long transitions, long frontier, int depth) {
            if (firstTime < 0) {
                firstTime = Math.max(0, clock.getAsLong() - start);
                firstStates = states;
            }
            if (!isTime()) {
                return;
            }
            double seconds = (clock.getAsLong() - start - firstTime) / 1e9;
            String rate = seconds < SHORTEST_RATE ? "" : " (" + number((states - firstStates) / seconds) + "/s)";
            List<String> fields = new ArrayList<>();
            if (!name.isEmpty()) {
                fields.add(name);
            }
            fields.add(number((double) states) + " states" + rate);
            fields.add(number((double) frontier) + " waiting");
            fields.add("depth " + depth);
            show(fields);
        }
    }

    private boolean isTime() {
        return clock.getAsLong() - next >= 0;
    }

    private synchronized void show(List<String> told) {
        long now = clock.getAsLong();
        if (now - next < 0) {
            return;
        }
        List<String> fields = new ArrayList<>();
        fields.add(time(former + now - start));
        if (expected > 0) {
            fields.add(done + " of " + expected + " " + unit);
        }
        fields.addAll(told);
        fields.add((usedMemory.getAsLong() >> 20) + " of " + (maxMemory >> 20) + " MiB");
        if (screen.rewrites()) {
            err.print(CLEAR + PlainWriter.plain(shortened(fields, screen.width() - 1)));
            shown = true;
            interval = REWRITE;
        } else {
            err.print(PlainWriter.plain(String.join(GAP, fields)) + "\n");
            interval = Math.min(LONGEST, 2 * interval);
        }
        err.flush();
        next = now + interval;
    }

    /** A line that stays, or on a terminal comes and goes. */
    public synchronized void note(String line) {
        if (!screen.rewrites()) {
            err.print(PlainWriter.plain(line) + "\n");
            err.flush();
        }
    }

    /** A line that stays, unless the command is to be quiet. */
    public synchronized void tellAtEnd(String line) {
        err.print(PlainWriter.plain(line) + "\n");
        err.flush();
    }

    /** Takes the line away that is written over, before anything else is written. */
    public synchronized void clear() {
        if (shown) {
            err.print(CLEAR);
            err.flush();
            shown = false;
        }
    }

    /** As many of the fields as there is room for, the first at least in part. */
    private static String shortened(List<String> fields, int width) {
        String line = fields.get(0);
        for (String field : fields.subList(1, fields.size())) {
            if (line.length() + GAP.length() + field.length() > width) {
                break;
            }
            line += GAP + field;
        }
        return line.length() > width ? line.substring(0, width) : line;
    }

    /** A time as {@code 0:07} or {@code 1:00:07}. */
    static String time(long nanoseconds) {
        long seconds = nanoseconds / TimeUnit.SECONDS.toNanos(1);
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A number with three significant digits, rounded down: {@code 987}, {@code 1.23k}, {@code 45.6M}. */
    static String number(double value) {
        String[] units = {"", "k", "M", "G", "T"};
        int u = 0;
        double scaled = value;
        while (scaled >= 1000 && u < units.length - 1) {
            scaled /= 1000;
            u++;
        }
        if (u == 0) {
            return Long.toString((long) scaled);
        }
        int digits = scaled < 10 ? 2 : scaled < 100 ? 1 : 0;
        double power = Math.pow(10, digits);
        return String.format(Locale.ROOT, "%." + digits + "f", Math.floor(scaled * power) / power) + units[u];
    }
}
