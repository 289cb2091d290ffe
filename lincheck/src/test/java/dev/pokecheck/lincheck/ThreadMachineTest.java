// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thread at a time: every other CPU is idle, and whoever waits has to help it. */
final class ThreadMachineTest {
    private static Scenario scenario(String... sites) {
        return Scenario.of(Stream.of(sites).map(SiteSpec::parse).toList()).with(b -> b.cpus(3));
    }

    private static ThreadMachine machine(Protocol.Definition definition, String... sites) {
        return new ThreadMachine(
                new Program(Protocol.record("test", scenario(sites).setting(), definition)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "naive",
                "stop_machine",
                "text_poke_bp_batch",
                "text_poke_late@repaired",
                "text_poke_late@captured",
                "smp_text_poke_batch"
            })
    void aPatchCallAloneBringsTheVersion(String name) {
        Protocol.Definition definition = Catalog.find(name).orElseThrow().definition();
        ThreadMachine machine = machine(definition, "nop5->call", "jmp32->nop5");
        assertEquals("v0", machine.execute(1, 0));
        assertEquals("patched", machine.patch(1));
        assertEquals("v1", machine.execute(1, 0));
        assertEquals("v1", machine.execute(2, 1));
    }

    @Test
    void aVersionThatDoesTheSameIsTheSame() {
        ThreadMachine machine =
                machine(Catalog.find("text_poke_bp_batch").orElseThrow().definition(), "nop5->call->nop5");
        assertEquals("patched", machine.patch(1));
        assertEquals("patched", machine.patch(2));
        assertEquals("v0", machine.execute(1, 0));
    }

    @Test
    void theHandlerEmulates() {
        ThreadMachine machine = machine(
                b -> {
                    b.patcher(r -> {
                        Site site = b.sites().get(0);
                        r.patchBegin("begin", site, 1);
                        r.textPoke("int3", site, 0, (byte) 0xcc);
                        r.patchEnd("end", site, 1);
                    });
                    b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 1, true));
                },
                "nop5->call");
        assertEquals("patched", machine.patch(1));
        assertEquals("v1", machine.execute(1, 0));
    }

    @Test
    void aCallThatIsActedAsNopIsLost() {
        ThreadMachine machine = machine(
                b -> {
                    b.patcher(r -> {
                        Site site = b.sites().get(0);
                        r.patchBegin("begin", site, 1);
                        r.textPoke("int3", site, 0, (byte) 0xcc);
                        r.patchEnd("end", site, 1);
                    });
                    b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().plus(4)));
                },
                "call->call");
        machine.patch(1);
        assertEquals(Property.LOST_CALL.text(), machine.execute(1, 0));
        assertEquals(ThreadMachine.HALTED, machine.execute(2, 0));
    }

    @Test
    void aBreakpointThatNobodyHandles() {
        ThreadMachine machine = machine(
                b -> b.patcher(r -> {
                    Site site = b.sites().get(0);
                    r.patchBegin("begin", site, 1);
                    r.textPoke("int3", site, 0, (byte) 0xcc);
                    r.patchEnd("end", site, 1);
                }),
                "nop5->call");
        machine.patch(1);
        assertEquals(Property.UNHANDLED_INT3.text(), machine.execute(1, 0));
    }

    @Test
    void aBreakpointHandlerThatDoesNothingResumesInside() {
        ThreadMachine machine = machine(
                b -> {
                    b.patcher(r -> {
                        Site site = b.sites().get(0);
                        r.patchBegin("begin", site, 1);
                        r.textPoke("int3", site, 0, (byte) 0xcc);
                        r.patchEnd("end", site, 1);
                    });
                    b.breakpoint(r -> r.note("nothing"));
                },
                "nop5->call");
        machine.patch(1);
        assertEquals(Property.MID_INSTRUCTION.text(), machine.execute(1, 0));
    }

    @Test
    void aHandlerThatHitsItsOwnBreakpointIsRecursion() {
        ThreadMachine machine = machine(
                b -> {
                    b.patcher(r -> {
                        Site site = b.sites().get(0);
                        r.patchBegin("begin", site, 1);
                        r.textPoke("int3", site, 0, (byte) 0xcc);
                        r.patchEnd("end", site, 1);
                    });
                    b.breakpoint(r -> {
                        r.execute("again", b.sites().get(0));
                        r.emulate("emulate", b.sites().get(0), 1, true);
                    });
                },
                "nop5->call");
        machine.patch(1);
        assertEquals(Property.RECURSION.text(), machine.execute(1, 0));
    }

    @Test
    void aPrefetchLastsUntilTheCpuSerializes() {
        Protocol.Definition barrier =
                Catalog.find("stop_machine@barrier").orElseThrow().definition();
        ThreadMachine stale = machine(barrier, "nop5->jmp32");
        stale.prefetch(1, 0);
        stale.patch(1);
        assertEquals("v0", stale.execute(1, 0));
        assertEquals("v1", stale.execute(1, 0));
        ThreadMachine fresh = machine(Catalog.find("stop_machine").orElseThrow().definition(), "nop5->jmp32");
        fresh.prefetch(1, 0);
        fresh.patch(1);
        assertEquals("v1", fresh.execute(1, 0));
    }

    @Test
    void whatThreadsCannotDoIsRefused() {
        CatalogEntry entry = Catalog.find("naive").orElseThrow();
        for (String site : List.of("nop6->jcc32", "nop1->int3")) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Program(entry.record(scenario(site).setting())),
                    site);
        }
        Scenario lock = scenario("pvcall->unlock").with(b -> b.nmiWork(InterruptWork.LOCK));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> new Program(entry.record(lock.setting())))
                .getMessage()
                .contains("lock"));
        Protocol.Definition others = b -> {
            b.patcher(r -> {
                r.patchBegin("begin", b.sites().get(0), 1);
                r.patchEnd("end", b.sites().get(0), 1);
            });
            b.thread(1, r -> r.syncEachCpu("sync", Sync.IRET));
        };
        assertTrue(assertThrows(IllegalArgumentException.class, () -> machine(others, "nop5->call"))
                .getMessage()
                .contains("work of their own"));
        assertTrue(assertThrows(IllegalArgumentException.class, () -> machine(b -> b.patcher(r -> {}), "nop5->call"))
                .getMessage()
                .contains("no patch calls"));
    }
}
