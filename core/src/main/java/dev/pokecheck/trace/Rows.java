// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.trace.StateChange.Kind;
import dev.pokecheck.view.StateView.Patch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The rows that timelines show of a trace, whatever they are drawn with. */
public final class Rows {
    private static final String ARROW = " \u2192 ";

    private final Trace trace;
    private final List<List<String>> paths = new ArrayList<>();
    private final List<Row> rows = new ArrayList<>();

    private Rows(Trace trace) {
        this.trace = trace;
        trace.start().cpus().forEach(cpu -> paths.add(List.of()));
    }

    /** The rows, in the order of the steps. */
    public static List<Row> of(Trace trace) {
        Rows rows = new Rows(trace);
        rows.add();
        return rows.rows;
    }

    private void add() {
        List<TraceStep> steps = trace.steps();
        int from = 0;
        while (from < steps.size()) {
            int to = from + 1;
            while (to < steps.size() && isSameStore(steps.get(from), steps.get(to)) && !beginsLoop(steps.get(to))) {
                to++;
            }
            rows.add(row(steps.subList(from, to)));
            from = to;
        }
    }

    private boolean beginsLoop(TraceStep step) {
        return trace.loop().isPresent() && trace.loop().getAsInt() == step.number();
    }

    /** Whether two steps are pieces of one text store. */
    private static boolean isSameStore(TraceStep one, TraceStep other) {
        return !one.piece().isEmpty()
                && one.cpu() == other.cpu()
                && one.kind() == other.kind()
                && other.incidents().isEmpty()
                && !other.piece().isEmpty()
                && one.context().label().equals(other.context().label())
                && one.source().equals(other.source());
    }

    private Row row(List<TraceStep> steps) {
        TraceStep first = steps.get(0);
        boolean single = steps.size() == 1;
        return new Row(
                steps,
                beginsLoop(first),
                path(first),
                first.source(),
                single ? tail(first) : "",
                text(first, steps.get(steps.size() - 1)),
                single ? details(first) : List.of("in pieces: " + offsets(steps)),
                other(first));
    }

    /** The functions around a step that are not those of the step before on its CPU. */
    private List<String> path(TraceStep step) {
        List<String> path = step.context().functions();
        List<String> shown = paths.get(step.cpu());
        if (path.equals(shown) || path.isEmpty()) {
            return List.of();
        }
        paths.set(step.cpu(), path);
        int common = 0;
        while (common < path.size() - 1
                && common < shown.size()
                && path.get(common).equals(shown.get(common))) {
            common++;
        }
        return path.subList(common, path.size());
    }

    private static Optional<Row.Other> other(TraceStep step) {
        Turn turn = step.turn();
        return switch (turn.kind()) {
            case FIRST, SAME -> Optional.empty();
            case BLOCKED ->
                Optional.of(new Row.Other(
                        turn.from(),
                        "waits until " + step.before().waiting(turn.from()).until()));
            case DONE ->
                Optional.of(new Row.Other(
                        turn.from(), turn.text().substring(turn.text().indexOf(' ') + 1)));
            case FREE -> Optional.of(new Row.Other(turn.from(), ""));
        };
    }

    private static List<StateChange> text(TraceStep first, TraceStep last) {
        List<StateChange> changes = new ArrayList<>();
        for (int i = 0; i < last.after().patches().size(); i++) {
            Patch old = first.before().patches().get(i);
            Patch now = last.after().patches().get(i);
            if (!old.memory().equals(now.memory())) {
                changes.add(new StateChange(
                        Kind.TEXT, StateChange.SHARED, now.site().name(), old.memory(), now.memory()));
            }
        }
        return changes;
    }

    private static String offsets(List<TraceStep> pieces) {
        return String.join(" ", pieces.stream().map(Rows::offset).toList());
    }

    /** Where in its site a piece of a text store lies. */
    private static String offset(TraceStep step) {
        String piece = step.piece();
        return piece.substring(Math.max(0, piece.indexOf('+')), Math.max(0, piece.indexOf(' ')));
    }

    /** What the statement found or changed. */
    private static String tail(TraceStep step) {
        if (step.kind() != ActionKind.STEP && !step.changes(Kind.SERIALIZED).isEmpty()) {
            return "serializes";
        }
        if (step.changes(Kind.STORE_BUFFER).stream()
                .anyMatch(change -> !change.now().isEmpty())) {
            return "buffered";
        }
        if (!step.piece().isEmpty() && step.changes(Kind.VARIABLE).isEmpty()) {
            return "piece " + offset(step);
        }
        List<StateChange> variables = step.changes(Kind.VARIABLE);
        if (variables.isEmpty()) {
            return step.outcome().isEmpty() ? "" : ARROW.strip() + " " + step.outcome();
        }
        return String.join(
                "; ", variables.stream().map(change -> change(step, change)).toList());
    }

    private static String change(TraceStep step, StateChange change) {
        String name = step.source().contains(change.what()) ? "" : change.what() + ": ";
        return name + change.old() + ARROW + change.now();
    }

    private static List<String> details(TraceStep step) {
        List<String> details = new ArrayList<>();
        for (StateChange change : step.changes()) {
            String text = detail(step, change);
            if (!text.isEmpty()) {
                details.add(text);
            }
        }
        details.addAll(flags(step));
        return details;
    }

    /** The flags that a statement changed, each once, with the CPUs whose flag it is unless only its own is. */
    private static List<String> flags(TraceStep step) {
        Map<String, List<Integer>> cpus = new LinkedHashMap<>();
        if (step.kind() == ActionKind.STEP) {
            for (StateChange change : step.changes(Kind.FLAG)) {
                cpus.computeIfAbsent((change.what() + " " + change.now()).strip(), what -> new ArrayList<>())
                        .add(change.cpu());
            }
        }
        return cpus.entrySet().stream()
                .map(flag -> flag.getValue().equals(List.of(step.cpu()))
                        ? flag.getKey()
                        : flag.getKey() + " on "
                                + flag.getValue().stream()
                                        .map(cpu -> "cpu" + cpu)
                                        .collect(Collectors.joining(", ")))
                .toList();
    }

    private static String detail(TraceStep step, StateChange change) {
        String whose = change.isOf(step.cpu()) ? "" : "cpu" + change.cpu() + ": ";
        return switch (change.kind()) {
            case CONTEXT -> whose + context(step, change);
            case PLACE -> whose + change.text();
            case FLAG, TEXT, VARIABLE, OBJECT, PATCH, STORE_BUFFER, SERIALIZED -> "";
        };
    }

    private static String context(TraceStep step, StateChange change) {
        if (step.kind() == ActionKind.FETCH) {
            return "#BP, saved address " + change.now();
        }
        if (change.what().startsWith("back")) {
            return change.what() + (change.now().isEmpty() ? "" : " at " + change.now());
        }
        return step.kind() == ActionKind.STOP || change.now().isEmpty() ? "" : "lands at " + change.now();
    }
}
