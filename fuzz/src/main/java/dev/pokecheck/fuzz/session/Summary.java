// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** The last lines of a session. */
final class Summary {
    /** So many of one kind are listed; the others are counted, and their files say the rest. */
    private static final int LISTED = 4;
    /** The same of what is rare. */
    private static final int FEW = 2;
    /** The lines of the table, if there is not much else to say. */
    private static final int TABLE_LINES = 10;

    private static final int LEAST_TABLE_LINES = 4;

    private final Options options;
    private final Tally tally;
    private final Minimising minimising;
    private final FoundStore store;
    private final List<TargetReport> reports;

    Summary(Options options, Tally tally, Minimising minimising, FoundStore store, List<TargetReport> reports) {
        this.options = options;
        this.tally = tally;
        this.minimising = minimising;
        this.store = store;
        this.reports = reports;
    }

    /** Prints it, writes the whole table, and says how the session ended. */
    Session.Ended print(PrintStream out, long nanos, boolean interrupted) {
        List<String> lines = new ArrayList<>();
        lines.add("session of " + Times.text(options.seconds()) + ": ran " + Times.clock(nanos)
                + (interrupted ? ", interrupted" : "") + ", seed " + options.seed());
        for (TargetReport report : reports) {
            lines.addAll(TargetLines.of(report));
        }
        List<String> lists = lists();
        lines.addAll(table(Math.max(LEAST_TABLE_LINES, TABLE_LINES - Math.max(0, lists.size() - LISTED))));
        lines.add(Printable.count(tally.news().size(), "new finding", "new findings") + " where it is claimed to hold, "
                + tally.beyond() + " new beyond what is claimed, " + (tally.known() + tally.knownInputs()) + " known");
        lines.add(String.format(
                Locale.ROOT,
                "minimised %d in %.0f s (of %d s: %d %% of the session, at least %d s); %d wait%s",
                minimising.done(),
                minimising.spentNanos() / 1e9,
                minimising.shareNanos() / Times.SECOND,
                Minimising.PERCENT,
                Minimising.LEAST_SECONDS,
                minimising.waiting(),
                minimising.waiting() == 0 ? "" : " for the next session"));
        lines.addAll(lists);
        lines.add("findings in " + Printable.path(store.folder())
                + " (beyond: what lies beyond a claim; left: what is left as it is); logs and corpus in "
                + Printable.path(options.folders().scratch()));
        lines.add("go on with: " + Printable.command(again()));
        lines.forEach(out::println);
        SessionExit code = tally.code(interrupted);
        return new Session.Ended(code, why(code));
    }

    private List<String> lists() {
        List<String> lines = new ArrayList<>();
        list(lines, "NEW      ", tally.news(), LISTED);
        list(lines, "KNOWN    ", tally.knownOfClaims(), LISTED);
        List<String> names = List.copyOf(tally.left().keySet());
        List<String> left = new ArrayList<>();
        tally.left().forEach((name, why) -> left.add(Printable.quoted(name) + " " + why));
        list(lines, "LEFT     ", left, LISTED);
        if (names.size() > LISTED) {
            int last = lines.size() - 1;
            lines.set(
                    last,
                    lines.get(last) + ": " + Printable.quoted(String.join(", ", names.subList(LISTED, names.size()))));
        }
        list(lines, "UNSAVED  ", tally.unsaved(), FEW);
        list(lines, "FAULT    ", tally.faults(), LISTED);
        list(lines, "NOTE     ", tally.notes(), FEW);
        return lines;
    }

    private static void list(List<String> lines, String mark, Collection<String> what, int most) {
        what.stream().limit(most).forEach(line -> lines.add(mark + line));
        if (what.size() > most) {
            lines.add(mark + "and " + (what.size() - most) + " more");
        }
    }

    private List<String> table(int most) {
        for (TargetReport report : reports) {
            SessionTable table = new SessionTable(tally, report.figures());
            if (report.target().hasProtocols() && !table.isEmpty()) {
                List<String> lines = new ArrayList<>(table.summary(most));
                lines.add(write(table));
                return lines;
            }
        }
        return List.of();
    }

    private String write(SessionTable table) {
        Path file = options.folders().scratch().resolve("session.txt");
        try {
            Files.write(file, (String.join("\n", table.whole()) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            return "the whole table could not be written: " + Printable.thrown(e);
        }
        return "all " + Printable.count(table.size(), "protocol", "protocols") + ": " + Printable.path(file);
    }

    private List<String> again() {
        String path = System.getProperty("java.class.path", "");
        List<String> words = new ArrayList<>(List.of("java", "-jar"));
        words.add(
                path.endsWith(".jar") && !path.contains(File.pathSeparator) ? path : "fuzz/target/pokecheck-fuzz.jar");
        words.addAll(options.again());
        return words;
    }

    private String why(SessionExit code) {
        return switch (code) {
            case FAULT ->
                Printable.count(tally.faults().size(), "fault", "faults") + " of pokecheck itself: "
                        + tally.faults().get(0)
                        + (tally.news().isEmpty()
                                ? ""
                                : "; and " + Printable.count(tally.news().size(), "new finding", "new findings"));
            case NEW ->
                Printable.count(tally.news().size(), "new finding", "new findings")
                        + " in a protocol that claims to hold, or inputs that failed a target";
            case INTERRUPTED, NOTHING_NEW, USAGE -> code.meaning();
        };
    }
}
