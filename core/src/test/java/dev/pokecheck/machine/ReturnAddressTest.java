// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A thread is in the function that the site called while stop_machine patches the site. {@code ff 15 disp32} returns to +6, which is
 * the end of the site; {@code e8 rel32 90} returns to +5, which is inside the other.
 */
class ReturnAddressTest {
    private static final String DIRECT = "e80001000090";
    private static final Set<Incident> NOTHING = Set.of();

    /** All versions in turn, each under a stop_machine of its own in which everybody serializes. */
    private static Protocol.Definition patchUnderStopMachine(boolean preemptible) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                for (int v = 1; v < site.versions(); v++) {
                    int version = v;
                    r.patchBegin("begin" + v, site, v);
                    r.stopMachine(
                            "stop" + v,
                            () -> {
                                r.textPoke("poke" + version, site, 0, site.bytes(version));
                                r.serialize("cpuid" + version, Sync.CPUID);
                            },
                            b.routine("others" + v, other -> {}));
                    // The functions of the others run before the text is written: they serialize behind.
                    r.syncEachCpu("sync" + v, Sync.IRET);
                    r.patchEnd("end" + v, site, v);
                }
            });
            b.thread(1, r -> {
                if (!preemptible) {
                    r.preemptDisable("off");
                }
                r.execute("exec", site);
                if (!preemptible) {
                    r.preemptEnable("on");
                }
            });
        };
    }

    private static Outcomes patch(String versions, boolean preemptible, boolean mergeLocal) {
        return Litmus.sites(versions)
                .with(b -> b.mergeLocal(mergeLocal).fetch(FetchModel.COHERENT).split(StoreSplit.LINE))
                .fetches()
                .run(patchUnderStopMachine(preemptible));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReturnToTheEndOfTheSiteIsAlwaysRight(boolean mergeLocal) {
        Outcomes outcomes = patch("pvcall->" + DIRECT, true, mergeLocal);
        assertEquals(NOTHING, outcomes.incidents());
        assertEquals(Set.of("cpu1=old", "cpu1=new,new"), outcomes.finals());
    }

    @Pins("cpu.call-stack")
    @Pins("machine.call-returns")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aReturnInsideTheSiteIsNot(boolean mergeLocal) {
        Outcomes outcomes = patch(DIRECT + "->pvcall", true, mergeLocal);
        assertEquals(Set.of(Incident.MID_INSTRUCTION), outcomes.incidents());
        assertEquals(Set.of("cpu1=old,old", "cpu1=new"), outcomes.finals());
    }

    @Test
    void patchingThereAndBackIsNot() {
        Outcomes outcomes = patch("pvcall->" + DIRECT + "->pvcall", true, true);
        assertEquals(Set.of(Incident.MID_INSTRUCTION), outcomes.incidents());
        assertTrue(outcomes.finals().contains("cpu1=new,new"), outcomes.finals()::toString);
    }

    @Test
    void whileTheTextIsPatchedBackAndForthTheReturnFindsItsInstruction() {
        assertEquals(NOTHING, patch(DIRECT + "->" + DIRECT, true, true).incidents());
    }

    @Test
    void withoutPreemptionNobodyIsInTheFunction() {
        assertEquals(NOTHING, patch(DIRECT + "->pvcall", false, true).incidents());
        assertEquals(
                NOTHING, patch("pvcall->" + DIRECT + "->pvcall", false, true).incidents());
    }

    @Test
    void theSavedAddressBehindTheCallDoesNotMatterToAJump() {
        assertEquals(NOTHING, patch("e90001000090->pvcall", true, true).incidents());
    }
}
