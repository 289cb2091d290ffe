// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.StateView.Context;
import dev.pokecheck.machine.StateView.Patch;
import dev.pokecheck.trace.Change.Kind;
import java.util.List;

/** What stands in the row of a step. */
final class StepText {
    private static final String ARROW = " \u2192 ";
    private static final String INDENT = "  ";

    private StepText() {}

    /** The contexts on the stack, as the prefix of a line: {@code nmi│bp│}; empty for a thread. */
    static String prefix(List<Context> contexts) {
        StringBuilder prefix = new StringBuilder();
        for (Context context : contexts) {
            if (context.kind() != ContextKind.THREAD) {
                prefix.append(context.kind().text()).append('\u2502');
            }
        }
        return prefix.length() == 0 ? "" : prefix + " ";
    }

    /** Adds the lines of a step: the statement, then what came of it. */
    static void add(Step step, Column column) {
        String prefix = prefix(step.contexts());
        column.add(prefix, step.source(), tail(step));
        step.fetched().ifPresent(code -> fetched(code, prefix, column));
        for (Change change : step.changes()) {
            String text = detail(step, change);
            if (!text.isEmpty()) {
                column.add(prefix, INDENT + text);
            }
        }
        step.incidents().forEach(incident -> column.add(prefix, "*** " + incident.text() + " ***"));
    }

    /** Adds the lines of consecutive steps that are pieces of one text store. */
    static void add(List<Step> pieces, Column column) {
        Step first = pieces.get(0);
        Step last = pieces.get(pieces.size() - 1);
        String prefix = prefix(first.contexts());
        column.add(prefix, first.source());
        column.add(
                prefix,
                INDENT + "in pieces: "
                        + String.join(" ", pieces.stream().map(StepText::offset).toList()));
        for (int i = 0; i < last.after().patches().size(); i++) {
            String old = first.before().patches().get(i).memory();
            Patch now = last.after().patches().get(i);
            if (!old.equals(now.memory())) {
                column.add(prefix, INDENT + now.site().name() + " = " + CodeBytes.marked(old, now.memory()));
            }
        }
    }

    /** Where in its site a piece of a text store lies. */
    private static String offset(Step step) {
        String piece = step.piece();
        return piece.substring(Math.max(0, piece.indexOf('+')), Math.max(0, piece.indexOf(' ')));
    }

    /** What the statement found or changed. */
    private static String tail(Step step) {
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
        List<Change> variables = step.changes(Kind.VARIABLE);
        if (variables.isEmpty()) {
            return step.outcome().isEmpty() ? "" : ARROW.strip() + " " + step.outcome();
        }
        return String.join(
                "; ", variables.stream().map(change -> change(step, change)).toList());
    }

    private static String change(Step step, Change change) {
        String name = step.source().contains(change.what()) ? "" : change.what() + ": ";
        return name + change.old() + ARROW + change.now();
    }

    private static void fetched(FetchedCode code, String prefix, Column column) {
        column.add(
                prefix,
                INDENT + "fetches " + code.bytes() + " (" + code.verdict() + ")",
                code.breakpoint() ? "" : code.disassembly());
        if (code.isStale()) {
            column.add(prefix, INDENT + "memory  " + code.memory());
        }
    }

    private static String detail(Step step, Change change) {
        String whose = change.cpu() == step.cpu() || change.cpu() == Change.SHARED ? "" : "cpu" + change.cpu() + ": ";
        return switch (change.kind()) {
            case TEXT -> change.what() + " = " + CodeBytes.marked(change.old(), change.now());
            case CONTEXT -> whose + context(step, change);
            case PLACE -> whose + change.text();
            case FLAG ->
                step.kind() == ActionKind.STEP
                        ? whose + change.what() + (change.now().isEmpty() ? "" : " " + change.now())
                        : "";
            case VARIABLE, OBJECT, PATCH, STORE_BUFFER, SERIALIZED -> "";
        };
    }

    private static String context(Step step, Change change) {
        if (step.kind() == ActionKind.FETCH) {
            return "#BP, saved address " + change.now();
        }
        if (change.what().startsWith("back")) {
            return change.what() + (change.now().isEmpty() ? "" : " at " + change.now());
        }
        return step.kind() == ActionKind.STOP || change.now().isEmpty() ? "" : "lands at " + change.now();
    }
}
