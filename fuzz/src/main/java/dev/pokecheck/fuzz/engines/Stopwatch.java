// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures the processor time of the thread that made it, which does not depend on what else the computer does. Not for other threads. */
final class Stopwatch {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long start = threads.getCurrentThreadCpuTime();

    /** Nanoseconds since it was made. */
    long nanos() {
        return threads.getCurrentThreadCpuTime() - start;
    }
}
