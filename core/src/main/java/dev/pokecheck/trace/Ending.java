// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.property.Evidence;
import dev.pokecheck.property.Incident;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

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
        String steps = trace.steps().size() + " steps";
        return switch (trace.end()) {
            case INCIDENT ->
                String.join(
                                ", ",
                                trace.incidents().stream().map(Incident::title).toList()) + " in step "
                        + trace.steps().size();
            case DEADLOCK -> "deadlock after " + steps;
            case LIVELOCK -> "livelock: " + loop(trace) + " for ever";
            case COMPLETE -> "complete after " + steps;
            case OPEN -> "not complete after " + steps;
        };
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
            lines.add(incident.text() + (trace.steps().isEmpty() ? "" : ": " + last().action()));
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
            case MEMORY -> this::memory;
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
        TraceStep hit = null;
        for (TraceStep step : trace.steps()) {
            boolean breakpoint = step.fetched().filter(FetchedCode::breakpoint).isPresent();
            hit = breakpoint && step.cpu() == last().cpu() ? step : hit;
        }
        if (hit != null) {
            FetchedCode code = hit.fetched().orElseThrow();
            lines.add("");
            lines.add(INDENT + "the breakpoint of step " + hit.number() + ":");
            lines.addAll(new FetchedBytes(trace, hit, code).times());
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
