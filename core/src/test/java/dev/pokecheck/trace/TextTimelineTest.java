// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.DataModel;
import java.io.IOException;
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

    @ParameterizedTest
    @ValueSource(ints = {2, 3})
    void fitsOnAPage(int cpus) {
        String text = TextTimeline.of(Counterexamples.trace("text_poke_late@rfc19", scenario -> scenario.cpus(cpus)));
        text.lines().forEach(line -> assertTrue(line.length() <= 120, line));
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
        assertTrue(TextTimeline.of(trace).endsWith("\nNOT COMPLETE AFTER 0 STEPS\n"));
    }
}
