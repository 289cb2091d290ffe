// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sites whose code, called or inlined, releases the lock of the NMI handlers. */
class CalledFunctionTest {
    private static Litmus locks(String site, DataModel data) {
        return Litmus.sites(site)
                .with(b -> b.nmis(1)
                        .nmiWork(InterruptWork.LOCK)
                        .data(data)
                        .bufferDepth(1)
                        .fetch(FetchModel.COHERENT)
                        .split(StoreSplit.WORD));
    }

    private static final Protocol.Definition IDLE = b -> {};

    @Pins("machine.called-function")
    @ParameterizedTest
    @EnumSource
    void aCalledUnlockReleasesTheLock(DataModel data) {
        Outcomes outcomes = locks("pvcall->unlock", data).run(IDLE);
        assertFalse(outcomes.deadlock());
        assertTrue(outcomes.names().stream().anyMatch(name -> name.startsWith("cpu1.nmi callee ")));
    }

    @ParameterizedTest
    @EnumSource
    void anInlinedUnlockReleasesTheLock(DataModel data) {
        Outcomes outcomes = locks("unlock->unlock", data).run(IDLE);
        assertFalse(outcomes.deadlock());
        assertTrue(outcomes.took("cpu1.nmi fetch site0 [c6 07 00]"), outcomes.names()::toString);
    }

    @ParameterizedTest
    @EnumSource
    void aSiteThatIsNoUnlockLiesInTheCriticalSection(DataModel data) {
        Outcomes outcomes = locks("nop1->nop1", data).run(IDLE);
        assertFalse(outcomes.deadlock());
        assertTrue(outcomes.took("cpu1.nmi spin_unlock"));
    }

    @Pins("data.room")
    @Test
    void anInlinedStoreWaitsForRoomInTheBuffer() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("unlock->unlock")))
                .with(b -> b.data(DataModel.TSO)
                        .bufferDepth(1)
                        .nmis(1)
                        .mcs(1)
                        .nmiWork(InterruptWork.LOCK)
                        .fetch(FetchModel.COHERENT)
                        .split(StoreSplit.WORD));
        assertDoesNotThrow(() -> Verdict.of(
                new Machine(scenario, Catalog.find("naive").orElseThrow().record(scenario.setting()))));
    }

    @Pins("cpu.serializing-waits")
    @Test
    void anIretWaitsForTheStoreOfItsHandler() {
        Litmus litmus = locks("unlock->unlock", DataModel.TSO).with(b -> b.cpus(1));
        Script script = new Script(litmus.machine(IDLE))
                .take("cpu0 nmi", "cpu0.nmi spin_lock", "cpu0.nmi fetch site0 [c6 07 00]");
        assertEquals(List.of("cpu0 drain lock=0"), script.enabled());
        Script lax = new Script(litmus.with(b -> b.profile(Profile.ARCHITECTURAL.without(Sync.IRET)))
                        .machine(IDLE))
                .take("cpu0 nmi", "cpu0.nmi spin_lock", "cpu0.nmi fetch site0 [c6 07 00]");
        assertEquals(List.of("cpu0 drain lock=0", "cpu0.nmi iret"), lax.enabled());
    }
}
