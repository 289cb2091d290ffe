// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.report.Result.Grade;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Trace;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Results as Markdown for people who look at a build: a table of all, then what did not pass with its command and, of the shortest ones, the
 * interleaving, then what is not modelled. Servers take about a megabyte, so that not all interleavings are shown.
 */
public final class MarkdownSummary {
    /** The most interleavings that are shown. */
    private static final int SHOWN = 5;

    private static final Pattern TICKS = Pattern.compile("`+");

    private MarkdownSummary() {}

    /** The text of the file. */
    public static String of(Invocation invocation, List<Result> results) {
        StringBuilder text = new StringBuilder();
        text.append("### pokecheck ").append(invocation.command()).append(": ");
        text.append(heading(results)).append("\n\n");
        table(results).markdown().forEach(line -> text.append(line).append('\n'));
        List<Result> open = results.stream()
                .filter(result -> result.grade() != Grade.PASSED)
                .sorted(Comparator.comparingInt(MarkdownSummary::length))
                .toList();
        for (int i = 0; i < open.size(); i++) {
            add(text, open.get(i), i < SHOWN);
        }
        notModelled(results).forEach((protocol, what) -> {
            text.append("\n#### Not modelled in ").append(code(protocol)).append("\n\n");
            what.forEach(it -> text.append("- ").append(words(it)).append('\n'));
        });
        return text.toString();
    }

    /** What is not modelled, by the protocol: the same in all of its results, as a rule, and said once. */
    private static Map<String, Set<String>> notModelled(List<Result> results) {
        Map<String, Set<String>> all = new LinkedHashMap<>();
        for (Result result : results) {
            if (!result.notModelled().isEmpty()) {
                all.computeIfAbsent(result.protocol(), protocol -> new LinkedHashSet<>())
                        .addAll(result.notModelled());
            }
        }
        return all;
    }

    private static Table table(List<Result> results) {
        boolean files = results.stream().anyMatch(result -> result.source().isPresent());
        Table table = files
                ? new Table("", "protocol", "scenario", "verdict", "file")
                : new Table("", "protocol", "scenario", "verdict");
        for (Result result : results) {
            List<String> cells = new ArrayList<>();
            cells.add(mark(result.grade()));
            cells.add(inTable(code(result.protocol())));
            cells.add(inTable(code(result.scenario())));
            cells.add(inTable(words(result.sentence())));
            if (files) {
                cells.add(inTable(result.source().map(file -> code(file.path())).orElse("")));
            }
            table.row(cells.toArray(String[]::new));
        }
        return table;
    }

    private static String heading(List<Result> results) {
        long failed = count(results, Grade.FAILED);
        long inconclusive = count(results, Grade.INCONCLUSIVE);
        if (results.size() == 1) {
            return results.get(0).kind().text();
        }
        return results.size() - failed - inconclusive + " passed, " + failed + " failed, " + inconclusive
                + " inconclusive";
    }

    private static long count(List<Result> results, Grade grade) {
        return results.stream().filter(result -> result.grade() == grade).count();
    }

    private static String mark(Grade grade) {
        return switch (grade) {
            case PASSED -> "\u2705";
            case FAILED -> "\u274c";
            case INCONCLUSIVE -> "\u26a0\ufe0f";
        };
    }

    /** The steps of its interleaving; what has none comes last. */
    private static int length(Result result) {
        return result.trace().map(trace -> trace.steps().size()).orElse(Integer.MAX_VALUE);
    }

    private static void add(StringBuilder text, Result result, boolean shown) {
        text.append("\n#### ").append(code(result.name())).append("\n\n");
        text.append(words(result.sentence())).append(".\n\n");
        text.append(fenced("sh", result.command() + "\n"));
        if (result.trace().isEmpty()) {
            return;
        }
        Trace trace = result.trace().get();
        if (!shown) {
            text.append("\n(").append(trace.steps().size()).append(" steps, not shown: there are shorter ones.)\n");
            return;
        }
        text.append('\n').append(fenced("text", TextTimeline.of(trace)));
    }

    /** A block of code whose fence the text does not contain. */
    private static String fenced(String language, String code) {
        String fence = "`".repeat(Math.max(3, longestRun(code) + 1));
        return fence + language + "\n" + code + fence + "\n";
    }

    /** Code within a line. */
    private static String code(String text) {
        String line = text.replace('\n', ' ');
        int run = longestRun(line);
        String ticks = "`".repeat(run + 1);
        String blank = run > 0 ? " " : "";
        return ticks + blank + line + blank + ticks;
    }

    private static int longestRun(String text) {
        return TICKS.matcher(text)
                .results()
                .map(MatchResult::group)
                .mapToInt(String::length)
                .max()
                .orElse(0);
    }

    /** Words within a line, none of them markup. */
    private static String words(String text) {
        return text.replaceAll("[\\\\`*_<>\\[\\]]", "\\\\$0").replace('\n', ' ');
    }

    /** A line within a cell of a table, where a bar would end the cell, in code, too. */
    private static String inTable(String line) {
        return line.replace("|", "\\|");
    }
}
