// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.property.Incident;
import dev.pokecheck.trace.FetchedCode;
import dev.pokecheck.trace.StateChange;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.TraceStep;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An interleaving as flows of SARIF, one for each CPU that does something; the numbers of the steps tell the order between them. */
final class SarifFlows {
    private final Trace trace;
    private final SarifPlace place;

    SarifFlows(Trace trace, SarifPlace place) {
        this.trace = trace;
        this.place = place;
    }

    List<Map<String, @Nullable Object>> all() {
        List<Map<String, @Nullable Object>> flows = new ArrayList<>();
        for (int cpu = 0; cpu < trace.start().cpus().size(); cpu++) {
            int number = cpu;
            List<TraceStep> steps =
                    trace.steps().stream().filter(step -> step.cpu() == number).toList();
            if (!steps.isEmpty()) {
                flows.add(flow(cpu, steps));
            }
        }
        return flows;
    }

    private Map<String, @Nullable Object> flow(int cpu, List<TraceStep> steps) {
        Map<String, @Nullable Object> flow = new LinkedHashMap<>();
        flow.put("id", "cpu" + cpu);
        flow.put("message", Sarif.text("cpu" + cpu));
        if (cpu == first()) {
            flow.put(
                    "initialState", state(trace.start().patches(), trace.start().variables()));
        }
        flow.put("locations", steps.stream().map(this::location).toList());
        return flow;
    }

    private int first() {
        return trace.steps().get(0).cpu();
    }

    private Map<String, @Nullable Object> location(TraceStep step) {
        Map<String, @Nullable Object> where = place.of(step);
        where.put("message", Sarif.text(words(step)));
        Map<String, @Nullable Object> location = new LinkedHashMap<>();
        location.put("location", where);
        Map<String, @Nullable Object> state = changed(step);
        if (!state.isEmpty()) {
            location.put("state", state);
        }
        location.put("nestingLevel", step.contexts().size() - 1);
        location.put("executionOrder", step.number());
        location.put("importance", step.incidents().isEmpty() ? "important" : "essential");
        return location;
    }

    /** What the step does, and what came of it. */
    private static String words(TraceStep step) {
        List<String> words = new ArrayList<>();
        words.add(step.source().replaceFirst(";$", "") + (step.outcome().isEmpty() ? "" : " \u2192 " + step.outcome()));
        step.fetched().ifPresent(code -> words.add(fetched(code)));
        for (StateChange change : step.changes()) {
            if (change.kind() != StateChange.Kind.PLACE) {
                words.add(change.text());
            }
        }
        for (Incident incident : step.incidents()) {
            words.add(incident.text());
        }
        return String.join("; ", words);
    }

    private static String fetched(FetchedCode code) {
        return "fetched " + code.bytes() + " (" + code.disassembly() + "): " + code.verdict()
                + (code.isStale() ? ", memory holds " + code.memory() : "");
    }

    /** Of sites and variables, those whose value is another than before. */
    private static Map<String, @Nullable Object> changed(TraceStep step) {
        Map<String, @Nullable Object> before =
                state(step.before().patches(), step.before().variables());
        Map<String, @Nullable Object> after =
                state(step.after().patches(), step.after().variables());
        after.entrySet().removeAll(before.entrySet());
        return after;
    }

    private static Map<String, @Nullable Object> state(List<Patch> patches, List<Shared> variables) {
        Map<String, @Nullable Object> state = new LinkedHashMap<>();
        patches.forEach(patch -> state.put(patch.site().name(), Sarif.text(patch.memory())));
        variables.forEach(variable -> state.put(variable.name(), Sarif.text(variable.text())));
        return state;
    }
}
