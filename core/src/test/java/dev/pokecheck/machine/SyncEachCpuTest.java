// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code sync*}: what it waits for and what it brings about. */
class SyncEachCpuTest {
    private static final Profile NO_IRET = Profile.ARCHITECTURAL.without(Sync.IRET);

    private static Litmus litmus() {
        return Litmus.sites("nop1->f4").with(b -> b.data(DataModel.TSO)).fetches();
    }

    @Pins("machine.sync")
    @Test
    void everyCpuHasSerializedWhenItIsDone() {
        assertEquals(
                Set.of("cpu1=new cpu2=new"),
                litmus().run("poke; sync iret; x=1", "wait x 1; exec", "wait x 1; exec")
                        .finals());
        assertTrue(litmus().run("poke; x=1", "wait x 1; exec", "wait x 1; exec")
                .finals()
                .contains("cpu1=old cpu2=new"));
    }

    @Test
    void synchronisingBeforeTheStoreIsOfNoUse() {
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                litmus().run("sync iret; poke; x=1", "wait x 1; exec").finals());
    }

    @Pins("machine.sync")
    @Test
    void theHandlerReturnsByIretWhateverItExecutes() {
        assertEquals(
                Set.of("cpu1=new"),
                litmus().run("poke; sync lfence; x=1", "wait x 1; exec").finals());
    }

    @Test
    void withoutASerializingIretTheInstructionCounts() {
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                litmus().with(b -> b.profile(NO_IRET))
                        .run("poke; sync lfence; x=1", "wait x 1; exec")
                        .finals());
        assertEquals(
                Set.of("cpu1=new"),
                litmus().with(b -> b.profile(NO_IRET))
                        .run("poke; sync cpuid; x=1", "wait x 1; exec")
                        .finals());
    }

    @Test
    void theSenderExecutesTheInstructionWithoutAnInterrupt() {
        assertEquals(Set.of("cpu0=new"), litmus().run("poke; sync iret; exec").finals());
        assertEquals(
                Set.of("cpu0=new", "cpu0=old"),
                litmus().run("poke; sync lfence; exec", "").finals());
    }

    @Pins("machine.sync-another-task")
    @Test
    void aReturnToAnotherTaskExecutesNoIret() {
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                litmus().run("poke; ipi none; x=1", "wait x 1; exec").finals());
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                litmus().run("poke; ipi mfence; x=1", "wait x 1; exec").finals());
        assertEquals(
                Set.of("cpu1=new"),
                litmus().run("poke; ipi cpuid; x=1", "wait x 1; exec").finals());
        assertEquals(
                Set.of("cpu1=new"),
                litmus().run("poke; sync none; x=1", "wait x 1; exec").finals());
    }

    @Pins("machine.sync-fence")
    @Test
    void theSendersStoresAreInMemoryBeforeItSends() {
        assertEquals(
                Set.of("1 1"),
                Litmus.data(DataModel.TSO)
                        .finals("x")
                        .run("x=1; sync iret; y=1", "wait y 1; r0=x")
                        .finals());
        assertFalse(litmus().run("poke; sync iret; r0=x", "x=1; mfence; exec")
                .finals()
                .contains("cpu1=old 0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"iret", "cpuid", "mfence", "lfence", "none"})
    void theIpiWaitsForTheStoreBuffer(String instruction) {
        assertEquals(
                Set.of("0 1", "1 0", "1 1"),
                Litmus.data(DataModel.TSO)
                        .run("x=1; sync " + instruction + "; r0=y", "y=1; r1=x")
                        .finals());
    }

    @Test
    void withoutItTheOtherCpusStoresMayWait() {
        assertTrue(Litmus.data(DataModel.TSO)
                .run("x=1; fence; r0=y", "y=1; r1=x")
                .finals()
                .contains("0 0"));
    }

    /** Its delivery does. */
    @Pins("cpu.delivery")
    @ParameterizedTest
    @ValueSource(strings = {"lfence", "mfence", "lock"})
    void anIpiThatSerializesNothingEmptiesTheStoreBufferOfWhoTakesIt(String instruction) {
        assertFalse(Litmus.data(DataModel.TSO)
                .with(b -> b.profile(NO_IRET))
                .run("x=1; sync " + instruction + "; r0=y", "y=1; r1=x")
                .finals()
                .contains("0 0"));
    }

    @Pins("machine.sync")
    @Test
    void itCannotCompleteWhileACpuKeepsInterruptsOff() {
        assertTrue(litmus().run("sync iret", "cli").deadlock());
        assertTrue(litmus().run("sync iret; x=1", "cli; wait x 1; sti").deadlock());
        assertFalse(litmus().run("sync iret; x=1", "cli; x=2; sti").deadlock());
    }

    @Test
    void twoCpusThatSynchroniseEachOtherNeedInterrupts() {
        assertFalse(litmus().run("sync iret", "sync iret").deadlock());
        assertTrue(litmus().run("cli; sync iret; sti", "cli; sync iret; sti").deadlock());
        assertFalse(litmus().run("cli; sync iret; sti", "sync iret").deadlock());
    }

    /** CPU 1 waits for CPU 0 inside a handler; CPU 0 may have to synchronise first. */
    private static Protocol.Definition handlerWaits(boolean nmi, boolean syncFirst) {
        return b -> {
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> {
                if (syncFirst) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.store("flag", flag, Expr.of(1));
                if (!syncFirst) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
            });
            b.thread(1, r -> {
                if (nmi) {
                    r.sendNmi("send", Expr.thisCpu());
                } else {
                    r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                    r.serialize("cpuid", Sync.CPUID);
                    r.execute("exec", b.sites().get(0));
                }
            });
            b.nmi(r -> r.await("wait", flag.value().eq(1)));
            b.breakpoint(r -> {
                r.await("wait", flag.value().eq(1));
                r.emulate("emulate", b.sites().get(0), 0, true);
            });
        };
    }

    @Pins("machine.sync")
    @Pins("cpu.contexts")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itCannotCompleteWhileACpuIsInAHandler(boolean nmi) {
        assertTrue(litmus().run(handlerWaits(nmi, true)).deadlock());
        assertFalse(litmus().run(handlerWaits(nmi, false)).deadlock());
    }

    /** The store is in the buffer when the other CPU takes the IPI, which is then of no use; with a fence, or a send that drains, it is not. */
    @Pins("machine.sync-unfenced")
    @ParameterizedTest
    @EnumSource
    void anIpiWithoutAFenceMayPassEarlierStores(IpiSend send) {
        Litmus litmus = litmus().with(b -> b.profile(Profile.ARCHITECTURAL.ipiSend(send)));
        Set<String> none = Set.of("cpu1=new");
        Set<String> late = send == IpiSend.BARE ? Set.of("cpu1=new", "cpu1=old") : none;
        assertEquals(
                late,
                litmus.run("poke; sync-unfenced iret; x=1", "wait x 1; exec").finals());
        assertEquals(
                none,
                litmus.run("poke; mfence; sync-unfenced iret; x=1", "wait x 1; exec")
                        .finals());
        assertEquals(
                late,
                litmus.run("poke; lfence; sync-unfenced iret; x=1", "wait x 1; exec")
                        .finals());
        assertEquals(none, litmus.run("poke; sync iret; x=1", "wait x 1; exec").finals());
        assertEquals(
                none,
                litmus.with(b -> b.data(DataModel.SC))
                        .run("poke; sync-unfenced iret; x=1", "wait x 1; exec")
                        .finals());
    }

    /** The sender's own instruction, which drains, comes before it waits for the others. */
    @Pins("machine.sync-unfenced")
    @Test
    void theSenderExecutesTheInstructionAfterItHasSent() {
        assertEquals(
                Set.of("cpu0=new"),
                litmus().run("poke; sync-unfenced iret; exec", "").finals());
        assertEquals(
                Set.of("cpu0=new", "cpu0=old"),
                litmus().run("poke; sync-unfenced lfence; exec", "").finals());
        // It drains if it serializes, so that no store is in the buffer when the sender goes on.
        assertEquals(
                Set.of("0 1", "1 0", "1 1"),
                Litmus.data(DataModel.TSO)
                        .run("x=1; sync-unfenced iret; r0=y", "y=1; mfence; r1=x")
                        .finals());
        assertTrue(Litmus.data(DataModel.TSO)
                .run("x=1; sync-unfenced lfence; r0=y", "y=1; mfence; r1=x")
                .finals()
                .contains("0 0"));
    }
}
