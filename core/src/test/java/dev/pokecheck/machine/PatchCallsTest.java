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
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Protocol.Definition;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which version is asked for when several CPUs patch, in any order, and when a call is given up. */
class PatchCallsTest {
    private static final Set<Incident> NOTHING = Set.of();

    /** Versions of one byte each, so that nothing can be torn. */
    private static final String THREE = "nop1->f4->f5";

    private static Litmus coherent(String site) {
        return Litmus.sites(site).with(b -> b.fetch(FetchModel.COHERENT));
    }

    private static void store(Recorder r, Site site, int version) {
        r.textStore("store" + version, site, 0, site.bytes(version));
    }

    private static void call(Recorder r, Site site, int version) {
        r.patchBegin("begin" + version, site, version);
        store(r, site, version);
        r.patchEnd("end" + version, site, version);
    }

    private static boolean isAscending(String site, Definition definition) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site))).with(b -> b.cpus(3));
        return Protocol.record("calls", scenario.setting(), definition)
                .callOrder()
                .isAscending();
    }

    // ---- two patchers under one lock

    /** Where the marks stand. */
    private enum Marks {
        INSIDE,
        OUTSIDE
    }

    private static Definition twoPatchers(boolean locked, Marks marks) {
        return b -> {
            Site site = b.sites().get(0);
            Shared mutex = b.shared("mutex", 0, 0, 1);
            for (int cpu = 0; cpu < 2; cpu++) {
                int version = cpu + 1;
                b.thread(cpu, r -> {
                    if (marks == Marks.OUTSIDE) {
                        r.patchBegin("begin", site, version);
                    }
                    if (locked) {
                        r.awaitExchange("lock", mutex.cell(), Expr.of(0), Expr.of(1));
                    }
                    if (marks == Marks.INSIDE) {
                        r.patchBegin("begin", site, version);
                    }
                    store(r, site, version);
                    r.syncEachCpu("sync", Sync.IRET);
                    if (marks == Marks.INSIDE) {
                        r.patchEnd("end", site, version);
                    }
                    if (locked) {
                        r.storeRelease("unlock", mutex, Expr.of(0));
                    }
                    if (marks == Marks.OUTSIDE) {
                        r.patchEnd("end", site, version);
                    }
                });
            }
            b.thread(2, r -> {
                r.execute("exec1", site);
                r.execute("exec2", site);
            });
        };
    }

    private static Outcomes threeCpus(Definition definition) {
        return Litmus.sites(THREE).with(b -> b.cpus(3)).run(definition);
    }

    @Pins("machine.requested-text")
    @Pins("machine.patch-calls")
    @Test
    void theLastOfTwoPatchersIsAskedFor() {
        assertFalse(isAscending(THREE, twoPatchers(true, Marks.INSIDE)));
        Outcomes outcomes = threeCpus(twoPatchers(true, Marks.INSIDE));
        assertEquals(Set.of(Incident.BACKWARDS), outcomes.incidents(), "a stale fetch while a call is under way");
        assertTrue(outcomes.met(Reached.NEW_CODE) && outcomes.met(Reached.SITE_AFTER_PATCH));
    }

    @Pins("machine.overlapping-calls")
    @Test
    void ofCallsThatOverlapEachMayBeTheLast() {
        assertEquals(
                Set.of(Incident.BACKWARDS),
                threeCpus(twoPatchers(true, Marks.OUTSIDE)).incidents());
    }

    /** The first has returned before the second begins, and still writes. */
    @Pins("machine.requested-text")
    @Test
    void aPatcherThatWritesAfterItsCallLosesAPatch() {
        Definition late = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 2);
                r.patchEnd("end", site, 2);
                store(r, site, 2);
            });
            b.thread(1, r -> call(r, site, 1));
        };
        assertEquals(Set.of(Incident.LOST_PATCH), coherent(THREE).run(late).incidents());
    }

    // ---- one patcher, down as well as up

    private static Definition walk(int... versions) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                for (int i = 0; i < versions.length; i++) {
                    r.patchBegin("begin" + i, site, versions[i]);
                    r.textStore("store" + i, site, 0, site.bytes(versions[i]));
                    r.patchEnd("end" + i, site, versions[i]);
                }
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    @Pins("machine.patch-calls")
    @Test
    void aCallMayBringAnEarlierVersion() {
        assertEquals(NOTHING, coherent(THREE).run(walk(2, 1)).incidents());
        assertEquals(NOTHING, coherent(THREE).run(walk(1, 0)).incidents());
        assertEquals(NOTHING, coherent(THREE).run(walk(1, 2, 0, 2)).incidents());
    }

    @Pins("machine.may-see")
    @Test
    void whatACallHasReplacedIsStale() {
        Litmus stale = Litmus.sites("nop1->f4");
        assertEquals(Set.of(Incident.STALE), stale.run(walk(1, 0)).incidents());
        Outcomes later = Litmus.sites("nop1->f4").run(b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin1", site, 1);
                store(r, site, 1);
                r.syncEachCpu("sync", Sync.IRET);
                r.patchEnd("end1", site, 1);
                r.patchBegin("begin0", site, 0);
                store(r, site, 0);
            });
            b.thread(1, r -> r.execute("exec", site));
        });
        assertEquals(NOTHING, later.incidents(), "the second call never returns, and both versions may be seen");
    }

    /** The execution began when version 1 was in force, sees version 0, and ends after the call for that has begun. */
    @Pins("machine.may-see")
    @Test
    void anExecutionMaySeeWhatIsBroughtBeforeItEnds() {
        Definition slow = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin1", site, 1);
                r.textStore("store1", site, 0, site.bytes(1));
                r.patchEnd("end1", site, 1);
                r.patchBegin("begin0", site, 0);
                r.textStore("store0", site, 0, site.bytes(0));
                r.patchEnd("end0", site, 0);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
        Script script = new Script(Litmus.sites("9090->f490")
                .with(b -> b.fetch(FetchModel.STALE_CHUNK))
                .machine(slow));
        script.take("cpu0 begin1", "cpu0 store1", "cpu0 end1", "cpu1 fetch site0 [90]", "cpu0 begin0");
        assertEquals(NOTHING, script.take("cpu1 fetch site0+1 [90]").incidents());
        Script tooLate = new Script(Litmus.sites("9090->f490").machine(slow));
        tooLate.take("cpu0 begin1", "cpu0 store1", "cpu0 end1", "cpu1 fetch site0 [90]");
        assertEquals(
                Set.of(Incident.STALE), tooLate.take("cpu1 fetch site0+1 [90]").incidents());
    }

    @Pins("machine.overtaken")
    @Test
    void whoComesAfterAnExecutionOfNewCodeDoesNotSeeOlder() {
        Definition definition = b -> {
            walk(2, 1).record(b);
            b.thread(1, r -> r.execute("exec2", b.sites().get(0)));
        };
        assertEquals(
                Set.of(Incident.STALE, Incident.BACKWARDS),
                Litmus.sites(THREE).run(definition).incidents());
        assertEquals(NOTHING, coherent(THREE).run(definition).incidents());
    }

    // ---- calls that are given up

    /** The breakpoint is written, the rest fails, and the old byte is written back. */
    private static Definition failing(boolean synchronised, boolean fails) {
        return b -> {
            Site site = b.sites().get(0);
            Shared active = b.shared("active", 0, 0, 1);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.store("activate", active, Expr.of(1));
                r.textPoke("int3", site, 0, (byte) 0xcc);
                r.syncEachCpu("sync1", Sync.IRET);
                r.textPoke("back", site, 0, site.at(0, 0));
                if (synchronised) {
                    r.syncEachCpu("sync2", Sync.IRET);
                }
                r.store("deactivate", active, Expr.of(0));
                if (fails) {
                    r.patchAbort("abort", site, 1);
                } else {
                    r.patchEnd("end", site, 1);
                }
            });
            b.thread(1, r -> r.execute("exec", site));
            b.breakpoint(r -> {
                r.ifThen("ours", active.value().eq(0), () -> {
                    r.unhandled("not_ours");
                });
                r.setSavedAddress(Expr.savedAddress().minus(1));
            });
        };
    }

    @Pins("machine.aborted-call")
    @Test
    void aCallThatIsGivenUpLeavesWhatWasThere() {
        Litmus litmus = Litmus.sites("nop5->jmp32");
        assertEquals(NOTHING, litmus.run(failing(true, true)).incidents());
        assertEquals(
                Set.of(Incident.UNHANDLED_INT3),
                litmus.run(failing(false, true)).incidents());
        assertTrue(litmus.run(failing(true, false)).incidents().contains(Incident.LOST_PATCH));
    }

    @Pins("machine.aborted-call")
    @Test
    void whatACallBroughtThatWasGivenUpIsStaleAfterwards() {
        BiConsumer<ProtocolBuilder, Boolean> patcher = (b, synchronised) -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                store(r, site, 1);
                store(r, site, 0);
                if (synchronised) {
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.patchAbort("abort", site, 1);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
        Litmus litmus = Litmus.sites("nop1->f4");
        assertEquals(NOTHING, litmus.run(b -> patcher.accept(b, true)).incidents());
        assertEquals(
                Set.of(Incident.STALE),
                litmus.run(b -> patcher.accept(b, false)).incidents());
    }

    // ---- the two ways to keep calls

    /** A branch that is never taken gives a call up: so calls are free, and nothing else is different. */
    private static Definition free(Definition definition) {
        return b -> {
            definition.record(b);
            b.thread(
                    0,
                    r -> r.ifThen(
                            Expr.of(0), () -> r.patchAbort("never", b.sites().get(0), 1)));
        };
    }

    @Pins("machine.ascending")
    @ParameterizedTest
    @ValueSource(strings = {"nop1->f4", "nop1->f4->f5", "9090->f490->f4f5"})
    void ascendingCallsAreFreeCallsToo(String site) {
        int versions = SiteSpec.parse(site).place(0).versions();
        int[] all = new int[versions - 1];
        for (int v = 1; v < versions; v++) {
            all[v - 1] = v;
        }
        Definition ascending = b -> {
            walk(all).record(b);
            b.thread(1, r -> r.execute("exec2", b.sites().get(0)));
        };
        assertTrue(isAscending(site, ascending));
        assertFalse(isAscending(site, free(ascending)));
        for (FetchModel fetch : FetchModel.values()) {
            Litmus litmus = Litmus.sites(site).fetches().with(b -> b.fetch(fetch));
            litmus.run(ascending).assertSays(litmus.run(free(ascending)), fetch.text());
        }
    }

    @Test
    void whatACallBringsIsPendingUntilItReturns() {
        Machine machine = coherent("nop1->f4").machine(free(walk(1)));
        PatchCalls calls = machine.model().calls;
        Script script = new Script(machine);
        assertEquals(1 << 0, calls.pending(script.state(), 0));
        script.take(script.enabled().get(0));
        assertEquals(1 << 1, calls.pending(script.state(), 0));
        assertEquals(1 << 0, calls.inForce(script.state(), 0));
    }

    @Pins("machine.requested-text")
    @Test
    void aVersionThatNoCallBringsIsNotAskedFor() {
        assertFalse(isAscending(THREE, walk(1)));
        assertEquals(NOTHING, coherent(THREE).run(walk(1)).incidents());
        assertEquals(
                Set.of(Incident.LOST_PATCH),
                coherent(THREE)
                        .run(b -> b.thread(0, r -> store(r, b.sites().get(0), 1)))
                        .incidents());
    }
}
