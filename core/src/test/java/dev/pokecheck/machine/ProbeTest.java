// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Probes: versions of a site whose first byte is INT3, on purpose and for long. */
class ProbeTest {
    private static Site site(String spec) {
        return SiteSpec.parse(spec).place(0);
    }

    @Test
    void aProbeKeepsTheBytesBehindItsFirst() {
        Site site = site("call->probe");
        assertTrue(site.isProbe(1));
        assertFalse(site.isProbe(0));
        assertEquals((byte) 0xcc, site.at(1, 0));
        for (int i = 1; i < 5; i++) {
            assertEquals(site.at(0, i), site.at(1, i));
            assertFalse(site.isBoundary(1, i), "inside the displaced instruction");
        }
        assertEquals(site.instruction(0, 0), site.emulated(1));
    }

    @Test
    void whatStandsBehindTheDisplacedInstructionStays() {
        Site site = site("900f1f4000->probe");
        assertTrue(site.isBoundary(1, 1));
        assertFalse(site.isBoundary(1, 2));
        assertTrue(site("nop1->int3").isProbe(1), "a site of one byte");
        assertFalse(site("nop5->int3").isProbe(1), "other bytes behind it");
    }

    @Test
    void aSiteCannotBeginWithOne() {
        assertTrue(assertThrows(IllegalArgumentException.class, () -> SiteSpec.parse("probe->nop5"))
                .getMessage()
                .contains("nop5->probe"));
    }

    /** CPU 0 arms and says so; CPU 1 executes the site after that. */
    private static Protocol.Definition armed(boolean syncs, int emulated) {
        return b -> {
            Site site = b.sites().get(0);
            b.patcher(r -> {
                r.patchBegin("begin", site, 1);
                r.textPoke("arm", site, 0, site.at(1, 0));
                if (syncs) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> r.execute("exec", site));
            b.breakpoint(r -> r.emulate("single_step", site, emulated, true));
        };
    }

    private static Set<Incident> incidents(Protocol.Definition definition) {
        Outcomes outcomes = Litmus.sites("call->probe").with(b -> b.cpus(2)).run(definition);
        assertTrue(outcomes.met(Reached.BREAKPOINT) && outcomes.met(Reached.NEW_CODE));
        return outcomes.incidents();
    }

    @Test
    void whoMissesAnArmedProbeIsStale() {
        assertEquals(Set.of(Incident.STALE), incidents(armed(false, 1)));
        assertEquals(Set.of(), incidents(armed(true, 1)));
    }

    @Pins("machine.probe")
    @Test
    void emulatingTheProbeIsEmulatingWhatItDisplaces() {
        // Both go on behind the CALL; but who executes the old version has missed the probe.
        assertEquals(Set.of(), incidents(armed(true, 1)));
        Outcomes old = Litmus.sites("call->probe").with(b -> b.cpus(2)).run(armed(true, 0));
        assertEquals(Set.of(Incident.STALE), old.incidents());
    }

    /** An optimised probe goes back to a probe: INT3 over the JMP, then the old tail, before or after the site is executed. */
    private static Protocol.Definition unoptimized(boolean tailFirst) {
        return b -> {
            Site site = b.sites().get(0);
            b.patcher(r -> {
                r.patchBegin("begin2", site, 2);
                r.textPoke("jmp", site, 0, site.bytes(2));
                r.patchEnd("end2", site, 2);
                r.patchBegin("begin3", site, 3);
                r.textPoke("int3", site, 0, site.at(3, 0));
                if (!tailFirst) {
                    r.serialize("sync", Sync.IRET);
                    r.execute("exec", site);
                }
                r.textPoke("tail", site, 1, Arrays.copyOfRange(site.bytes(3), 1, 5));
                if (tailFirst) {
                    r.serialize("sync", Sync.IRET);
                    r.execute("exec", site);
                }
                r.patchEnd("end3", site, 3);
            });
            b.breakpoint(r -> r.emulate("single_step", site, 1, true));
        };
    }

    private static Set<Incident> unoptimizedOn(String sites, boolean tailFirst) {
        return Litmus.sites(sites)
                .with(b -> b.cpus(1))
                .run(unoptimized(tailFirst))
                .incidents();
    }

    @Pins("machine.sent-on")
    @Test
    void goingOnBehindWhatAProbeDisplacedNeedsItsBytes() {
        String several = "900f1f4000->probe->jmp32->cc0f1f4000";
        assertEquals(Set.of(Incident.MID_INSTRUCTION), unoptimizedOn(several, false));
        assertEquals(Set.of(), unoptimizedOn(several, true));
    }

    @Pins("machine.sent-on")
    @Test
    void butNotIfItDisplacedTheWholeSite() {
        assertEquals(Set.of(), unoptimizedOn("nop5->probe->jmp32->cc1f440000", false));
    }
}
