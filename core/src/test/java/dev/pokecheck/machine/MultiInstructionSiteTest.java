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
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A site of several instructions is entered in the middle, and an execution can mix versions. */
class MultiInstructionSiteTest {
    private static final Set<Incident> NOTHING = Set.of();

    private static Litmus coherent(String site) {
        return Litmus.sites(site)
                .with(b -> b.fetch(FetchModel.COHERENT).split(StoreSplit.LINE))
                .fetches();
    }

    private static Protocol.Definition store(boolean marks) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                if (marks) {
                    r.patchBegin("begin", site, 1);
                }
                r.textPoke("poke", site, 0, site.bytes(1));
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    private static Protocol.Definition stopMachine(boolean preemptible) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.stopMachine(
                        "stop",
                        () -> r.textPoke("poke", site, 0, site.bytes(1)),
                        b.routine("others", other -> other.serialize("cpuid", Sync.CPUID)));
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

    @Pins("machine.execution")
    @Pins("machine.stop-machine")
    @Test
    void anExecutionMayBePreemptedBetweenTwoInstructions() {
        assertEquals(
                Set.of(Incident.MID_INSTRUCTION),
                coherent("9090909090->jmp32").run(stopMachine(true)).incidents());
        assertEquals(
                NOTHING, coherent("9090909090->jmp32").run(stopMachine(false)).incidents());
        assertEquals(NOTHING, coherent("nop5->jmp32").run(stopMachine(true)).incidents());
    }

    @Pins("machine.instruction")
    @Pins("machine.mid-instruction")
    @Test
    void noInterruptIsNeededToBeBetweenTwoInstructions() {
        assertEquals(
                Set.of(Incident.MID_INSTRUCTION),
                coherent("9090909090->jmp32").run(store(true)).incidents());
        assertEquals(NOTHING, coherent("nop5->jmp32").run(store(true)).incidents());
    }

    @Pins("machine.mid-instruction")
    @Test
    void beforeThePatchHasBegunItIsTorn() {
        assertEquals(
                Set.of(Incident.TORN),
                coherent("9090909090->jmp32").run(store(false)).incidents());
    }

    @Pins("machine.one-version")
    @Test
    void bytesOfNoVersionAtABoundaryAreTorn() {
        assertEquals(
                Set.of(Incident.TORN),
                coherent("nop5->jmp32")
                        .with(b -> b.split(StoreSplit.BYTE))
                        .run(store(true))
                        .incidents());
    }

    @Pins("machine.mixed")
    @Test
    void instructionsOfTwoVersionsAreMixed() {
        assertEquals(
                Set.of(Incident.MIXED), coherent("9090->f4f4").run(store(true)).incidents());
    }

    @Pins("machine.mixed")
    @Test
    void instructionsThatTwoVersionsShareAreNotMixed() {
        Outcomes outcomes = coherent("9090->f490").run(store(true));
        assertEquals(NOTHING, outcomes.incidents());
        assertEquals(Set.of("cpu1=old,v11", "cpu1=new,v11"), outcomes.finals());
    }

    @Test
    void oneInstructionIsNeverMixed() {
        assertEquals(NOTHING, coherent("6690->f4f4").run(store(true)).incidents());
    }

    @Test
    void theBreakpointMethodDoesNotKeepCpusOutOfTheMiddle() {
        Protocol.Definition definition = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textPoke("int3", site, 0, (byte) 0xcc);
                r.syncEachCpu("sync1", Sync.IRET);
                r.textPoke("tail", site, 1, Arrays.copyOfRange(site.bytes(1), 1, 5));
                r.syncEachCpu("sync2", Sync.IRET);
                r.textPoke("head", site, 0, site.at(1, 0));
                r.syncEachCpu("sync3", Sync.IRET);
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> r.execute("exec", site));
            b.breakpoint(r -> r.emulate("emulate", site, 1, true));
        };
        assertTrue(Litmus.sites("9090909090->jmp32").run(definition).incidents().contains(Incident.MID_INSTRUCTION));
        assertEquals(NOTHING, Litmus.sites("nop5->jmp32").run(definition).incidents());
        assertEquals(
                NOTHING,
                Litmus.sites("nop5->jmp32@62")
                        .with(b -> b.chunk(64))
                        .run(definition)
                        .incidents());
    }
}
