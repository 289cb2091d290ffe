// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where jumps lead: to data they do not, through registers out of the site, to its first byte into another execution. */
class JumpsTest {
    private static final Set<Incident> NOTHING = Set.of();

    private static Litmus coherent(String site) {
        return Litmus.sites(site).with(b -> b.fetch(FetchModel.COHERENT).split(StoreSplit.WORD));
    }

    private static void store(Recorder r, Site site, int version) {
        r.patchBegin("begin" + version, site, version);
        r.textPoke("poke" + version, site, 0, site.bytes(version));
        r.patchEnd("end" + version, site, version);
    }

    // ---- what stands after a jump

    /** The text is written while all others are held; then all serialize. */
    private static Protocol.Definition stopMachine() {
        return b -> {
            Site site = b.sites().get(0);
            Shared written = b.shared("written", 0, 0, 1);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.stopMachine(
                        "stop",
                        () -> {
                            r.textPoke("poke", site, 0, site.bytes(1));
                            r.store("written", written, Expr.of(1));
                        },
                        b.routine("others", other -> {
                            other.await("wait", written.value().eq(1));
                            other.serialize("cpuid", Sync.CPUID);
                        }));
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    @Pins("text.instructions")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "jmp32->ffe0cccccc",
                "nop11->ff2500000000060606cccc",
                "nop8->e900010000222222",
                "nop8->e900010000060606",
                "nop5->c3cccccccc",
                "nop7->7402c306909090"
            })
    void dataAfterAJumpIsNotExecuted(String site) {
        Outcomes outcomes = Litmus.sites(site).run(stopMachine());
        assertEquals(Set.of(), outcomes.incidents());
        assertTrue(outcomes.met(Reached.NEW_CODE));
    }

    @Test
    void whatFallsThroughExecutesWhatStandsAfterIt() {
        assertEquals(
                Set.of(Incident.UNHANDLED_INT3),
                Litmus.sites("jmp32->6690cccccc").run(stopMachine()).incidents());
        assertEquals(
                Set.of(Incident.UNHANDLED_INT3),
                Litmus.sites("jmp32->ffd0cccccc").run(stopMachine()).incidents());
    }

    /** A thread between two instructions of the old version is in no code of the new one, whatever the data there decodes to. */
    @Pins("text.instructions")
    @Test
    void aContextInTheDataOfAVersionIsInNoCodeOfIt() {
        assertEquals(
                Set.of(Incident.MID_INSTRUCTION),
                coherent("9090909090->ffe0f4f4f4").run(stopMachine()).incidents());
    }

    // ---- jumps through registers and memory

    /** The only CPU has new code at its site, whose patch call has returned, and runs into a breakpoint on it. */
    private static Set<Incident> trapped(String sites, BiConsumer<ProtocolBuilder, Recorder> handler) {
        Protocol.Definition definition = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                store(r, site, 1);
                r.textPoke("int3", site, 0, (byte) 0xcc);
                r.execute("exec", site);
                r.textPoke("remove", site, 0, site.at(1, 0));
            });
            b.breakpoint(r -> handler.accept(b, r));
        };
        return coherent(sites).with(b -> b.cpus(1)).run(definition).incidents();
    }

    private static Set<Incident> trapped(String sites, int emulated) {
        return trapped(sites, (b, r) -> r.emulate("emulate", b.sites().get(0), emulated, true));
    }

    @Pins("machine.indirect-jump")
    @ParameterizedTest
    @ValueSource(strings = {"ffe0->ffe1", "ffe0->c390", "ff2500000000->ff2500100000", "ff6008->ff6010", "ffd0->ffd1"})
    void anotherOperandIsAnotherFunction(String site) {
        assertEquals(NOTHING, trapped(site, 1));
        assertEquals(Set.of(Incident.STALE), trapped(site, 0));
    }

    /** {@code notrack} changes nothing about where a jump leads. */
    @Pins("machine.indirect-jump")
    @Test
    void theSameOperandIsTheSameFunction() {
        assertEquals(NOTHING, trapped("3effe0->ffe0cc", 0));
        assertEquals(NOTHING, trapped("3effe0->ffe0cc", 1));
    }

    @Test
    void aHandlerThatSkipsAnIndirectJumpHasLostIt() {
        BiConsumer<ProtocolBuilder, Recorder> skips =
                (b, r) -> r.setSavedAddress(Expr.savedAddress().plus(1));
        assertEquals(Set.of(Incident.LOST_CALL), trapped("ffe1->ffe0", skips));
        assertEquals(Set.of(Incident.STALE), trapped("nop2->ffe0", skips));
        assertEquals(NOTHING, trapped("ffe0->nop2", skips));
    }

    @Test
    void aCallThroughARegisterReturns() {
        Outcomes outcomes = coherent("ffd090->ffd190")
                .fetches()
                .with(b -> b.mergeLocal(false))
                .run(b -> {
                    b.thread(0, r -> r.execute("exec", b.sites().get(0)));
                });
        assertTrue(outcomes.took("cpu0 ret *%rax"), outcomes.names().toString());
        assertEquals(Set.of("cpu0=old,v11"), outcomes.finals());
    }

    // ---- jumps to the first byte

    /** One store, then another, while a CPU executes the site. */
    private static final Protocol.Definition TWO_STORES = b -> {
        Site site = b.sites().get(0);
        b.thread(0, r -> {
            store(r, site, 1);
            store(r, site, 2);
        });
        b.thread(1, r -> r.execute("exec", site));
    };

    @Pins("machine.self-jump")
    @Test
    void aCpuThatSpinsOnItsSiteMixesNothing() {
        for (String site : new String[] {"6690->ebfe->6690", "6690->ebfe->f4f4", "6690->74fe->6690"}) {
            Outcomes outcomes = coherent(site).run(TWO_STORES);
            assertEquals(NOTHING, outcomes.incidents(), site);
            assertFalse(outcomes.deadlock());
            assertTrue(outcomes.met(Reached.COMPLETE));
        }
    }

    /** A jump to itself that is not the first instruction: whoever spins there is still in the same execution. */
    @Pins("machine.self-jump")
    @Test
    void aJumpToAnotherPlaceInTheSiteEndsNothing() {
        assertEquals(
                Set.of(Incident.MIXED),
                coherent("906690->90ebfe->906690").run(TWO_STORES).incidents());
        assertEquals(NOTHING, coherent("90ebfd->90ebfd->90ebfd").run(TWO_STORES).incidents());
    }

    /** Whoever spins on a placeholder after the call for the next version has returned is stale. */
    @Test
    void aSpinIsAnExecution() {
        Litmus litmus = coherent("6690->ebfe->6690").with(b -> b.fetch(FetchModel.STALE_INSN));
        assertEquals(
                Set.of(Incident.STALE, Incident.BACKWARDS),
                litmus.run(TWO_STORES).incidents());
    }

    @Test
    void whichVersionItWasIsToldWhenControlHasLeft() {
        Outcomes outcomes = coherent("6690->ebfe->f4f4").finals("last").run(b -> {
            Site site = b.sites().get(0);
            Shared last = b.shared("last", 3, 0, 3);
            b.thread(0, r -> {
                store(r, site, 1);
                store(r, site, 2);
            });
            b.thread(1, r -> {
                Local version = r.local("version", 0, 2);
                r.execute("exec", site, version);
                r.store("keep", last, version.value());
            });
        });
        assertEquals(Set.of("0", "2"), outcomes.finals());
    }
}
