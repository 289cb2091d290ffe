// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.Optional;

/**
 * How short minimised schedules are, beside breadth-first search, and how long that takes: a table.
 *
 * <p>{@code mvn -B -P bench -pl core -DskipTests verify -Dbench.main=dev.pokecheck.minimize.MinimizeTable -Djmh.args="3 1000"}
 */
public final class MinimizeTable {
    private static final int MAX_STATES = 1_000_000;

    private double slowest;

    private MinimizeTable() {}

    /**
     * Prints the table.
     *
     * @param args the number of seeds, and the most runs of each
     */
    public static void main(String[] args) throws IOException {
        int seeds = args.length < 1 ? 3 : Integer.parseInt(args[0]);
        long runs = args.length < 2 ? 1000 : Long.parseLong(args[1]);
        new MinimizeTable().print(seeds, runs);
    }

    private void print(int seeds, long runs) throws IOException {
        System.out.println(
                "scenario of, seed, scheduler                          found drop  min  bfs   seconds  scenario too,"
                        + " seconds  critical swap, seconds");
        int cases = 0;
        int byDropping = 0;
        int shortest = 0;
        int unknown = 0;
        for (Case one : Case.all(seeds, runs)) {
            Minimizer keeping = one.minimizer().keepScenario(true);
            int dropped =
                    one.minimized(keeping.shortener(Shortener.NONE)).after().steps();
            double start = seconds();
            Minimized minimized = one.minimized(keeping);
            double kept = since(start);
            start = seconds();
            int smaller = one.minimized(keeping.keepScenario(false)).after().steps();
            double all = since(start);
            start = seconds();
            Optional<CriticalSwap> swap = CriticalSwap.of(minimized);
            double swapped = since(start);
            Optional<Integer> best = one.shortest(minimized, false, MAX_STATES);
            int steps = minimized.after().steps();
            cases++;
            byDropping += best.filter(it -> it == dropped).isPresent() ? 1 : 0;
            shortest += best.filter(it -> it == steps).isPresent() ? 1 : 0;
            unknown += best.isEmpty() ? 1 : 0;
            System.out.printf(
                    Locale.ROOT,
                    "%-53s %5d %4d %4d %4s %9.3f %5d %9.3f %-6s %9.3f%n",
                    one.name(),
                    one.steps(),
                    dropped,
                    steps,
                    best.map(String::valueOf).orElse("?"),
                    kept,
                    smaller,
                    all,
                    swap.map(it -> it.kind().name()).orElse("-"),
                    swapped);
        }
        System.out.printf(
                Locale.ROOT,
                "%d schedules; as short as breadth-first search's: %d, by dropping steps alone: %d; no search to compare"
                        + " with: %d; slowest: %.3f seconds of processor time%n",
                cases,
                shortest,
                byDropping,
                unknown,
                slowest);
    }

    /** Processor time: other work on the machine does not count. */
    private static double seconds() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() / 1e9;
    }

    private double since(double start) {
        double seconds = seconds() - start;
        slowest = Math.max(slowest, seconds);
        return seconds;
    }
}
