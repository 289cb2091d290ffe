// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.lang.management.ManagementFactory;
import java.util.function.Supplier;

/** Prints a line of figures about once a second, for the session that reads what this process prints. */
final class Heartbeat {
    /** How the line begins. */
    static final String MARK = "pokecheck-figures ";

    private static final int RUNS_PER_LOOK = 64;
    private static final long SECOND = 1_000_000_000L;

    private final Supplier<String> figures;
    private final long start = System.nanoTime();
    private long runs;
    private long next = SECOND / 5;

    Heartbeat(Supplier<String> figures) {
        this.figures = figures;
    }

    /** One more run. */
    void run() {
        if (++runs % RUNS_PER_LOOK == 0) {
            long elapsed = System.nanoTime() - start;
            if (elapsed >= next) {
                next = elapsed + SECOND;
                print(elapsed);
            }
        }
    }

    /** The end. */
    void last() {
        print(System.nanoTime() - start);
    }

    private void print(long elapsed) {
        System.out.println(
                MARK + "runs=" + runs + " nanos=" + elapsed + " cpu=" + processorTime() + " " + figures.get());
    }

    /** Of this process, all its threads together, since it was started. */
    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
