// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** What an execution of a site has met, completed and left behind. */
class MetSituationsTest {
    private static final String[] PATCH = {"cpu0 begin", "cpu0 poke", "cpu0 end"};

    /** One CPU writes version 1, another runs something. */
    private static Protocol.Definition beside(Consumer<Recorder> other) {
        return b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin", site, 1);
                r.textStore("poke", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
            });
            b.thread(1, other);
        };
    }

    private static Machine executing(String site, int times) {
        return Litmus.sites(site).with(b -> b.fetch(FetchModel.COHERENT)).machine(b -> {
            Site patched = b.sites().get(0);
            beside(r -> {
                        for (int i = 0; i < times; i++) {
                            r.execute("exec" + i, patched);
                        }
                    })
                    .record(b);
        });
    }

    private static boolean met(Machine machine, Reached situation) {
        return (machine.reached() & situation.bit()) != 0;
    }

    @Test
    void anExecutionResumesInsideOnceAPatchCallHasBegun() {
        Machine machine = executing("9090->90f4", 1);
        Script script = new Script(machine).take("cpu1 fetch site0 [90]");
        script.take("cpu0 begin");
        assertFalse(met(machine, Reached.RESUMED_INSIDE));
        script.take("cpu1 fetch site0+1 [90]");
        assertTrue(met(machine, Reached.RESUMED_INSIDE));

        Machine before = executing("9090->90f4", 1);
        new Script(before).take("cpu1 fetch site0 [90]", "cpu1 fetch site0+1 [90]", "cpu0 begin");
        assertFalse(met(before, Reached.RESUMED_INSIDE));
    }

    @Test
    void anExecutionComesAfterNewCodeOnceThatWasSeen() {
        Machine machine = executing("nop1->f4", 2);
        Script script = new Script(machine).take(PATCH[0], PATCH[1], "cpu1 fetch site0 [f4]");
        assertFalse(met(machine, Reached.AFTER_NEW_CODE));
        script.take("cpu1 fetch site0 [f4]");
        assertTrue(met(machine, Reached.AFTER_NEW_CODE));
    }

    @Test
    void aPathComesToASecondSiteThatIsPatched() {
        Machine machine = Litmus.sites("nop1->f4", "nop1->f4")
                .machine(b -> beside(r -> {
                            r.pathBegin();
                            r.execute("other", b.sites().get(1));
                            r.execute("patched", b.sites().get(0));
                        })
                        .record(b));
        Script script = new Script(machine).take("cpu0 begin", "cpu1 fetch site1 [90]");
        assertFalse(met(machine, Reached.SECOND_SITE));
        script.take("cpu1 fetch site0 [90]");
        assertTrue(met(machine, Reached.SECOND_SITE));
    }

    @Test
    void aHandlerGoesBackOrEmulates() {
        assertTrue(handled(r -> r.setSavedAddress(Expr.savedAddress().minus(1))).met(Reached.WENT_BACK));
        assertFalse(
                handled(r -> r.setSavedAddress(Expr.savedAddress().minus(1))).met(Reached.EMULATED));
        assertTrue(handled(r -> r.note("goes on after the breakpoint")).met(Reached.EMULATED));
        assertFalse(handled(r -> r.note("goes on after the breakpoint")).met(Reached.WENT_BACK));
    }

    private static Outcomes handled(Consumer<Recorder> handler) {
        return Litmus.sites("int3->nop1").with(b -> b.cpus(1)).run(b -> {
            b.thread(0, r -> r.execute("exec", b.sites().get(0)));
            b.breakpoint(handler);
        });
    }

    @Test
    void anExecutionCompletesSomethingWithItsLastInstruction() {
        Machine machine = executing("9090->90f4", 1);
        Script script = new Script(machine).take("cpu1 fetch site0 [90]");
        assertFalse(machine.progressed());
        script.take("cpu1 fetch site0+1 [90]");
        assertTrue(machine.progressed());
    }

    /** Whether it began before the patch call returned is nobody's business any more. */
    @Test
    void anExecutionLeavesNothingBehind() {
        String exec = "cpu1 fetch site0 [90]";
        assertArrayEquals(
                unwatched().take(PATCH[0], exec, PATCH[1], PATCH[2]).state(),
                unwatched().take(PATCH[0], PATCH[1], PATCH[2], exec).state());
    }

    private static Script unwatched() {
        return new Script(Litmus.sites("nop1->nop1")
                .with(b -> b.fetch(FetchModel.COHERENT).watch(new Watch(true, false, false)))
                .machine(b -> beside(r -> r.execute("exec", b.sites().get(0))).record(b)));
    }

    @Test
    void aPatchCallCompletesSomethingWithItsReturn() {
        Machine machine = executing("nop1->f4", 1);
        Script script = new Script(machine).take(PATCH[0]);
        assertFalse(machine.progressed());
        assertEquals(1, machine.events());
        assertEquals(Event.call(0, 1, Moment.BEGINS), machine.event(0));
        script.take(PATCH[1]);
        assertFalse(machine.progressed());
        assertEquals(0, machine.events());
        script.take(PATCH[2]);
        assertTrue(machine.progressed());
        assertEquals(Event.call(0, 1, Moment.RETURNS), machine.event(0));
    }

    @Test
    void theSiteWhosePatchCallIsUnderWayIsKnown() {
        Machine machine = Litmus.sites("nop1->f4", "nop1->f4")
                .machine(b -> b.thread(0, r -> {
                    Site second = b.sites().get(1);
                    r.patchBegin("begin", second, 1);
                    r.textStore("poke", second, 0, second.bytes(1));
                    r.patchEnd("end", second, 1);
                }));
        Script script = new Script(machine);
        assertEquals(0, machine.underWay(script.state()));
        assertEquals(1, machine.underWay(script.take(PATCH[0]).state()));
        assertEquals(0, machine.underWay(script.take(PATCH[1], PATCH[2]).state()));
    }

    @Test
    void aThreadThatIsAtRestHasCompletedSomething() {
        Machine machine = Litmus.data(DataModel.SC)
                .with(b -> b.cpus(1).mergeLocal(false))
                .machine(b -> b.thread(0, r -> {
                    r.fence("fence");
                    r.rest();
                }));
        Script script = new Script(machine).take("cpu0 fence");
        assertFalse(machine.progressed());
        script.take(script.enabled().get(0));
        assertTrue(machine.progressed());
    }

    private static Outcomes thread(BiConsumer<ProtocolBuilder, Recorder> body) {
        return Litmus.data(DataModel.SC)
                .with(b -> b.cpus(1))
                .run(b -> b.thread(0, r -> {
                    r.fence("first");
                    body.accept(b, r);
                }));
    }

    @Test
    void aStepMeetsWhatItAsksFor() {
        assertEquals(Reached.COMPLETE.bit(), thread((b, r) -> r.fence("second")).reached());
        assertTrue(thread((b, r) -> r.bugOn(Expr.of(0), "never")).met(Reached.ASSERTED));
        assertTrue(thread((b, r) -> r.store("a", b.array("a", 2, 0, 0, 1).at(1), Expr.of(1)))
                .met(Reached.INDEXED));
        assertTrue(thread((b, r) -> {
                    ProtocolBuilder.Obj object = b.object("object");
                    Shared field = object.field("field", 0, 0, 1);
                    r.begin("begin", object);
                    r.store("field", field, Expr.of(1));
                })
                .met(Reached.OBJECT_USED));
        assertTrue(thread((b, r) -> {
                    Local rounds = r.local("rounds", 0, 1);
                    r.whileTrue(rounds.value().eq(0), () -> {
                        r.fence("again");
                        r.assign(rounds, Expr.of(1));
                    });
                })
                .met(Reached.WENT_BACK));
    }

    @Test
    void theVersionThatIsToldStaysInTheRangeOfItsLocal() {
        for (int most = 0; most < 2; most++) {
            int max = most;
            Outcomes told = Litmus.sites("nop1->f4")
                    .with(b -> b.fetch(FetchModel.COHERENT))
                    .run(b -> beside(r -> {
                                Local version = r.local("version", 0, max);
                                r.execute("exec", b.sites().get(0), version);
                            })
                            .record(b));
            assertEquals(max == 0 ? Set.of(Incident.RANGE) : Set.of(), told.incidents());
        }
    }

    @Test
    void aSavedAddressIsAPlace() {
        assertEquals(
                Set.of(Incident.RANGE),
                handled(r -> r.setSavedAddress(Expr.of(-1))).incidents());
        assertEquals(
                Set.of(Incident.RANGE),
                handled(r -> r.setSavedAddress(Expr.of(1 << 20))).incidents());
    }
}
