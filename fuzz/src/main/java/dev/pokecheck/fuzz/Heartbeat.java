// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Prints figures for the session that reads what this process prints: a line of the process about once a second, and every few seconds one line
 * for each protocol whose figures have changed.
 */
final class Heartbeat {
    /** How the line of the process begins; figures follow, as {@code name=number} with spaces between them. */
    static final String MARK = "pokecheck-figures ";
    /** How the line of a protocol begins; its name follows, then its figures. */
    static final String PROTOCOL_MARK = "pokecheck-protocol ";

    private static final long SECOND = 1_000_000_000L;
    private static final long PROTOCOLS_EVERY = 5 * SECOND;
    /** The clock is looked at after so many runs at most, and after each while a run takes long. */
    private static final long MOST_RUNS_PER_LOOK = 64;

    private static final long LONG_BETWEEN_LOOKS = SECOND / 20;

    private final Supplier<String> figures;
    private final Supplier<List<String>> protocols;
    private final LongSupplier clock;
    private final Consumer<String> out;
    private final long start;
    private long runs;
    private long runsPerLook = 1;
    private long nextLook = 1;
    private long lastLook;
    private long next = SECOND / 5;
    private long nextProtocols = SECOND;

    /** One of a process that has no protocols. */
    Heartbeat(Supplier<String> figures) {
        this(figures, List::of);
    }

    /**
     * One of a process.
     *
     * @param figures the figures of the process
     * @param protocols of each protocol whose figures have changed since this was asked last: its name, and its figures, with spaces between them
     */
    Heartbeat(Supplier<String> figures, Supplier<List<String>> protocols) {
        this(figures, protocols, System::nanoTime, line -> System.out.println(line));
    }

    /** The same with another clock, of nanoseconds, and another place for its lines. */
    Heartbeat(Supplier<String> figures, Supplier<List<String>> protocols, LongSupplier clock, Consumer<String> out) {
        this.figures = figures;
        this.protocols = protocols;
        this.clock = clock;
        this.out = out;
        start = clock.getAsLong();
    }

    /** One more run. */
    void run() {
        if (++runs >= nextLook) {
            look(clock.getAsLong() - start);
        }
    }

    private void look(long elapsed) {
        runsPerLook = elapsed - lastLook > LONG_BETWEEN_LOOKS ? 1 : Math.min(MOST_RUNS_PER_LOOK, 2 * runsPerLook);
        lastLook = elapsed;
        nextLook = runs + runsPerLook;
        if (elapsed >= next) {
            next = elapsed + SECOND;
            print(elapsed);
        }
        if (elapsed >= nextProtocols) {
            nextProtocols = elapsed + PROTOCOLS_EVERY;
            printProtocols();
        }
    }

    /** The end. */
    void last() {
        print(clock.getAsLong() - start);
        printProtocols();
    }

    private void print(long elapsed) {
        out.accept(MARK + "runs=" + runs + " nanos=" + elapsed + " cpu=" + processorTime() + " " + figures.get());
    }

    private void printProtocols() {
        for (String line : protocols.get()) {
            out.accept(PROTOCOL_MARK + line);
        }
    }

    /** Of this process, all its threads together, since it was started. */
    private static long processorTime() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system
                ? system.getProcessCpuTime()
                : 0;
    }
}
