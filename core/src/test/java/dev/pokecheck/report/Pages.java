// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.trace.Trace;
import dev.pokecheck.trace.Tracer;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** The pages that are tried: a torn instruction, a deadlock of three CPUs, a run that passes. */
@SuppressWarnings("ImmutableEnumChecker") // Traces and machines are not declared immutable; nobody changes these.
enum Pages {
    TORN("naive", "nop5->jmp32", b -> b),
    DEADLOCK(
            "text_poke_late@repaired",
            "pvcall->unlock",
            b -> b.cpus(3).thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.LOCK)),
    PASSING("text_poke_bp_batch", "nop5->call", b -> b);

    private final Trace trace;
    private final Machine machine;
    private final String sentence;

    Pages(String protocol, String site, UnaryOperator<ScenarioBuilder> change) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site))).with(change);
        machine = new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        if (name().equals("PASSING")) {
            trace = Tracer.run(machine, toTheEnd(machine));
            sentence = "HOLDS of this schedule";
        } else {
            Verdict verdict = Check.search(machine, CheckOptions.defaults());
            trace = Tracer.run(
                    machine, verdict.violation().orElseThrow().finding().schedule());
            sentence = verdict.sentence();
        }
    }

    /** The CPU that can move goes on, until all is done; the first of them first. */
    private static int[] toTheEnd(Machine machine) {
        int[] schedule = new int[1000];
        int length = 0;
        long[] state = new long[machine.words()];
        ActionList enabled = new ActionList();
        machine.initial(state);
        while (!machine.complete(state)) {
            machine.enabled(state, enabled);
            schedule[length] = enabled.get(length % 7 == 3 ? enabled.size() - 1 : 0);
            machine.apply(state, schedule[length++]);
        }
        return Arrays.copyOf(schedule, length);
    }

    int cpus() {
        return machine.agents();
    }

    int steps() {
        return trace.steps().size();
    }

    Trace trace() {
        return trace;
    }

    String html() {
        return html("");
    }

    String html(String note) {
        return HtmlTimeline.of(
                trace,
                machine.protocol(),
                new HtmlTimeline.About(
                        machine.protocol().name(),
                        sentence,
                        List.of(List.of("fetch", machine.scenario().fetch().text())),
                        trace.waits(),
                        List.of(note),
                        "java -jar pokecheck.jar replay FILE.poke"));
    }
}
