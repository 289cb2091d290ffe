// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * How an attempt ended.
 *
 * @param found whether the violation was found
 * @param runs the executions, the last of them included
 * @param nanos how long they took
 */
record AttemptResult(boolean found, long runs, long nanos) {

    /** Two cells, the median of executions and of seconds, and how many were found if not all; what was not found counts as more than everything. */
    static String cells(List<AttemptResult> results) {
        long found = results.stream().filter(AttemptResult::found).count();
        String share = found == results.size() ? "" : " (" + found + "/" + results.size() + ")";
        return cell(results, AttemptResult::runs, 1, "%.0f") + share + " | "
                + cell(results, AttemptResult::nanos, 1e9, "%.3f");
    }

    /** How the median of some attempts compares with the better median of two others, as a cell. */
    static String against(List<AttemptResult> results, List<AttemptResult> one, List<AttemptResult> other) {
        double best = Math.min(medianRuns(one), medianRuns(other));
        long found = results.stream().filter(AttemptResult::found).count();
        if (Double.isInfinite(best)) {
            return found == results.size() ? "finds what both miss" : "misses it, too, in " + (results.size() - found);
        }
        return String.format(Locale.ROOT, "%.2f", medianRuns(results) / best);
    }

    private static double medianRuns(List<AttemptResult> results) {
        double[] runs = results.stream()
                .mapToDouble(result -> result.found() ? result.runs() : Double.POSITIVE_INFINITY)
                .sorted()
                .toArray();
        return (runs[(runs.length - 1) / 2] + runs[runs.length / 2]) / 2;
    }

    private static String cell(
            List<AttemptResult> results, ToLongFunction<AttemptResult> value, double unit, String format) {
        List<AttemptResult> sorted = results.stream()
                .sorted(Comparator.comparing((AttemptResult result) -> !result.found())
                        .thenComparingLong(value))
                .toList();
        AttemptResult lower = sorted.get((sorted.size() - 1) / 2);
        AttemptResult upper = sorted.get(sorted.size() / 2);
        if (!upper.found()) {
            return ">cap";
        }
        double median = (value.applyAsLong(lower) + value.applyAsLong(upper)) / 2.0;
        return String.format(Locale.ROOT, format, median / unit);
    }
}
