// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.corpus.Corpus;
import dev.pokecheck.property.ShownBy;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Makes the table of engines. */
public final class EnginesTable {
    private static final String MISSING = "missing";

    private static final String EXPLANATION = """

            Made by `mvn -B -Pfuzz -pl core,fuzz verify -Dpokecheck.engines=20`. For each protocol of `corpus/fail`, and each property that it violates there, in the
            scenario of the first such entry: the median of the executions, and of the seconds, until the violation is found. An execution is one schedule from the initial
            state to its end or to a violation. An attempt is given up after %s; where that is so for half of the attempts or more the median is `>cap`, and `(n/m)` says that only n of m
            found it. A livelock is not among them: it is a cycle of states, and no single run shows it.

            Each attempt has its seed from 1 on and begins with nothing: a session in a process of its own, with an empty corpus. PCT has three changes of priority in 500 steps. A random
            or PCT run that looks for old code after the patch call takes all of its 500 steps. A session's first 64 schedules are random and PCT ones in turn, with
            the attempt's seed: up to there it never needs more than twice as many as the better. The last column holds the session's median against the better of the two others; where neither finds the violation, whether each
            attempt of the session did.

            Seconds are processor time of the thread that runs the schedules, on the computer that made the table. The start of a process is not counted. Random and PCT
            attempts run in one JVM, whose compiled code is soon as fast as it gets; each session's JVM is young, and compiles quickly and less well (`-XX:TieredStopAtLevel=1`).
            """.formatted(Cap.DEFAULT.text());

    private final int seeds;
    private final PrintStream out;

    private EnginesTable(int seeds, PrintStream out) {
        this.seeds = seeds;
        this.out = out;
    }

    /**
     * Makes the table, and returns the exit code.
     *
     * @param property the value of a property, empty if it is not set: {@code pokecheck.engines}, the number of seeds; {@code pokecheck.protocol}, the
     *     only protocol whose rows are made again, or {@code missing} for rows that are not there; {@code pokecheck.out}, the file
     */
    public static int run(Function<String, String> property, PrintStream out) throws IOException, InterruptedException {
        String count = property.apply("pokecheck.engines");
        if (!count.matches("[1-9][0-9]?")) {
            out.println("pokecheck.engines: \"" + count + "\" is no number of seeds from 1 to 99; write, for instance,"
                    + " -Dpokecheck.engines=20");
            return 2;
        }
        int seeds = Integer.parseInt(count);
        String fail = property.apply("pokecheck.fail");
        String file = property.apply("pokecheck.out");
        String protocol = property.apply("pokecheck.protocol");
        List<Task> tasks = tasks(Path.of(fail.isEmpty() ? "../corpus/fail" : fail));
        Path table = Path.of(file.isEmpty() ? "docs/engines.md" : file);
        Map<String, String> rows = new TreeMap<>();
        if (!protocol.isEmpty() && Files.exists(table)) {
            List<String> lines = Files.readAllLines(table);
            if (!lines.contains(heading(seeds))) {
                out.println("pokecheck.engines: the other rows of " + table + " are not over " + seeds
                        + " seeds; give the number that it names, or make the whole table without pokecheck.protocol");
                return 2;
            }
            tasks.forEach(task -> lines.stream()
                    .filter(line -> line.startsWith(start(task)))
                    .forEach(line -> rows.put(start(task), line)));
        }
        List<Task> made = tasks.stream()
                .filter(task -> protocol.isEmpty()
                        || (protocol.equals(MISSING) && !rows.containsKey(start(task)))
                        || protocol.equals(task.entry().protocol()))
                .toList();
        if (made.isEmpty()) {
            out.println("pokecheck.protocol: no entry in corpus/fail is of \"" + protocol + "\", or no row is missing");
            return 2;
        }
        new EnginesTable(seeds, out).make(made, tasks, rows, table);
        out.println("the table is in " + table);
        return 0;
    }

    /** The first entry of each protocol and property that a run can show. */
    static List<Task> tasks(Path folder) throws IOException {
        List<Task> tasks = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (Path file : Corpus.files(folder)) {
            Task task = Task.read(file);
            // A protocol of an entry's own is not among those that sessions choose from.
            if (task.entry().own().isEmpty()
                    && task.property().shownBy() != ShownBy.LOOP
                    && seen.add(task.entry().protocol() + " " + task.property().text())) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    /** Makes rows, and writes the table behind each, so that who stops it can go on. */
    private void make(List<Task> made, List<Task> all, Map<String, String> rows, Path table)
            throws IOException, InterruptedException {
        for (Task task : made) {
            String row = start(task) + cells(task);
            rows.put(start(task), row);
            Files.writeString(table, text(all, rows), StandardCharsets.UTF_8);
            out.println(row);
        }
    }

    private String text(List<Task> tasks, Map<String, String> rows) {
        StringBuilder text =
                new StringBuilder(heading(seeds) + "\n" + EXPLANATION + "\n| protocol | violates | scenario |");
        for (Engine engine : Engine.values()) {
            text.append(' ').append(engine.text()).append(": executions | seconds |");
        }
        text.append(" session against the better |\n|---|---|---|")
                .append("---:|---:|".repeat(Engine.values().length))
                .append("---|\n");
        for (Task task : tasks) {
            if (rows.containsKey(start(task))) {
                text.append(rows.get(start(task))).append('\n');
            }
        }
        if (rows.size() < tasks.size()) {
            text.append(missing(tasks.size() - rows.size())).append('\n');
        }
        return text.toString();
    }

    /** What a table says that lacks some rows. */
    static String missing(long rows) {
        return "\nNot made yet: " + rows + (rows == 1 ? " row" : " rows")
                + "; `mvn -B -Pfuzz -pl core,fuzz verify -Dpokecheck.engines=20 -Dpokecheck.protocol=missing` makes what is missing.";
    }

    private static String start(Task task) {
        return "| " + task.text() + " |";
    }

    private String cells(Task task) throws IOException, InterruptedException {
        StringBuilder cells = new StringBuilder();
        List<List<AttemptResult>> all = new ArrayList<>();
        for (Engine engine : Engine.values()) {
            List<AttemptResult> results = new ArrayList<>();
            for (int seed = 1; seed <= seeds; seed++) {
                results.add(engine.attempt(task, seed, Cap.DEFAULT));
            }
            all.add(results);
            cells.append(' ').append(AttemptResult.cells(results)).append(" |");
        }
        return cells.append(' ')
                .append(AttemptResult.against(all.get(2), all.get(0), all.get(1)))
                .append(" |")
                .toString();
    }

    /** The first line, which says over how many seeds all rows are. */
    private static String heading(int seeds) {
        return "# How fast the engines find what is broken: medians over " + seeds + (seeds == 1 ? " seed" : " seeds");
    }
}
