// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What ends the staleness of a CPU. */
class SerializationTest {
    private static final Set<String> NEW = Set.of("cpu1=new");
    private static final Set<String> STALE = Set.of("cpu1=old", "cpu1=new");

    private static Litmus litmus() {
        return Litmus.sites("nop1->f4").with(b -> b.data(DataModel.TSO)).fetches();
    }

    private static Set<String> synchronisedBy(Sync sync, Profile profile) {
        return litmus().with(b -> b.profile(profile))
                .run("poke; x=1", "wait x 1; " + sync.text() + "; exec")
                .finals();
    }

    @Pins("cpu.serialization")
    @ParameterizedTest
    @EnumSource(names = {"CPUID", "IRET", "SERIALIZE", "MOV_CR"})
    void behindASerializingInstructionOnlyNewCodeRuns(Sync sync) {
        assertEquals(NEW, synchronisedBy(sync, Profile.ARCHITECTURAL));
    }

    @Pins("cpu.serialization")
    @Pins("cpu.syscall")
    @ParameterizedTest
    @EnumSource(
            names = {"CPUID", "IRET", "SERIALIZE", "MOV_CR"},
            mode = Mode.EXCLUDE)
    void behindAnyOtherInstructionOldCodeMayRun(Sync sync) {
        assertEquals(STALE, synchronisedBy(sync, Profile.ARCHITECTURAL));
    }

    @ParameterizedTest
    @EnumSource(names = {"CPUID", "IRET", "SERIALIZE", "MOV_CR"})
    void aProfileCanTakeEachAway(Sync sync) {
        assertEquals(STALE, synchronisedBy(sync, Profile.ARCHITECTURAL.without(sync)));
        Sync other = sync == Sync.CPUID ? Sync.IRET : Sync.CPUID;
        assertEquals(NEW, synchronisedBy(other, Profile.ARCHITECTURAL.without(sync)));
    }

    @ParameterizedTest
    @EnumSource
    void aProfileCanMakeAnythingSerialize(Sync sync) {
        assertEquals(NEW, synchronisedBy(sync, Profile.ARCHITECTURAL.serializing(Set.of(sync))));
    }

    @Test
    void aSerializingInstructionBeforeTheStoreIsOfNoUse() {
        assertEquals(
                STALE,
                litmus().run("wait y 1; poke; x=1", "cpuid; y=1; wait x 1; exec")
                        .finals());
    }

    @Test
    void aSerializingInstructionOfAnotherCpuIsOfNoUse() {
        assertEquals(STALE, litmus().run("poke; cpuid; x=1", "wait x 1; exec").finals());
    }

    @Test
    void aCpuMayMissItsOwnStores() {
        assertEquals(
                Set.of("cpu0=new", "cpu0=old"),
                litmus().run("poke; mfence; exec").finals());
        assertEquals(Set.of("cpu0=new"), litmus().run("poke; cpuid; exec").finals());
        assertEquals(
                Set.of("cpu0=new"),
                litmus().with(b -> b.fetch(FetchModel.COHERENT))
                        .run("poke; mfence; exec")
                        .finals());
    }

    @Test
    void onABrokenCpuNothingHelps() {
        assertEquals(
                STALE,
                litmus().with(b -> b.fetch(FetchModel.INCOHERENT))
                        .run("poke; x=1", "wait x 1; cpuid; exec")
                        .finals());
    }

    @Test
    void aLaterFetchMaySeeOlderCodeUnlessFetchesAreCoherent() {
        String[] program = {"poke", "exec; exec"};
        assertEquals(
                Set.of("cpu1=old,old", "cpu1=old,new", "cpu1=new,old", "cpu1=new,new"),
                litmus().with(b -> b.watch(Watch.NOTHING)).run(program).finals());
        assertEquals(
                Set.of("cpu1=old,old", "cpu1=old,new", "cpu1=new,new"),
                litmus().with(b -> b.fetchCoherent(true).watch(Watch.NOTHING))
                        .run(program)
                        .finals());
    }

    /** CPU 1 sends itself an NMI when the text is new. */
    private static Protocol.Definition withNmi(boolean executesInside) {
        return b -> {
            Shared flag = b.shared("flag", 0, 0, 1);
            Shared done = b.shared("done", 0, 0, 1);
            b.thread(0, r -> {
                r.textPoke("poke", b.sites().get(0), 0, b.sites().get(0).bytes(1));
                r.store("flag", flag, Expr.of(1));
            });
            b.thread(1, r -> {
                r.await("wait", flag.value().eq(1));
                r.sendNmi("send", Expr.of(1));
                r.await("done", done.value().eq(1));
                if (!executesInside) {
                    r.execute("exec", b.sites().get(0));
                }
            });
            b.nmi(r -> {
                if (executesInside) {
                    r.execute("exec", b.sites().get(0));
                }
                r.store("done", done, Expr.of(1));
            });
        };
    }

    @Pins("cpu.delivery-serializes-nothing")
    @Test
    void deliveryOfAnNmiDoesNotSerialize() {
        assertEquals(STALE, litmus().run(withNmi(true)).finals());
    }

    @Pins("cpu.iret")
    @Pins("protocol.await")
    @Test
    void theReturnFromAnNmiSerializes() {
        assertEquals(NEW, litmus().run(withNmi(false)).finals());
        assertEquals(
                STALE,
                litmus().with(b -> b.profile(Profile.ARCHITECTURAL.without(Sync.IRET)))
                        .run(withNmi(false))
                        .finals());
    }

    /** CPU 1 runs into a breakpoint of its own when the text is new; the handler emulates the NOP. */
    private static Protocol.Definition withBreakpoint(boolean executesInside) {
        return b -> {
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> {
                r.textPoke("poke", b.sites().get(0), 0, b.sites().get(0).bytes(1));
                r.store("flag", flag, Expr.of(1));
            });
            b.thread(1, r -> {
                r.textPoke("int3", b.sites().get(1), 0, (byte) 0xcc);
                r.serialize("cpuid", Sync.CPUID);
                r.await("wait", flag.value().eq(1));
                r.execute("trap", b.sites().get(1));
                if (!executesInside) {
                    r.execute("exec", b.sites().get(0));
                }
            });
            b.breakpoint(r -> {
                if (executesInside) {
                    r.execute("exec", b.sites().get(0));
                }
                r.emulate("emulate", b.sites().get(1), 0, true);
            });
        };
    }

    private static Set<String> breakpoint(boolean executesInside, Profile profile) {
        return Litmus.sites("nop1->f4", "nop1->nop1")
                .with(b -> b.profile(profile))
                .fetches()
                .run(withBreakpoint(executesInside))
                .finals();
    }

    @Test
    void deliveryOfABreakpointDoesNotSerialize() {
        Set<String> finals = breakpoint(true, Profile.ARCHITECTURAL);
        assertTrue(finals.stream().anyMatch(s -> s.contains(",old")), finals::toString);
        assertTrue(finals.stream().anyMatch(s -> s.contains(",new")), finals::toString);
    }

    @Pins("cpu.iret")
    @Test
    void theReturnFromABreakpointSerializes() {
        assertEquals(Set.of("cpu1=int3,new"), breakpoint(false, Profile.ARCHITECTURAL));
        assertTrue(breakpoint(false, Profile.ARCHITECTURAL.without(Sync.IRET)).contains("cpu1=int3,old"));
    }
}
