// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.cpu.SelfModification;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.HandlerKind;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Postconditions: each fires where it fails, and not where it holds. */
class EnsureTest {
    /** CPU 1 says that it is through, and then raises a flag, or the other way round; CPU 0 waits for the flag and ensures the former. */
    private static Protocol.Definition flag(boolean ghostFirst) {
        return b -> {
            Ghost through = b.ghost("through", 0, 0, 1);
            Shared flag = b.shared("flag", 0, 0, 1);
            b.thread(0, r -> {
                r.await("wait", flag.value().eq(1));
                r.ensure("the_other_is_through", through.value().eq(1));
            });
            b.thread(1, r -> {
                if (ghostFirst) {
                    r.ghostStore("through", through, Expr.of(1));
                }
                r.store("flag", flag, Expr.of(1));
                if (!ghostFirst) {
                    r.ghostStore("through", through, Expr.of(1));
                }
            });
        };
    }

    @Pins("machine.ensure")
    @Test
    void aPostconditionThatCanFailIsFound() {
        assertEquals(Set.of(), Litmus.data(DataModel.SC).run(flag(true)).incidents());
        assertEquals(
                Set.of(Incident.ENSURE),
                Litmus.data(DataModel.SC).run(flag(false)).incidents());
        assertTrue(Litmus.data(DataModel.SC).run(flag(true)).met(Reached.ENSURED));
    }

    @Pins("machine.ghost-store")
    @Test
    void aGhostIsInMemoryBeforeAStoreThatWaitsInTheBuffer() {
        assertEquals(Set.of(), Litmus.data(DataModel.TSO).run(flag(true)).incidents());
        Protocol.Definition late = b -> {
            Ghost stored = b.ghost("stored", 0, 0, 1);
            Shared x = b.shared("x", 0, 0, 1);
            Shared r0 = b.shared("r0", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ghostStore("stored", stored, Expr.of(1));
            });
            b.thread(1, r -> {
                var l = r.local("l", 0, 1);
                r.load("look", l, x);
                r.ensure("seen_if_stored", stored.value().eq(0).or(l.value().eq(1)));
                r.store("keep", r0, l.value());
            });
        };
        assertEquals(
                Set.of(Incident.ENSURE), Litmus.data(DataModel.TSO).run(late).incidents());
    }

    @Pins("machine.ghost-store")
    @Test
    void aGhostStaysInItsRange() {
        Protocol.Definition beyond = b -> {
            Ghost count = b.ghost("count", 0, 0, 1);
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ghostStore("one", count, count.value().plus(1));
                r.ghostStore("two", count, count.value().plus(1));
            });
        };
        assertEquals(
                Set.of(Incident.RANGE), Litmus.data(DataModel.SC).run(beyond).incidents());
    }

    /** The breakpoint method on one site, with one of its synchronisations left out (1 to 3), or none (0); after each it is ensured. */
    private static Protocol.Definition breakpointMethod(int leftOut) {
        return b -> {
            Site site = b.sites().get(0);
            Expr serialized = Expr.everyCpuSerializedSince(site);
            byte[] code = site.bytes(1);
            b.thread(0, r -> {
                r.textPoke("int3", site, 0, (byte) 0xcc);
                step(r, 1, leftOut, serialized);
                r.textPoke("tail", site, 1, Arrays.copyOfRange(code, 1, code.length));
                step(r, 2, leftOut, serialized);
                r.textPoke("head", site, 0, code[0]);
                step(r, 3, leftOut, serialized);
            });
        };
    }

    private static void step(Recorder r, int number, int leftOut, Expr serialized) {
        if (number != leftOut) {
            r.syncEachCpu("sync" + number, Sync.IRET);
        }
        r.ensure("serialized" + number, serialized);
    }

    @Pins("machine.serialized-since")
    @ParameterizedTest
    @EnumSource
    void everyCpuHasSerializedUnlessASynchronisationIsLeftOut(DataModel data) {
        Litmus litmus = Litmus.sites("nop2->jmp8").with(b -> b.cpus(2).data(data));
        assertEquals(Set.of(), litmus.run(breakpointMethod(0)).incidents());
        for (int sync = 1; sync <= 3; sync++) {
            assertEquals(
                    Set.of(Incident.ENSURE), litmus.run(breakpointMethod(sync)).incidents());
        }
    }

    /** What is executed in place of a synchronisation, on both CPUs or one, and what the profile asks of a CPU after its own store. */
    @Pins("machine.serialized-since")
    @ParameterizedTest
    @CsvSource({
        "CPUID, true, SERIALIZE, true",
        "MFENCE, true, SERIALIZE, false",
        "CPUID, false, SERIALIZE, false",
        "CPUID, false, NONE, true",
        "CPUID, false, JUMP, false",
        "JUMP, true, JUMP, false",
        "MFENCE, false, NONE, false"
    })
    void onlyWhatSerializesCounts(Sync sync, boolean both, SelfModification own, boolean holds) {
        Protocol.Definition definition = b -> {
            Site site = b.sites().get(0);
            Shared done = b.shared("done", 0, 0, 2);
            b.thread(0, r -> {
                r.textPoke("poke", site, 0, site.bytes(1));
                r.fence("fence");
                r.store("stored", done, Expr.of(1));
                if (both) {
                    r.serialize("own", sync);
                }
                r.await("wait", done.value().eq(2));
                r.ensure("serialized", Expr.everyCpuSerializedSince(site));
            });
            b.thread(1, r -> {
                r.await("wait", done.value().eq(1));
                r.serialize("sync", sync);
                r.store("done", done, Expr.of(2));
            });
        };
        for (DataModel data : DataModel.values()) {
            Litmus litmus = Litmus.sites("nop2->jmp8")
                    .with(b -> b.data(data).cpus(2).profile(Profile.ARCHITECTURAL.throughAlias(own)));
            assertEquals(
                    holds ? Set.of() : Set.of(Incident.ENSURE),
                    litmus.run(definition).incidents());
        }
    }

    /** Where its profile asks for a jump after an own store, the CPU that stores may jump; what another CPU has stored meanwhile asks for more. */
    @Pins("machine.serialized-since")
    @Test
    void aJumpIsEnoughForWhoHasStoredWhereTheProfileSaysSo() {
        for (DataModel data : DataModel.values()) {
            assertEquals(Set.of(), storesAndJumps(data, SelfModification.JUMP, false));
            assertEquals(Set.of(Incident.ENSURE), storesAndJumps(data, SelfModification.JUMP, true));
            assertEquals(Set.of(Incident.ENSURE), storesAndJumps(data, SelfModification.SERIALIZE, false));
        }
    }

    private static Set<Incident> storesAndJumps(DataModel data, SelfModification own, boolean otherStores) {
        return Litmus.sites("nop2->jmp8")
                .with(b -> b.data(data).cpus(2).profile(Profile.ARCHITECTURAL.throughAlias(own)))
                .run(b -> {
                    Site site = b.sites().get(0);
                    Shared done = b.shared("done", 0, 0, 2);
                    b.thread(0, r -> {
                        r.textPoke("poke", site, 0, site.bytes(1));
                        r.serialize("jump", Sync.JUMP);
                        r.store("stored", done, Expr.of(1));
                        r.await("wait", done.value().eq(2));
                        r.ensure("serialized", Expr.everyCpuSerializedSince(site));
                    });
                    b.thread(1, r -> {
                        r.await("wait", done.value().eq(1));
                        if (otherStores) {
                            r.textPoke("too", site, 0, site.bytes(1));
                        }
                        r.serialize("cpuid", Sync.CPUID);
                        r.store("done", done, Expr.of(2));
                    });
                })
                .incidents();
    }

    /** Who asks knows of a store of its own that is still in the buffer; of one that has never been, every CPU has serialized since. */
    @Pins("machine.serialized-since")
    @Test
    void aStoreInTheBufferHasNotReachedMemory() {
        Protocol.Definition definition = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.ensure("before", Expr.everyCpuSerializedSince(site));
                r.textPoke("poke", site, 0, site.bytes(1));
                r.ensure("after", Expr.everyCpuSerializedSince(site));
            });
        };
        for (DataModel data : DataModel.values()) {
            Litmus litmus = Litmus.sites("nop1->f4").with(b -> b.cpus(1).data(data));
            assertEquals(Set.of(Incident.ENSURE), litmus.run(definition).incidents());
            Litmus needsNone = litmus.with(b -> b.profile(Profile.ARCHITECTURAL.throughAlias(SelfModification.NONE)));
            assertEquals(
                    data == DataModel.SC ? Set.of() : Set.of(Incident.ENSURE),
                    needsNone.run(definition).incidents());
        }
    }

    /** A thread takes out a hook, waits until no breakpoint handler is left or does not, and ensures that none is. */
    private static Outcomes hook(boolean synchronise) {
        return Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(b -> {
            Shared hook = b.shared("hook", 1, 0, 1);
            Shared used = b.shared("used", 0, 0, 1);
            b.thread(0, r -> {
                r.store("unhook", hook, Expr.of(0));
                if (synchronise) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.ensure("nobody_in_handler", Expr.noCpuIn(HandlerKind.BREAKPOINT));
            });
            b.thread(1, r -> r.foreignInt3("int3"));
            b.breakpoint(r -> {
                r.rmw("use", used.cell(), RmwOp.OR, Expr.of(1));
                r.unhandled("not_ours");
            });
        });
    }

    @Pins("machine.ensure")
    @Test
    void whoIsInAHandlerIsKnown() {
        assertTrue(hook(false).incidents().contains(Incident.ENSURE));
        // Whoever comes after the synchronisation is in the handler, too: the word is about all CPUs, at that moment.
        assertTrue(hook(true).incidents().contains(Incident.ENSURE));
        Outcomes before = Litmus.data(DataModel.SC).run(b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ensure("nobody", Expr.noCpuIn(HandlerKind.BREAKPOINT));
            });
        });
        assertFalse(before.incidents().contains(Incident.ENSURE));
    }

    @Pins("machine.ensure")
    @Test
    void aHandlerThatDoesNothingIsSeen() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.store("x", x, Expr.of(1));
                r.ensure("no_nmi", Expr.noCpuIn(HandlerKind.NMI));
            });
        };
        assertEquals(Set.of(), Litmus.data(DataModel.SC).run(definition).incidents());
        assertEquals(
                Set.of(Incident.ENSURE),
                Litmus.data(DataModel.SC).with(b -> b.nmis(1)).run(definition).incidents());
    }
}
