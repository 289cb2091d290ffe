// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/** What each protocol got, and what was found in it: a line for each. */
final class SessionTable {
    /** Of the protocols that got least time, and of those that got most, so many are there if there is room. */
    private static final int EXTREMES = 3;

    private final Tally tally;
    private final TargetFigures figures;
    private final Set<String> protocols = new TreeSet<>();

    SessionTable(Tally tally, TargetFigures figures) {
        this.tally = tally;
        this.figures = figures;
        protocols.addAll(figures.protocols());
        protocols.addAll(tally.protocols().keySet());
    }

    /** Whether there is anything to show. */
    boolean isEmpty() {
        return protocols.isEmpty();
    }

    /** All protocols, by name. */
    List<String> whole() {
        return lines(protocols);
    }

    /**
     * Those with news, then those that got least time and most.
     *
     * @param most how many there is room for
     */
    List<String> summary(int most) {
        List<String> byTime = new ArrayList<>(protocols);
        byTime.sort(Comparator.<String>comparingLong(name -> figures.sum(name, "nanos"))
                .thenComparing(Comparator.naturalOrder()));
        List<String> extremes = new ArrayList<>();
        if (!figures.protocols().isEmpty()) {
            int each = Math.min(EXTREMES, Math.min(most / 3, byTime.size()));
            extremes.addAll(byTime.subList(0, each));
            extremes.addAll(byTime.subList(byTime.size() - each, byTime.size()));
        }
        Set<String> chosen = new LinkedHashSet<>();
        protocols.stream()
                .sorted(Comparator.<String>comparingInt(name -> -counts(name).fresh())
                        .thenComparingInt(name -> -counts(name).beyond())
                        .thenComparing(Comparator.naturalOrder()))
                .filter(name -> counts(name).fresh() + counts(name).beyond() > 0)
                .limit(most - new LinkedHashSet<>(extremes).size())
                .forEach(chosen::add);
        chosen.addAll(extremes);
        return lines(chosen);
    }

    /** How many there are. */
    int size() {
        return protocols.size();
    }

    private Tally.Counts counts(String protocol) {
        return tally.protocols().getOrDefault(protocol, new Tally.Counts());
    }

    private List<String> lines(Iterable<String> names) {
        int width = "protocol".length();
        for (String name : names) {
            width = Math.max(width, name.length());
        }
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-" + width + "s %9s %10s %8s %8s %4s %6s %5s %8s %7s",
                "protocol",
                "seconds",
                "schedules",
                "states",
                "last new",
                "new",
                "beyond",
                "known",
                "expected",
                "refused"));
        for (String name : names) {
            long lastNew = figures.lastNewMillis(name);
            lines.add(String.format(
                    Locale.ROOT,
                    "%-" + width + "s %9.1f %10d %8d %8s %4d %6d %5d %8d %7d",
                    name,
                    figures.sum(name, "nanos") / 1e9,
                    figures.sum(name, "schedules"),
                    figures.most(name, "states"),
                    lastNew == 0 ? "-" : Times.clock(lastNew * 1_000_000),
                    counts(name).fresh(),
                    counts(name).beyond(),
                    counts(name).known(),
                    figures.sum(name, "expected"),
                    figures.sum(name, "refused")));
        }
        return lines;
    }
}
