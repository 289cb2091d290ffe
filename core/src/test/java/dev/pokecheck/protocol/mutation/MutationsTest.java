// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Ghost;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MutationsTest {
    private static final Setting SETTING = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")))
            .with(s -> s.nmis(1).nmiWork(InterruptWork.SITE))
            .setting();

    private static List<Mutation> of(Consumer<Recorder> patcher) {
        return Mutations.of("p", SETTING, b -> b.patcher(patcher));
    }

    private static List<String> names(List<Mutation> mutations) {
        return mutations.stream().map(it -> it.name() + " " + it.change()).toList();
    }

    private static List<String> first(Mutation mutation) {
        return mutation.mutant().threads().get(0).body().stream()
                .map(Stmt::text)
                .toList();
    }

    @Test
    void eachStatementIsDroppedSwappedAndWeakened() {
        List<Mutation> all = of(r -> {
            r.note("a comment is no statement");
            r.serialize("one", Sync.CPUID);
            r.note("and is passed over");
            r.syncEachCpu("all", Sync.IRET);
        });
        assertEquals(
                List.of(
                        "thread0/one:drop dropped",
                        "thread0/one:weaken cpuid → fence",
                        "thread0/one:swap swapped with all",
                        "thread0/all:drop dropped",
                        "thread0/all:weaken every CPU → this CPU",
                        "thread0/all#2:weaken fenced → not fenced"),
                names(all));
        assertEquals("/* and is passed over */", first(all.get(0)).get(1));
        assertEquals("smp_mb();", first(all.get(1)).get(1));
        assertEquals("sync_one(); /* cpuid */", first(all.get(2)).get(3));
        assertEquals("sync_one(); /* iret */", first(all.get(4)).get(3));
    }

    /** Before the last of the stores alone is the swap; what it may still publish too early is the first. */
    @Test
    void aReleaseStoreIsHoistedBeforeTheStoresThatItPublishes() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            Shared y = b.shared("y", 0, 0, 3);
            Shared z = b.shared("z", 0, 0, 3);
            b.patcher(r -> {
                r.store("x", x, Expr.of(1));
                r.store("y", y, Expr.of(1));
                r.note("and is passed over");
                r.storeRelease("z", z, Expr.of(1));
            });
        });
        List<Mutation> hoisted = all.stream()
                .filter(it -> it.operator() == Mutation.Operator.HOIST)
                .toList();
        assertEquals(List.of("thread0/z:hoist before x"), names(hoisted));
        assertEquals(
                List.of(
                        "smp_store_release(&z, 1);",
                        "WRITE_ONCE(x, 1);",
                        "WRITE_ONCE(y, 1);",
                        "/* and is passed over */"),
                first(hoisted.get(0)));
        assertTrue(hoisted.get(0).equivalence().isEmpty());
    }

    @Test
    void aReleaseStoreOfOneStoreOrOfReleaseStoresIsNotHoisted() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            Shared y = b.shared("y", 0, 0, 3);
            Shared z = b.shared("z", 0, 0, 3);
            b.patcher(r -> {
                r.store("x", x, Expr.of(1));
                r.storeRelease("y", y, Expr.of(1));
                r.storeRelease("z", z, Expr.of(1));
            });
        });
        assertTrue(
                all.stream().noneMatch(it -> it.operator() == Mutation.Operator.HOIST),
                () -> names(all).toString());
    }

    @Test
    void aHandlerThatDoesNotReturnByIretIsWeakenedToo() {
        List<Mutation> all = of(r -> r.ipiThenSysret("membarrier", Sync.IRET));
        assertEquals(
                List.of(
                        "thread0/membarrier:drop dropped",
                        "thread0/membarrier:weaken every CPU → this CPU",
                        "thread0/membarrier#2:weaken handler: iret → fence",
                        "thread0/membarrier#3:weaken fenced → not fenced"),
                names(all));
        CpuStmt.SyncEachCpu weak = (CpuStmt.SyncEachCpu)
                all.get(2).mutant().threads().get(0).body().get(0);
        assertEquals(Sync.MFENCE, weak.sync());
        assertTrue(weak.switchesTask());
    }

    @Test
    void marksAndWorkloadsAreNotMutated() {
        Site site = SETTING.sites().get(0);
        List<Mutation> all = of(r -> {
            r.patchBegin("begin", site, 1);
            r.textPoke("poke", site, 0, site.bytes(1));
            r.patchEnd("end", site, 1);
        });
        assertEquals(List.of("thread0/poke:drop dropped"), names(all));
        Protocol whole = Protocol.record("p", SETTING, b -> {});
        assertTrue(
                !whole.nmi().body().isEmpty() && !whole.threads().get(1).body().isEmpty());
    }

    /** A postcondition, and what is stored for it, are questions: a protocol does not fail for want of them. */
    @Test
    void neitherIsWhatOnlyPostconditionsNeed() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Ghost ghost = b.ghost("ghost", 0, 0, 1);
            b.patcher(r -> {
                r.ghostStore("seen", ghost, Expr.of(1));
                r.ensure("always", ghost.value().eq(1));
            });
        });
        assertEquals(List.of(), names(all));
    }

    @Test
    void anIpiThatIsSentWithoutAFenceHasNoneToLose() {
        List<Mutation> all = of(r -> r.syncEachCpuUnfenced("all", Sync.IRET));
        assertEquals(List.of("thread0/all:drop dropped", "thread0/all:weaken every CPU → this CPU"), names(all));
    }

    @Test
    void oneStoreOfSeveralBytesBecomesAMemcpy() {
        Site site = SETTING.sites().get(0);
        List<Mutation> all = of(r -> r.inPlace(() -> {
            r.textStore("two", site, 0, (byte) 0xeb, (byte) 0x10);
            r.textStore("one", site, 0, (byte) 0xcc);
            r.textPoke("memcpy", site, 0, (byte) 0xeb, (byte) 0x10);
        }));
        assertEquals(
                List.of(
                        "thread0/two:drop dropped",
                        "thread0/two:weaken one store → memcpy",
                        "thread0/two:swap swapped with one",
                        "thread0/one:drop dropped",
                        "thread0/one:swap swapped with memcpy",
                        "thread0/memcpy:drop dropped"),
                names(all));
        TextStore weak =
                ((TextStmt.TextPoke) all.get(1).mutant().threads().get(0).body().get(0)).store();
        assertTrue(!weak.isSingle() && weak.isInPlace());
    }

    @Test
    void aCompareAndExchangeOfTextFallsApart() {
        Site site = SETTING.sites().get(0);
        List<Mutation> all = of(r -> {
            Local done = r.local("done", 0, 1);
            r.compareExchangeText("arm", site, 0, new byte[] {0x0f}, new byte[] {(byte) 0xcc}, done);
        });
        assertEquals(List.of("thread0/arm:drop dropped", "thread0/arm:weaken locked → load, store"), names(all));
        List<Stmt> weak = all.get(1).mutant().threads().get(0).body();
        assertTrue(weak.get(0) instanceof TextStmt.LoadText && weak.get(1) instanceof ControlStmt.If);
        assertEquals("done = old == 0;", weak.get(2).text());
    }

    @Test
    void anStiLosesItsShadow() {
        List<Mutation> all = of(r -> {
            r.irqDisable("off");
            r.sti("on");
        });
        Mutation weak = all.get(all.size() - 1);
        assertEquals(
                "thread0/on:weaken next instruction → some time later",
                names(all).get(all.size() - 1));
        assertEquals(
                new CpuStmt.SetInterruptFlag("on", true),
                weak.mutant().threads().get(0).body().get(1));
    }

    @Test
    void aWaitThatMayTimeOutWaitsForEver() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local late = r.local("late", 0, 1);
                r.awaitOrTimeout("wait", x.value().eq(1), late);
            });
        });
        assertEquals(List.of("thread0/wait:drop dropped", "thread0/wait:weaken timed → for ever"), names(all));
        assertEquals(2, all.get(1).mutant().threads().get(0).body().size());
        assertEquals("late = 0;", first(all.get(1)).get(1));
    }

    @Test
    void statementsInsideOthersAreReached() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> r.stopMachine(
                    "stop",
                    () -> r.call("f", "f()", () -> r.ifElse("if_x", x.value().eq(0), r::leave, () -> r.fence("mb"))),
                    b.routine("others", s -> s.await("wait", x.value().eq(1)))));
        });
        assertEquals(
                List.of(
                        "thread0/stop:drop dropped",
                        "thread0/stop:weaken every CPU → this CPU",
                        "thread0/f:drop dropped",
                        "thread0/f.if_x:drop dropped",
                        "thread0/return:drop dropped",
                        "thread0/f.mb:drop dropped",
                        "thread0/others.wait:drop dropped"),
                names(all));
    }

    @Test
    void aCallOfAllCpusReachesFewerOrIsNotWaitedFor() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> r.onEachCpu("all", "f", f -> f.store("set", x, Expr.of(1)), true));
        });
        assertEquals(
                List.of(
                        "thread0/all:drop dropped",
                        "thread0/all:weaken every CPU → this CPU",
                        "thread0/all#2:weaken wait → no wait",
                        "thread0/all.set:drop dropped",
                        "thread0/f.set:drop dropped"),
                names(all));
    }

    @Test
    void aLockedOperationFallsApart() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> r.rmw("get", x.cell(), RmwOp.ADD_UNLESS_ZERO, Expr.of(1)));
        });
        assertEquals(List.of("old = READ_ONCE(x);", "if (old != 0)"), first(all.get(1)));
        Routine thread = all.get(1).mutant().threads().get(0);
        assertEquals("old", thread.locals().get(thread.locals().size() - 1).name());
    }

    @Test
    void whatIsTheSameInOtherWordsSaysSo() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            b.patcher(r -> {
                Local i = r.local("i", 0, 3);
                Local j = r.local("j", 0, 3);
                r.assign(i, Expr.of(1));
                r.assign(j, Expr.of(2));
                r.assign(i, j.value());
                r.storeRelease("publish", x, i.value());
                r.storeRelease("again", x, i.value());
            });
        });
        List<String> equivalent = all.stream()
                .filter(it -> it.equivalence().isPresent())
                .map(Mutation::name)
                .toList();
        assertEquals(
                List.of("thread0/i = 1:swap", "thread0/publish:weaken", "thread0/publish:swap", "thread0/again:weaken"),
                equivalent);
    }

    /** A loop of the definition over sites unrolls; one statement of the source stays one statement. */
    @Test
    void copiesOfAStatementAreChangedTogether() {
        Setting two = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop2->jmp8")))
                .setting();
        List<Mutation> all = Mutations.of(
                "p",
                two,
                b -> b.patcher(r -> {
                    for (Site site : b.sites()) {
                        r.call("do." + site.name(), "do()", () -> {
                            r.textPoke("poke", site, 0, site.bytes(1));
                            r.serialize("sync", Sync.CPUID);
                        });
                    }
                    r.fence("last");
                }));
        assertEquals(
                List.of(
                        "thread0/do.site0:drop dropped",
                        "thread0/do.site0.poke:drop dropped",
                        "thread0/do.site0.poke:swap swapped with do.site0.sync",
                        "thread0/do.site0.sync:drop dropped",
                        "thread0/do.site0.sync:weaken cpuid → fence",
                        "thread0/do.site0:swap swapped with do.site1",
                        "thread0/do.site1:swap swapped with last",
                        "thread0/last:drop dropped"),
                names(all));
        assertEquals(List.of("smp_mb();"), first(all.get(0)));
        assertEquals(List.of("sync_one(); /* cpuid */"), inside(all.get(1), 0));
        assertEquals(List.of("sync_one(); /* cpuid */"), inside(all.get(1), 1));
        assertEquals("sync_one(); /* cpuid */", inside(all.get(2), 1).get(0));
        assertEquals("smp_mb();", inside(all.get(4), 1).get(1));
        assertEquals("last", all.get(6).mutant().threads().get(0).body().get(1).label());
        List<Stmt> trapped = all.get(3).trap().threads().get(0).body();
        for (Stmt call : trapped.subList(0, 2)) {
            assertEquals(3, ((ControlStmt.Call) call).body().size());
        }
        assertEquals(all.size(), all.stream().map(Mutation::place).distinct().count());
    }

    private static List<String> inside(Mutation mutation, int call) {
        ControlStmt.Call stmt =
                (ControlStmt.Call) mutation.mutant().threads().get(0).body().get(call);
        return stmt.body().stream().map(Stmt::text).toList();
    }

    /** The place of a mutation tells which of another setting's mutations changes the same statement. */
    @Test
    void placesDoNotDependOnTheSetting() {
        Protocol.Definition definition = b -> b.patcher(r -> {
            for (int v = 1; v < b.setting().versions(); v++) {
                r.fence("mb" + v);
            }
            r.serialize("sync", Sync.CPUID);
        });
        Setting more = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32->nop5"))).setting();
        List<Mutation> one = Mutations.of("p", SETTING, definition);
        List<Mutation> two = Mutations.of("p", more, definition);
        assertEquals("thread0/mb1:swap swapped with sync", names(one).get(1));
        assertEquals("thread0/mb2:swap swapped with sync", names(two).get(2));
        assertEquals(one.get(1).place(), two.get(2).place());
        assertEquals(one.get(0).place(), two.get(0).place());
        assertTrue(first(two.get(0)).stream().noneMatch("smp_mb();"::equals));
    }

    @Test
    void theTrapStandsInFrontOfTheStatement() {
        List<Mutation> all = of(r -> {
            r.fence("a");
            r.fence("b");
        });
        Mutation dropB = all.get(2);
        assertEquals("thread0/b:drop", dropB.name());
        List<String> trapped =
                dropB.trap().threads().get(0).body().stream().map(Stmt::label).toList();
        assertEquals(List.of("a", "", "b"), trapped);
    }

    @Test
    void aProtocolThatLooksAtTheWorkIsRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Mutations.of(
                        "p",
                        SETTING,
                        b -> b.patcher(r -> {
                            if (b.setting().thread() == ThreadWork.NONE) {
                                r.fence("idle");
                            }
                        })));
        assertEquals(0, Stream.of(of(r -> {})).mapToInt(List::size).sum());
    }

    /** What stands behind a test that ends the handler may come before it if nobody notices: a load, but no locked operation. */
    @Test
    void onlyWhatNobodyNoticesMovesPastTheEndOfAHandler() {
        List<Mutation> all = Mutations.of("p", SETTING, b -> {
            Shared x = b.shared("x", 0, 0, 3);
            Shared y = b.shared("y", 0, 0, 3);
            Shared field = b.object("desc").field("site", 0, 0, 3);
            b.breakpoint(r -> {
                Local refs = r.local("refs", 0, 3);
                Local i = r.local("i", 0, 3);
                r.rmw("get", x.cell(), RmwOp.ADD, Expr.of(1), refs);
                r.ifThen(refs.value().eq(0), () -> r.unhandled("none"));
                r.load("plain", i, y);
                r.ifThen(refs.value().eq(1), () -> r.unhandled("one"));
                r.load("field", i, field);
                r.ifThen(refs.value().eq(2), () -> r.unhandled("two"));
                r.rmw("put", x.cell(), RmwOp.ADD, Expr.of(-1));
                r.setSavedAddress(Expr.savedAddress().minus(1));
            });
        });
        List<String> equivalent = all.stream()
                .filter(it -> it.operator() == Mutation.Operator.SWAP
                        && it.equivalence().isPresent())
                .map(Mutation::name)
                .toList();
        assertEquals(List.of("bp/if (refs == 0):swap", "bp/plain:swap", "bp/put:swap"), equivalent);
    }

    /** Who is given the breakpoint back would go on elsewhere. */
    @Test
    void whereTheContextGoesOnIsNotSetBeforeTheHandlerGivesUp() {
        List<Mutation> all = Mutations.of(
                "p",
                SETTING,
                b -> b.breakpoint(r -> {
                    Local ours = r.local("ours", 0, 1);
                    r.load("load", ours, b.shared("ours", 0, 0, 1));
                    r.ifThen(ours.value().eq(0), () -> r.unhandled("not_ours"));
                    r.setSavedAddress(Expr.savedAddress().minus(1));
                }));
        assertTrue(all.stream()
                .filter(it ->
                        it.operator() == Mutation.Operator.SWAP && it.name().startsWith("bp/if"))
                .allMatch(it -> it.equivalence().isEmpty()));
    }
}
