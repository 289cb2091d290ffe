// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incident;
import dev.pokecheck.schedule.ActionNames;
import dev.pokecheck.trace.StateChange.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

final class TracerTest {
    private static TraceStep step(Trace trace, int number) {
        return trace.steps().get(number - 1);
    }

    @Test
    void stepsHaveTheNamesOfTheSchedule() {
        Machine machine = Counterexamples.machine("text_poke_bp_batch@no-sync3", scenario -> scenario);
        int[] schedule = Counterexamples.schedule(machine);
        Trace trace = Tracer.run(machine, schedule);
        assertEquals(
                ActionNames.of(machine, schedule),
                trace.steps().stream().map(TraceStep::action).toList());
        for (int i = 0; i < schedule.length; i++) {
            assertEquals(i + 1, trace.steps().get(i).number());
        }
    }

    @Test
    void aTraceSaysWhatWasExecutedAndFromWhere() {
        Trace trace = Counterexamples.trace("naive");
        TraceStep last = step(trace, 3);
        FetchedCode code = last.fetched().orElseThrow();
        assertEquals("e9 1f 44 00 00", code.bytes());
        assertTrue(code.isTorn());
        assertEquals(List.of(Incident.TORN), last.incidents());
        assertEquals(Trace.End.INCIDENT, trace.end());
        assertEquals(
                List.of(new StateChange(Kind.TEXT, -1, "site0", "0f 1f 44 00 00", "e9 1f 44 00 00")),
                step(trace, 2).changes());
    }

    @Test
    void aTraceFollowsContexts() {
        Trace trace = Counterexamples.trace("text_poke_bp_batch@no-sync3");
        TraceStep hit = step(trace, 38);
        assertEquals("site0+1", hit.changes(Kind.CONTEXT).get(0).now());
        assertTrue(hit.fetched().orElseThrow().breakpoint());
        assertTrue(hit.fetched().orElseThrow().isStale());
        assertEquals("cpu1.bp", step(trace, 39).before().cpus().get(1).name());
        assertEquals("was 0", step(trace, 39).outcome());
    }

    @Test
    void aSwitchHasAReason() {
        Trace trace = Counterexamples.trace("text_poke_late@rfc18");
        assertEquals(Turn.Kind.FIRST, step(trace, 1).turn().kind());
        assertEquals(Turn.Kind.SAME, step(trace, 2).turn().kind());
        assertTrue(trace.steps().stream()
                .anyMatch(s -> s.turn().kind() == Turn.Kind.BLOCKED
                        && s.turn().text().equals("cpu0 waits until every CPU is in stop_machine")));
        assertTrue(trace.steps().stream().anyMatch(s -> s.turn().kind() == Turn.Kind.FREE));
        assertEquals(Trace.End.DEADLOCK, trace.end());
        assertEquals(3, trace.waits().size());
    }

    @Test
    void mergedStepsAreShownOneByOne() {
        Machine machine = Counterexamples.machine("text_poke_late@rfc18", scenario -> scenario.reduce(true));
        int[] schedule = Counterexamples.schedule(machine);
        Trace trace = Tracer.run(machine, schedule);
        assertEquals(machine.expand(schedule).length, trace.steps().size());
        assertEquals(Trace.End.DEADLOCK, trace.end());
    }

    @Test
    void aScheduleThatDoesNotFitIsRefused() {
        Machine machine = Counterexamples.machine("naive", scenario -> scenario);
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> Tracer.run(machine, new int[] {-1}));
        assertTrue(e.getMessage().startsWith("step 1: action -1 is not enabled"), e.getMessage());
        assertTrue(e.getMessage().contains("cpu0 patch1.site0"), e.getMessage());
    }
}
