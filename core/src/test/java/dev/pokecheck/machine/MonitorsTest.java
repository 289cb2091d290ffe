// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Reached;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** {@code stale}, {@code backwards} and {@code group}: when they are raised, and when not. */
class MonitorsTest {
    private static final Set<Incident> NOTHING = Set.of();

    private static Protocol.Definition patch(Consumer<Recorder> sync, String... executions) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textPoke("poke", site, 0, site.bytes(1));
                sync.accept(r);
                r.patchEnd("end", site, 1);
            });
            b.thread(1, r -> {
                for (String label : executions) {
                    r.execute(label, site);
                }
            });
        };
    }

    private static final Consumer<Recorder> NO_SYNC = MonitorsTest::nothing;

    private static void nothing(Recorder r) {}

    private static void sync(Recorder r) {
        r.syncEachCpu("sync", Sync.IRET);
    }

    @Test
    void oldCodeBehindThePatchCallIsStale() {
        Litmus litmus = Litmus.sites("nop1->f4");
        assertEquals(Set.of(Incident.STALE), litmus.run(patch(NO_SYNC, "exec")).incidents());
        assertEquals(NOTHING, litmus.run(patch(MonitorsTest::sync, "exec")).incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.fetch(FetchModel.COHERENT))
                        .run(patch(NO_SYNC, "exec"))
                        .incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.watch(Watch.NOTHING))
                        .run(patch(NO_SYNC, "exec"))
                        .incidents());
    }

    /** To version 1 and back to the bytes of version 0; only the second patch call synchronises, or also the first. */
    private static Protocol.Definition thereAndBack(Consumer<Recorder> first, int upTo) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin1", site, 1);
                r.textPoke("poke1", site, 0, site.bytes(1));
                first.accept(r);
                r.patchEnd("end1", site, 1);
                if (upTo == 2) {
                    r.patchBegin("begin2", site, 2);
                    r.textPoke("poke2", site, 0, site.bytes(2));
                    r.syncEachCpu("sync2", Sync.IRET);
                    r.patchEnd("end2", site, 2);
                }
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    @Pins("machine.same-bytes")
    @Test
    void oldCodeIsStaleAlsoIfALaterVersionHasTheSameBytes() {
        Litmus litmus = Litmus.sites("nop1->f4->nop1");
        assertEquals(
                Set.of(Incident.STALE), litmus.run(thereAndBack(NO_SYNC, 1)).incidents());
        assertEquals(NOTHING, litmus.run(thereAndBack(MonitorsTest::sync, 1)).incidents());
        assertEquals(
                Set.of(Incident.STALE), litmus.run(thereAndBack(NO_SYNC, 2)).incidents());
    }

    @Test
    void onceTheLaterVersionIsBegunItsBytesAreNotStale() {
        assertEquals(
                NOTHING,
                Litmus.sites("nop1->f4->nop1")
                        .run(thereAndBack(MonitorsTest::sync, 2))
                        .incidents());
    }

    @Pins("machine.same-bytes")
    @Test
    void goingBackToBytesThatALaterVersionHasIsGoingBackwards() {
        String[] patch = {"cpu0 begin1", "cpu0 poke1"};
        Script script = new Script(Litmus.sites("nop1->f4->nop1").machine(b -> {
            thereAndBack(NO_SYNC, 2).record(b);
            b.thread(1, r -> r.execute("again", b.sites().get(0)));
        }));
        assertEquals(
                Set.of(Incident.BACKWARDS),
                script.take(patch)
                        .take("cpu1 fetch site0 [f4]", "cpu1 fetch site0 [90]")
                        .incidents());
    }

    private static Script twoInstructions() {
        // The first instruction is the same in both versions; the execution sees the old second one.
        return new Script(Litmus.sites("9090->90f4").machine(patch(NO_SYNC, "exec")));
    }

    @Pins("machine.first-fetch")
    @Test
    void anExecutionThatBeganBeforeThePatchCallReturnedIsNotStale() {
        String[] patch = {"cpu0 begin", "cpu0 poke site0+0 [90]", "cpu0 poke site0+1 [f4]", "cpu0 end"};
        assertEquals(
                NOTHING,
                twoInstructions()
                        .take(patch[0], patch[1], patch[2], "cpu1 fetch site0 [90]", patch[3])
                        .take("cpu1 fetch site0+1 [90]")
                        .incidents());
        assertEquals(
                Set.of(Incident.STALE),
                twoInstructions()
                        .take(patch)
                        .take("cpu1 fetch site0 [90]", "cpu1 fetch site0+1 [90]")
                        .incidents());
        assertEquals(
                NOTHING,
                twoInstructions()
                        .take(patch)
                        .take("cpu1 fetch site0 [90]", "cpu1 fetch site0+1 [f4]")
                        .incidents());
    }

    @Test
    void newCodeBeforeThePatchCallReturnsIsNotStale() {
        Outcomes outcomes = Litmus.sites("nop1->f4").fetches().run(patch(MonitorsTest::sync, "exec"));
        assertEquals(Set.of("cpu1=old", "cpu1=new"), outcomes.finals());
    }

    @Test
    void oldCodeBehindACompleteExecutionOfNewCodeIsBackwards() {
        Watch backwards = new Watch(false, true, false);
        Litmus litmus = Litmus.sites("nop1->f4").with(b -> b.watch(backwards));
        assertEquals(
                Set.of(Incident.BACKWARDS),
                litmus.run(patch(NO_SYNC, "exec1", "exec2")).incidents());
        assertEquals(NOTHING, litmus.run(patch(NO_SYNC, "exec")).incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.fetch(FetchModel.COHERENT))
                        .run(patch(NO_SYNC, "exec1", "exec2"))
                        .incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.fetchCoherent(true))
                        .run(patch(NO_SYNC, "exec1", "exec2"))
                        .incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.watch(Watch.NOTHING))
                        .run(patch(NO_SYNC, "exec1", "exec2"))
                        .incidents());
    }

    @Test
    void twoCpusGoBackwardsEvenIfEachOfThemDoesNot() {
        Protocol.Definition definition = b -> {
            patch(NO_SYNC, "exec").record(b);
            b.thread(2, r -> r.execute("exec", b.sites().get(0)));
        };
        Litmus litmus =
                Litmus.sites("nop1->f4").with(b -> b.cpus(3).fetchCoherent(true).watch(new Watch(false, true, false)));
        assertEquals(Set.of(Incident.BACKWARDS), litmus.run(definition).incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.fetch(FetchModel.COHERENT)).run(definition).incidents());
    }

    @Test
    void executionsThatOverlapAreInNoOrder() {
        Protocol.Definition definition = b -> {
            patch(NO_SYNC, "exec").record(b);
            b.thread(2, r -> r.execute("exec", b.sites().get(0)));
        };
        Litmus litmus = Litmus.sites("9090->90f4").with(b -> b.cpus(3).watch(new Watch(false, true, false)));
        String[] start = {"cpu0 begin", "cpu0 poke site0+0 [90]", "cpu0 poke site0+1 [f4]"};
        assertEquals(
                NOTHING,
                new Script(litmus.machine(definition))
                        .take(start)
                        .take("cpu2 fetch site0 [90]")
                        .take("cpu1 fetch site0 [90]", "cpu1 fetch site0+1 [f4]")
                        .take("cpu2 fetch site0+1 [90]")
                        .incidents());
        assertEquals(
                Set.of(Incident.BACKWARDS),
                new Script(litmus.machine(definition))
                        .take(start)
                        .take("cpu1 fetch site0 [90]", "cpu1 fetch site0+1 [f4]")
                        .take("cpu2 fetch site0 [90]", "cpu2 fetch site0+1 [90]")
                        .incidents());
    }

    /** Two sites are patched one after the other; CPU 1 runs through both. */
    private static Protocol.Definition twoSites(boolean onePath, boolean preemptible) {
        return b -> {
            b.thread(
                    0,
                    r -> r.stopMachine(
                            "stop",
                            () -> b.sites().forEach(s -> r.textPoke("poke." + s.name(), s, 0, s.bytes(1))),
                            b.routine("others", other -> other.serialize("cpuid", Sync.CPUID))));
            b.thread(1, r -> {
                if (!preemptible) {
                    r.preemptDisable("off");
                }
                r.pathBegin();
                r.execute("exec0", b.sites().get(0));
                if (!onePath) {
                    r.pathBegin();
                }
                r.execute("exec1", b.sites().get(1));
                if (!preemptible) {
                    r.preemptEnable("on");
                }
            });
        };
    }

    @Test
    void aPathThatSeesOldAndNewViolatesTheGroup() {
        Litmus litmus = Litmus.sites("nop1->f4", "nop1->f4")
                .with(b -> b.fetch(FetchModel.COHERENT).watch(new Watch(false, false, true)));
        assertEquals(Set.of(Incident.GROUP), litmus.run(twoSites(true, true)).incidents());
        assertEquals(NOTHING, litmus.run(twoSites(true, false)).incidents());
        assertEquals(NOTHING, litmus.run(twoSites(false, true)).incidents());
        assertEquals(
                NOTHING,
                litmus.with(b -> b.watch(Watch.NOTHING))
                        .run(twoSites(true, true))
                        .incidents());
    }

    @Test
    void codeThatBothVersionsShareViolatesNoGroup() {
        Litmus litmus = Litmus.sites("nop1->nop1", "nop1->f4")
                .with(b -> b.fetch(FetchModel.COHERENT).watch(new Watch(false, false, true)));
        assertEquals(NOTHING, litmus.run(twoSites(true, true)).incidents());
    }

    @Test
    void anExecutionGoesOnBehindTheseIncidents() {
        Outcomes outcomes = Litmus.sites("nop1->f4").fetches().run(patch(NO_SYNC, "exec1", "exec2"));
        assertEquals(Set.of(Incident.STALE, Incident.BACKWARDS), outcomes.incidents());
        assertEquals(Set.of("cpu1=old,old", "cpu1=old,new", "cpu1=new,old", "cpu1=new,new"), outcomes.finals());
        assertEquals(
                Incident.STALE.bit() | Incident.BACKWARDS.bit() | Incident.GROUP.bit(),
                Incidents.forbiddenAt(Level.GROUP) & ~Incidents.FATAL);
    }

    @Test
    void situationsAreReportedOnlyWhenTheyWereMet() {
        Litmus litmus = Litmus.sites("nop1->f4");
        Outcomes stale = litmus.run(patch(NO_SYNC, "exec"));
        assertTrue(stale.met(Reached.STALE_FETCH));
        assertTrue(stale.met(Reached.SITE_DURING_PATCH));
        assertTrue(stale.met(Reached.SITE_AFTER_PATCH));
        assertTrue(stale.met(Reached.NEW_CODE));
        assertTrue(stale.met(Reached.COMPLETE));
        Outcomes coherent = litmus.with(b -> b.fetch(FetchModel.COHERENT)).run(patch(NO_SYNC, "exec"));
        assertEquals(false, coherent.met(Reached.STALE_FETCH));
        Outcomes idle = litmus.run(patch(NO_SYNC));
        assertEquals(Reached.COMPLETE.bit(), idle.reached());
    }
}
