// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.engines;

import dev.pokecheck.corpus.Corpus;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes the table of engines. */
public final class EnginesTable {
    private EnginesTable() {}

    /**
     * Makes the table, and returns the exit code.
     *
     * @param property the value of a property, empty if it is not set: {@code pokecheck.engines}, the number of seeds; {@code pokecheck.protocol}, the
     *     only protocol, if not all; {@code pokecheck.out}, the file
     */
    public static int run(Function<String, String> property, PrintStream out) throws IOException, InterruptedException {
        String count = property.apply("pokecheck.engines");
        if (!count.matches("[1-9][0-9]?")) {
            out.println("pokecheck.engines: \"" + count + "\" is no number of seeds from 1 to 99; write, for instance,"
                    + " -Dpokecheck.engines=20");
            return 2;
        }
        String fail = property.apply("pokecheck.fail");
        String file = property.apply("pokecheck.out");
        String protocol = property.apply("pokecheck.protocol");
        List<Task> tasks = tasks(Path.of(fail.isEmpty() ? "../corpus/fail" : fail)).stream()
                .filter(task -> protocol.isEmpty() || task.entry().protocol().equals(protocol))
                .toList();
        if (tasks.isEmpty()) {
            out.println("pokecheck.protocol: no entry in corpus/fail is of \"" + protocol + "\"");
            return 2;
        }
        Path table = Path.of(file.isEmpty() ? "docs/engines.md" : file);
        Files.writeString(table, make(tasks, Integer.parseInt(count), Cap.DEFAULT, out), StandardCharsets.UTF_8);
        out.println("the table is in " + table);
        return 0;
    }

    /** The first entry of each protocol and property. */
    static List<Task> tasks(Path folder) throws IOException {
        List<Task> tasks = new ArrayList<>();
        TreeSet<String> seen = new TreeSet<>();
        for (Path file : Corpus.files(folder)) {
            Task task = Task.read(file);
            if (seen.add(task.entry().protocol() + " " + task.property().text())) {
                tasks.add(task);
            }
        }
        return tasks;
    }

    private static String make(List<Task> tasks, int seeds, Cap cap, PrintStream out)
            throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        String engines = Arrays.stream(Engine.values())
                .map(engine -> " " + engine.text() + ": executions | seconds |")
                .collect(Collectors.joining());
        text.append("# How fast the engines find what is broken\n\n")
                .append("Made by `mvn -B -Pfuzz verify -Dpokecheck.engines=")
                .append(seeds)
                .append("`. ")
                .append(
                        "For each protocol of `corpus/fail`, and each property that it violates there, in the scenario of the entry: the median")
                .append(" over ")
                .append(seeds)
                .append(seeds == 1 ? " seed" : " seeds")
                .append(
                        " of the executions, and of the seconds, until the violation is found. An attempt is given up after ")
                .append(cap.text())
                .append(
                        "; `>cap` where that is so for half of the attempts or more, and `(n/m)` where only n of m found it.")
                .append(" A random or PCT run that looks for old code after the patch call takes all of its 500 steps.")
                .append(
                        " The start of a JVM is not counted, its warming up is; seconds are those of the machine that made the table.\n\n")
                .append("| protocol | violates | scenario |")
                .append(engines)
                .append('\n')
                .append("|---|---|---|")
                .append("---:|---:|".repeat(Engine.values().length))
                .append('\n');
        for (Task task : tasks) {
            StringBuilder row = new StringBuilder("| " + task.text() + " |");
            for (Engine engine : Engine.values()) {
                List<Result> results = new ArrayList<>();
                for (int seed = 1; seed <= seeds; seed++) {
                    results.add(engine.attempt(task, seed, cap));
                }
                row.append(' ').append(Result.cells(results)).append(" |");
            }
            out.println(row);
            text.append(row).append('\n');
        }
        return text.toString();
    }
}
