// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Executions that enter a site behind its first byte. */
class EntriesTest {
    /** A jump over a NOP, to which another leads from elsewhere; a jump that lies over both. */
    private static final String OVER_BOTH = "eb030f1f00->jmp32";
    /** Two NOPs; in their place a short jump with three NOPs behind it. */
    private static final String BEHIND = "66900f1f00->eb3e909090";

    private static Litmus litmus(String site) {
        return Litmus.sites(site).with(b -> b.split(StoreSplit.WORD).chunk(64));
    }

    @Pins("machine.entry")
    @Test
    void whoEntersInsideAnInstructionOfTheVersionThatIsThereIsLost() {
        Outcomes outcomes = litmus(OVER_BOTH + "+2").run("x=1; poke", "exec-at 2");
        assertEquals(Set.of(Incident.TORN), outcomes.incidents());
        assertEquals(
                Set.of(Incident.MID_INSTRUCTION),
                litmus(OVER_BOTH + "+2").run(patch(true)).incidents());
        assertEquals(Set.of(), litmus(OVER_BOTH + "+2").run("x=1; poke", "exec").incidents());
    }

    /** A whole patch call; the other CPU enters at +2. */
    private static Protocol.Definition patch(boolean synchronises) {
        return b -> {
            Site site = b.sites().get(0);
            Shared done = b.shared("done", 0, 0, 1);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textStore("poke", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
                r.store("done", done, Expr.of(1));
            });
            b.thread(1, r -> {
                r.await("wait", done.value().eq(1));
                if (synchronises) {
                    r.serialize("sync", Sync.CPUID);
                }
                r.execute("enter", site, 2);
            });
        };
    }

    @Pins("machine.entry")
    @Pins("text.entries")
    @Test
    void anExecutionFromAnEntryIsHeldAgainstTheSameVersions() {
        Litmus coherent = litmus(BEHIND + "+2").with(b -> b.fetch(FetchModel.COHERENT));
        Outcomes outcomes = coherent.run("x=1; poke", "exec-at 2");
        assertEquals(Set.of(), outcomes.incidents());
        assertTrue(
                outcomes.names().contains("cpu1 fetch site0+2 [0f 1f 00]"),
                outcomes.names().toString());
        assertTrue(
                outcomes.names().contains("cpu1 fetch site0+4 [90]"),
                outcomes.names().toString());
        // In pieces, what is between the two is seen.
        assertTrue(coherent.with(b -> b.split(StoreSplit.BYTE))
                .run("x=1; poke", "exec-at 2")
                .incidents()
                .contains(Incident.TORN));
        assertTrue(litmus(BEHIND + "+2").run(patch(false)).incidents().contains(Incident.STALE));
        assertEquals(Set.of(), litmus(BEHIND + "+2").run(patch(true)).incidents());
    }

    /** What stands behind a jump is code where somebody enters it, and data elsewhere. */
    @Pins("text.entries")
    @ParameterizedTest
    @CsvSource({"+2, true, false", "+3, false, true", "'', false, false", "+2+3, true, true"})
    void entriesMakeInstructions(String entries, boolean second, boolean third) {
        Site site = SiteSpec.parse("66906690->eb3e9090" + entries).place(0);
        assertEquals(second, site.isBoundary(1, 2));
        assertEquals(second || third, site.isBoundary(1, 3));
    }

    @Pins("text.entries")
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nop5->jmp32+2|site0: no version has an instruction at the entry +2; an execution can enter where one begins",
                "nop5->jmp32+5|site0: there is no entry +5; the site has the bytes 0..4",
                "nop5->jmp32+x|site \"nop5->jmp32+x\": the entry \"x\" is no offset; write +k, as in 66906690->jmp8+2"
            })
    void whatIsNoEntryIsRefused(String spec, String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> SiteSpec.parse(spec))
                        .getMessage());
    }

    @Pins("protocol.exists")
    @Test
    void aStatementEntersWhereThereIsAnEntry() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class, () -> litmus(BEHIND).run("exec-at 2"));
        assertEquals(
                "thread0: s0 enters site0 at +2, which is no entry of it; declare it with the site, as in 66906690->jmp8+2",
                refused.getMessage());
    }

    @Test
    void entriesStayWhereASiteIsMoved() {
        assertEquals(BEHIND + "+2@7", SiteSpec.parse(BEHIND + "+2").at(7).text());
    }

    /** A breakpoint holds off who comes from the front; who jumps behind it meets what the patcher has just written. */
    @Pins("machine.entry")
    @ParameterizedTest
    @ValueSource(strings = {"text_poke_bp_batch", "smp_text_poke_batch", "stop_machine"})
    void aBreakpointDoesNotHoldOffWhoEntersBehindIt(String protocol) {
        assertEquals(Verdict.HOLDS, checked(protocol, OVER_BOTH));
        Verdict entered = checked(protocol, OVER_BOTH + "+2");
        assertTrue(entered.incidents().contains(Incident.MID_INSTRUCTION), entered.toString());
    }

    private static Verdict checked(String protocol, String site) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site)));
        return Verdict.of(
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting())));
    }
}
