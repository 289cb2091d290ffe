// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.insn.Printer;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.CListing;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Site;
import dev.pokecheck.trace.FetchedCode;
import dev.pokecheck.trace.StateChange;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.TraceStep;
import dev.pokecheck.trace.VersionText;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Cpu;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import dev.pokecheck.view.StateView.Wait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A trace as plain values, for a page that shows it: what each step does, and the state before the first and behind each step. */
final class TimelineData {
    private static final int NOBODY = -1;

    private final Trace trace;
    private final List<CListing.Line> listing;
    /** For each site and byte, the step that wrote it last; 0 at the start. */
    private final List<int[]> writers = new ArrayList<>();
    /** The variables that some step changes, or whose objects begin or end to live: what the others are, is said once. */
    private final Set<String> changing = new LinkedHashSet<>();

    TimelineData(Trace trace, Protocol protocol) {
        this.trace = trace;
        listing = CListing.of(protocol);
        for (TraceStep step : trace.steps()) {
            Set<Object> before = new LinkedHashSet<>(step.before().variables().stream()
                    .map(TimelineData::variable)
                    .toList());
            step.after().variables().stream()
                    .filter(variable -> !before.contains(variable(variable)))
                    .forEach(variable -> changing.add(variable.name()));
        }
        trace.start()
                .patches()
                .forEach(patch -> writers.add(new int[patch.site().length()]));
    }

    Map<String, @Nullable Object> values() {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("cpus", trace.start().cpus().size());
        values.put(
                "sites",
                trace.start().patches().stream()
                        .map(patch -> site(patch.site()))
                        .toList());
        values.put("source", listing.stream().map(TimelineData::line).toList());
        List<Object> steps = new ArrayList<>();
        List<Object> states = new ArrayList<>();
        states.add(state(trace.start()));
        for (TraceStep step : trace.steps()) {
            note(step);
            steps.add(step(step));
            states.add(state(step.after()));
        }
        values.put("steps", steps);
        values.put("states", states);
        values.put(
                "constants",
                trace.start().variables().stream()
                        .filter(variable -> !changing.contains(variable.name()))
                        .map(TimelineData::variable)
                        .toList());
        values.put("end", trace.end().name());
        values.put("waits", trace.waits());
        values.put("loop", trace.loop().isPresent() ? trace.loop().getAsInt() : null);
        return values;
    }

    private static Map<String, @Nullable Object> site(Site site) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("name", site.name());
        values.put("address", "0x" + Long.toHexString(site.address()));
        values.put(
                "versions",
                IntStream.range(0, site.versions())
                        .mapToObj(v -> List.of(Printer.hex(site.bytes(v)), VersionText.of(site, v)))
                        .toList());
        return values;
    }

    private static List<Object> line(CListing.Line line) {
        return List.of(line.label(), line.depth(), line.text());
    }

    /** The line of a context's next step; -1 if the listing has none for it. */
    private int lineOf(Context context) {
        String label = context.label();
        int best = NOBODY;
        for (int i = 0; i < listing.size() && !label.isEmpty(); i++) {
            CListing.Line line = listing.get(i);
            if (line.routine().equals(context.routine()) && !line.label().isEmpty()) {
                if (line.label().equals(label)) {
                    return i;
                }
                // The second step of a statement that is two has a label that goes on behind the statement's.
                if (label.startsWith(line.label() + ".")
                        && (best < 0
                                || line.label().length()
                                        > listing.get(best).label().length())) {
                    best = i;
                }
            }
        }
        return best;
    }

    private void note(TraceStep step) {
        for (int s = 0; s < writers.size(); s++) {
            String[] old = step.before().patches().get(s).memory().split(" ", -1);
            String[] now = step.after().patches().get(s).memory().split(" ", -1);
            for (int i = 0; i < now.length; i++) {
                if (!old[i].equals(now[i])) {
                    writers.get(s)[i] = step.number();
                }
            }
        }
    }

    private Map<String, @Nullable Object> step(TraceStep step) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("cpu", step.cpu());
        values.put("action", step.action());
        values.put(
                "contexts",
                step.contexts().stream().map(context -> context.kind().text()).toList());
        values.put("functions", step.context().functions());
        values.put("line", lineOf(step.context()));
        values.put("text", step.source());
        values.put("place", step.origin().map(Origin::place).orElse(""));
        // Where Java records a protocol, its statement in the words of C is the text already.
        values.put(
                "line_text",
                step.origin().filter(Origin::isForReaders).map(Origin::text).orElse(""));
        // What a statement found is told by what it changed, if it changed anything.
        values.put("outcome", step.changes(StateChange.Kind.VARIABLE).isEmpty() ? step.outcome() : "");
        values.put("piece", step.piece());
        values.put("fetched", step.fetched().map(TimelineData::fetched).orElse(null));
        values.put(
                "changes",
                step.changes().stream()
                        .filter(change -> isWorthALine(step, change))
                        .map(change ->
                                change.isOf(step.cpu()) ? change.text() : "cpu" + change.cpu() + ": " + change.text())
                        .toList());
        values.put("written", written(step));
        values.put("incidents", step.incidents().stream().map(Incident::text).toList());
        values.put("turn", step.turn().text());
        values.put("from", step.turn().from());
        return values;
    }

    private static boolean isWorthALine(TraceStep step, StateChange change) {
        return switch (change.kind()) {
            case PLACE, TEXT -> false;
            // The step itself says so.
            case CONTEXT -> step.kind() != ActionKind.STOP;
            case VARIABLE, OBJECT, PATCH, STORE_BUFFER, FLAG, SERIALIZED -> true;
        };
    }

    /** The sites whose bytes in memory changed. */
    private static List<Integer> written(TraceStep step) {
        return IntStream.range(0, step.after().patches().size())
                .filter(s -> !step.before()
                        .patches()
                        .get(s)
                        .memory()
                        .equals(step.after().patches().get(s).memory()))
                .boxed()
                .toList();
    }

    private static Map<String, @Nullable Object> fetched(FetchedCode code) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put("site", code.site().index());
        values.put("offset", code.offset());
        values.put("bytes", code.bytes());
        values.put("asm", code.disassembly());
        values.put("verdict", code.verdict());
        values.put("stale", code.isStale());
        values.put("torn", code.isTorn());
        return values;
    }

    private Map<String, @Nullable Object> state(StateView view) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        List<Object> sites = new ArrayList<>();
        for (int s = 0; s < writers.size(); s++) {
            Patch patch = view.patches().get(s);
            int site = s;
            Map<String, @Nullable Object> of = new LinkedHashMap<>();
            of.put("memory", patch.memory());
            of.put("writers", IntStream.of(writers.get(s)).boxed().toList());
            of.put("begun", patch.begun());
            of.put("returned", patch.returned());
            of.put(
                    "seen",
                    view.cpus().stream().map(cpu -> cpu.fetchable().get(site)).toList());
            sites.add(of);
        }
        values.put("sites", sites);
        values.put(
                "variables",
                view.variables().stream()
                        .filter(variable -> changing.contains(variable.name()))
                        .map(TimelineData::variable)
                        .toList());
        values.put(
                "cpus",
                view.cpus().stream()
                        .map(cpu -> cpu(cpu, view.waiting(cpu.number())))
                        .toList());
        return values;
    }

    private static List<Object> variable(Shared variable) {
        return List.of(variable.name(), variable.text(), variable.alive());
    }

    private Map<String, @Nullable Object> cpu(Cpu cpu, Wait wait) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        values.put(
                "contexts",
                cpu.contexts().stream()
                        .map(context -> List.<Object>of(
                                context.kind().text(), context.routine(), context.label(), lineOf(context)))
                        .toList());
        values.put("if", cpu.interruptFlag());
        values.put("stores", cpu.stores());
        values.put("until", wait.until());
        values.put("now", wait.now());
        values.put(
                "helpers",
                wait.isBlocked()
                        ? wait.helpers().stream()
                                .map(StateView.Helper::cpu)
                                .distinct()
                                .toList()
                        : List.of());
        values.put("blocked", wait.isBlocked());
        return values;
    }
}
