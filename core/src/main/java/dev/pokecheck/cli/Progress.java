// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.explore.ProgressListener;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Tells how far a long search is: first after some seconds, then at intervals that grow. */
final class Progress implements ProgressListener {
    private static final long FIRST = TimeUnit.SECONDS.toNanos(5);
    private static final long LONGEST = TimeUnit.MINUTES.toNanos(5);

    private final PrintWriter err;
    private final long start = System.nanoTime();
    private long interval = FIRST;
    private long next = start + FIRST;

    Progress(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void progress(long states, long transitions, long frontier, int depth) {
        long now = System.nanoTime();
        if (now - next < 0) {
            return;
        }
        double seconds = (now - start) / 1e9;
        Runtime runtime = Runtime.getRuntime();
        err.println(String.format(
                Locale.ROOT,
                "%.0f s: %,d states, %,d waiting, depth %d, %,d transitions (%,.0f/s), %,d MiB of %,d",
                seconds,
                states,
                frontier,
                depth,
                transitions,
                transitions / seconds,
                (runtime.totalMemory() - runtime.freeMemory()) >> 20,
                runtime.maxMemory() >> 20));
        err.flush();
        interval = Math.min(LONGEST, interval * 2);
        next = now + interval;
    }
}
