// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.DeadEndPolicy;
import dev.pokecheck.explore.search.Finding;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an engineer reads: each of these is to be understood within a minute. */
final class TextTimelineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "naive",
                "text_poke_bp_batch@no-sync1",
                "text_poke_bp_batch@no-sync3",
                "text_poke_late@rfc17",
                "text_poke_late@rfc18",
                "text_poke_late@rfc19"
            })
    void isAsExpected(String protocol) throws IOException {
        Golden.check(protocol, TextTimeline.of(Counterexamples.trace(protocol)));
    }

    @Test
    void showsStoreBuffersAndThreeCpus() throws IOException {
        Trace trace = Counterexamples.trace(
                "text_poke_bp_batch@no-sync2", scenario -> scenario.cpus(3).data(DataModel.TSO));
        Golden.check("no-sync2-three-cpus-tso", TextTimeline.of(trace));
    }

    @Test
    void marksTheLoopOfALivelock() throws IOException {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("pvcall->unlock")))
                .with(s -> s.thread(ThreadWork.NONE).nmis(1).nmiWork(InterruptWork.LOCK));
        Machine machine = new Machine(
                scenario, Catalog.find("text_poke_late@rfc18").orElseThrow().record(scenario.setting()));
        SearchOptions options = SearchOptions.defaults()
                .pruneOn(Incidents.FATAL)
                .deadEnds(DeadEndPolicy.IGNORE)
                .livelock(true);
        Finding finding = Search.run(machine, options).findings().stream()
                .filter(found -> found.kind() == Finding.Kind.LIVELOCK)
                .findFirst()
                .orElseThrow();
        int from = finding.loop().orElseThrow().from();
        Golden.check("livelock", TextTimeline.of(Tracer.loop(machine, finding.schedule(), from)));
        assertThrows(IllegalArgumentException.class, () -> Tracer.loop(machine, finding.schedule(), from - 1));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 5, 8})
    void fitsOnAPage(int cpus) {
        // With many CPUs a search takes long; all that matters then is that there are many.
        String protocol = cpus > 3 ? "stop_machine@barrier" : "text_poke_late@rfc19";
        String text = TextTimeline.of(Counterexamples.trace(protocol, scenario -> scenario.cpus(cpus)));
        text.lines().forEach(line -> assertTrue(line.length() <= TextTimeline.WIDTH, line));
    }

    @Test
    void aReducedMachineTellsTheSameStory() {
        String full = TextTimeline.of(Counterexamples.trace("text_poke_bp_batch@no-sync3"));
        String reduced = TextTimeline.of(
                Counterexamples.trace("text_poke_bp_batch@no-sync3", scenario -> scenario.reduce(true)));
        assertEquals(ending(full), ending(reduced));
    }

    private static String ending(String text) {
        return text.substring(
                text.indexOf("no handler claimed a breakpoint: "), text.indexOf("the breakpoint of step"));
    }

    @Test
    void aRunThatIsDoneSaysSo() {
        Trace trace = Tracer.run(Counterexamples.machine("naive", scenario -> scenario), new int[0]);
        assertEquals(Trace.End.OPEN, trace.end());
        assertTrue(TextTimeline.of(trace).endsWith("\nNOT COMPLETE: NO STEP WAS MADE\n"));
    }
}
