// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.Exhibit;
import dev.pokecheck.catalog.FittingSites;
import dev.pokecheck.catalog.Museum;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Walk;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a run does, it can be told, on a page, with every step in its place. */
final class AnyTraceTest {
    private static final int RUNS = 12;

    private static ScenarioBuilder busy(ScenarioBuilder scenario, int run) {
        return scenario.cpus(2 + run % 2)
                .data(run % 3 == 0 ? DataModel.SC : DataModel.TSO)
                .nmi(run % 4 == 0 ? NmiModel.HARDWARE : NmiModel.LATCHED)
                .nmiWork(run % 5 == 0 ? InterruptWork.LOCK : InterruptWork.SITE)
                .reduce(run % 2 == 0)
                .nmis(1)
                .irqs(1)
                .mcs(run % 2);
    }

    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#ofEachName")
    void canBeTold(String protocol) {
        for (int run = 0; run < RUNS; run++) {
            int number = run;
            List<SiteSpec> sites = List.of(SiteSpec.parse("nop5->call"), SiteSpec.parse("nop5->jmp32"));
            Scenario scenario = FittingSites.in(protocol, Scenario.of(sites).with(s -> busy(s, number)));
            Machine machine =
                    new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
            RecordingScheduler scheduler = new RecordingScheduler(new RandomScheduler(1));
            Walk walk = new Walk(machine, Walk.Limits.steps(150));
            walk.run(scheduler, run);
            Trace trace = Tracer.run(machine, scheduler.actions());
            assertEquals(walk.incidents() != 0, trace.end() == Trace.End.INCIDENT);
            String text = TextTimeline.of(trace);
            text.lines().forEach(line -> assertTrue(line.length() <= TextTimeline.WIDTH, line));
        }
    }

    @Tag("full")
    @ParameterizedTest
    @MethodSource("dev.pokecheck.catalog.Representatives#others")
    void soCanThoseOfAllOthers(String protocol) {
        canBeTold(protocol);
    }

    static Stream<Exhibit> exhibits() {
        return Museum.all().stream();
    }

    @ParameterizedTest
    @MethodSource("exhibits")
    void whatWentWrongCanBeTold(Exhibit exhibit) {
        Scenario scenario = ScenarioText.parse(exhibit.scenario()).with(s -> s.reduce(true));
        Machine machine = new Machine(
                scenario, Catalog.find(exhibit.broken()).orElseThrow().record(scenario.setting()));
        int[] schedule = machine.expand(Counterexamples.schedule(machine));
        Trace trace = Tracer.run(machine.unreduced(), schedule);
        assertNotEquals(Trace.End.OPEN, trace.end());
        TextTimeline.of(trace).lines().forEach(line -> assertTrue(line.length() <= TextTimeline.WIDTH, line));
    }
}
