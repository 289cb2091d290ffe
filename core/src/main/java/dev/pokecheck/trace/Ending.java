// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.property.Evidence;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What is to be said at the end of a trace. */
final class Ending {
    private static final String INDENT = "  ";

    private final Trace trace;
    private final List<String> lines = new ArrayList<>();

    Ending(Trace trace) {
        this.trace = trace;
    }

    /** The end in a few words. */
    static String title(Trace trace) {
        int steps = trace.steps().size();
        String when = steps == 0 ? "before the first step" : "after " + steps + (steps == 1 ? " step" : " steps");
        return switch (trace.end()) {
            case INCIDENT ->
                String.join(
                                ", ",
                                trace.incidents().stream().map(Incident::title).toList())
                        + (isOfEnd(trace)
                                ? " at the end, " + (steps == 0 ? "without a step" : when)
                                : " in step " + steps);
            case DEADLOCK -> "deadlock " + when;
            case LIVELOCK -> "livelock: " + loop(trace) + " for ever";
            case COMPLETE -> steps == 0 ? "complete without a step" : "complete " + when;
            case OPEN -> steps == 0 ? "not complete: no step was made" : "not complete " + when;
        };
    }

    /** Whether what is wrong is the state that the run ends in, and not what its last step did. */
    private static boolean isOfEnd(Trace trace) {
        return trace.incidents().stream().allMatch(incident -> incident == Incident.LOST_PATCH);
    }

    /** The steps of the loop. */
    static String loop(Trace trace) {
        int first = trace.loop().orElseThrow();
        int last = trace.steps().size();
        return first == last ? "step " + first : "steps " + first + "-" + last;
    }

    List<String> lines() {
        lines.add(title(trace).toUpperCase(Locale.ROOT));
        for (Incident incident : trace.incidents()) {
            lines.add("");
            lines.add(incident.text() + (isOfEnd(trace) ? "" : ": " + last().action()));
            incident.evidence().forEach(this::show);
        }
        if (trace.loop().isPresent()) {
            lines.add("");
            new LoopText(trace).lines().forEach(line -> lines.add(INDENT + line));
        }
        if (trace.end() != Trace.End.INCIDENT && !trace.waits().isEmpty()) {
            lines.add("");
            trace.waits().forEach(line -> lines.add(INDENT + line));
            histories(trace.last().cpus().stream()
                    .map(cpu -> trace.last().waiting(cpu.number()).variable())
                    .toList());
        }
        return lines;
    }

    private TraceStep last() {
        return trace.steps().get(trace.steps().size() - 1);
    }

    private void show(Evidence evidence) {
        Runnable part = switch (evidence) {
            case CODE -> this::code;
            case EARLIER_EXECUTIONS -> this::earlier;
            case RETURNS -> this::returned;
            case BREAKPOINT -> this::breakpoint;
            case PLACES -> this::places;
            case MEMORY -> this::memory;
            case LAST_STORES -> this::lastStores;
            case VARIABLES -> this::variables;
            case STATEMENT -> () -> statement(last().source());
            case ASSERTION -> () -> statement(assertion());
        };
        part.run();
    }

    private void code() {
        last().fetched().ifPresent(code -> lines.addAll(new FetchedBytes(trace, last(), code).lines()));
    }

    /** What the same CPU, and whoever has seen a newer version, executed before. */
    private void earlier() {
        lines.add("");
        for (TraceStep step : trace.steps()) {
            if (step.fetched().isPresent() && step.number() < last().number()) {
                FetchedCode code = step.fetched().get();
                lines.add(INDENT + "step " + step.number() + "  " + step.action() + "  " + code.verdict());
            }
            for (int s = 0; s < step.after().patches().size(); s++) {
                Patch now = step.after().patches().get(s);
                if (now.seen() > step.before().patches().get(s).seen()) {
                    lines.add(INDENT + "step " + step.number() + "  cpu" + step.cpu() + " is through with "
                            + VersionNames.of(now.site(), now.seen()) + " code of "
                            + now.site().name());
                }
            }
        }
    }

    private void returned() {
        for (TraceStep step : trace.steps()) {
            for (StateChange change : step.changes(StateChange.Kind.PATCH)) {
                if (change.now().equals("returned")) {
                    lines.add(INDENT + "the patch call for " + change.what() + " returned in step " + step.number());
                }
            }
        }
    }

    /** The breakpoint that a handler made nothing of: whether it was still in memory, and why it was seen if not. */
    private void breakpoint() {
        hit().ifPresent(hit -> {
            FetchedCode code = hit.fetched().orElseThrow();
            lines.add("");
            lines.add(INDENT + "the breakpoint of step " + hit.number() + ":");
            lines.addAll(new FetchedBytes(trace, hit, code).times());
        });
    }

    /** The step in which the last CPU hit a breakpoint last. */
    private Optional<TraceStep> hit() {
        return trace.steps().stream()
                .filter(step -> step.cpu() == last().cpu()
                        && step.fetched().filter(FetchedCode::breakpoint).isPresent())
                .reduce((before, after) -> after);
    }

    private void places() {
        int from = hit().map(TraceStep::number).orElse(0);
        List<String> places = new ArrayList<>();
        for (TraceStep step : trace.steps()) {
            for (StateChange change : step.changes(StateChange.Kind.PLACE)) {
                if (step.number() >= from && change.isOf(last().cpu())) {
                    places.add(INDENT + "step " + step.number() + "  " + change.text()
                            + step.origin()
                                    .filter(Origin::isForReaders)
                                    .map(origin -> "   (from " + origin.place() + " on)")
                                    .orElse(""));
                }
            }
        }
        if (!places.isEmpty()) {
            lines.add("");
            lines.addAll(places);
        }
    }

    /** The assertion that failed: the step is called after the statement before it if both were one step. */
    private String assertion() {
        return last().source().startsWith("BUG_ON")
                ? last().source()
                : last().after().failed(last().cpu());
    }

    private void statement(String source) {
        lines.add(INDENT + source);
        memory();
        List<String> named = new ArrayList<>();
        for (Shared variable : trace.last().variables()) {
            if (source.contains(variable.name())) {
                named.add(variable.name());
            }
        }
        histories(named);
    }

    private void memory() {
        lines.add("");
        for (Patch patch : trace.last().patches()) {
            lines.add(INDENT + patch.site().name() + " = " + patch.memory() + "   "
                    + CodeBytes.disassembly(patch.site(), patch.memory()));
        }
    }

    private void lastStores() {
        memory();
        lines.add("");
        for (Patch patch : trace.last().patches()) {
            String site = patch.site().name();
            Optional<TraceStep> last = trace.steps().stream()
                    .filter(step -> step.changes(StateChange.Kind.TEXT).stream()
                            .anyMatch(change -> change.what().equals(site)))
                    .reduce((before, after) -> after);
            lines.add(INDENT
                    + last.map(step -> site + " changed last in step " + step.number() + ": " + step.action())
                            .orElse("no step has changed " + site));
        }
    }

    private void variables() {
        List<Shared> variables = trace.last().variables();
        int width = variables.stream().mapToInt(v -> v.name().length()).max().orElse(0);
        for (Shared variable : variables) {
            String dead = variable.alive() ? "" : "   (the object is dead)";
            String written = History.lastWrite(trace, variable.name());
            lines.add(INDENT + variable.name()
                    + " ".repeat(width - variable.name().length()) + " = " + variable.text()
                    + (written.isEmpty() ? "" : "   (" + written + ")") + dead);
        }
    }

    /** How some variables came to their values. */
    private void histories(List<String> names) {
        for (String name : names.stream().distinct().toList()) {
            List<String> writes = History.writes(trace, name);
            if (!writes.isEmpty()) {
                lines.add("");
                lines.add(INDENT + "how " + name + " came to be " + History.value(trace, name) + ":");
                writes.forEach(line -> lines.add(INDENT + INDENT + line));
            }
        }
    }
}
