// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.search.StuckState;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Shortcuts;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SmallTables;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import dev.pokecheck.text.TableFullException;
import dev.pokecheck.trace.TextTimeline;
import dev.pokecheck.trace.Tracer;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where candidates, searches and smaller scenarios have no room in the tables, the result is less small, and there is one. */
class TableFullTest {
    /** Enough for all that these scenarios meet. */
    private static final int ALL = 1 << 12;

    private static Scenario scenario(String text) {
        return ScenarioText.parse(text).with(b -> b.watch(Level.REGULAR.watch()));
    }

    /** The steps of a violation that a random run has found. */
    private static List<String> found(CatalogEntry entry, Scenario scenario, Property property) {
        Machine machine = new Machine(scenario, entry.record(scenario.setting()));
        CheckOptions options = CheckOptions.defaults().require(Level.REGULAR);
        for (int seed = 1; ; seed++) {
            int[] schedule = Check.sample(machine, options, new RandomScheduler(seed), "", 1000, 500)
                    .violation()
                    .filter(it -> it.property() == property)
                    .map(it -> it.finding().schedule())
                    .orElse(new int[0]);
            if (schedule.length > 0) {
                return ActionNames.of(machine, schedule);
            }
        }
    }

    /** Minimises on machines with so much room; empty if the schedule itself needs more. */
    private static Optional<Minimized> minimized(
            Function<Scenario, Machine> machines, Scenario scenario, Property property, List<String> steps) {
        Machine machine = machines.apply(scenario).unreduced();
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, steps));
        try {
            new Walk(machine, new Walk.Limits(0, steps.size(), true)).run(replay, 0);
        } catch (TableFullException e) {
            return Optional.empty();
        }
        return Minimizer.of(machines)
                .shortener(Shortcuts.quick()::shorten)
                .stuck(StuckState::isStuck)
                .minimize(machine, replay.actions(), property);
    }

    @Pins("minimize.full-table")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "naive | torn | true | cpus=2 site0=nop5->jmp32@62 nmi=1 nmi-work=site fetch=stale-insn chunk=8",
                "naive | torn | true | cpus=3 site0=nop5->jmp32->nop5@63 fetch=stale-tail chunk=8 fetch-coherent=yes data=tso",
                "ftrace_modify_all_code@direct | torn | false |"
                        + " cpus=2 site0=nop5->jmp32->nop5@63 thread=none irq=1 fetch=stale-tail chunk=8 fetch-coherent=yes"
            })
    void thereIsAlwaysAResult(String protocol, String property, boolean isFelt, String text) {
        CatalogEntry entry = Catalog.find(protocol).orElseThrow();
        Scenario scenario = scenario(text);
        Property violated = List.of(Property.values()).stream()
                .filter(it -> it.text().equals(property))
                .findFirst()
                .orElseThrow();
        List<String> steps = found(entry, scenario, violated);
        Minimized best = minimized(
                        it -> SmallTables.histories(it, entry.record(it.setting()), ALL), scenario, violated, steps)
                .orElseThrow();
        int larger = 0;
        for (int histories = 2; histories < 26; histories++) {
            int most = histories;
            Optional<Minimized> result = minimized(
                    it -> SmallTables.histories(it, entry.record(it.setting()), most), scenario, violated, steps);
            result.ifPresent(it -> check(it, violated, steps));
            larger += result.filter(it -> it.after().steps() > best.after().steps()
                                    || !it.scenario().equals(best.scenario()))
                            .isPresent()
                    ? 1
                    : 0;
        }
        for (int fetches = 2; fetches < 20; fetches++) {
            int most = fetches;
            minimized(it -> SmallTables.fetches(it, entry.record(it.setting()), most), scenario, violated, steps)
                    .ifPresent(it -> check(it, violated, steps));
        }
        assertEquals(isFelt, larger > 0);
    }

    private static void check(Minimized result, Property violated, List<String> steps) {
        assertEquals(violated, result.symptom().property());
        assertTrue(result.steps().size() <= steps.size());
        CriticalSwap.of(result);
        TextTimeline.of(Tracer.run(result.machine(), result.schedule()));
    }
}
