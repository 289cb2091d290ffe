// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents that are the fault of the protocol alone. */
class BugsTest {
    private static final Set<Incident> NOTHING = Set.of();

    private static Outcomes thread(String site, BiConsumer<ProtocolBuilder, Recorder> body) {
        return Litmus.sites(site)
                .with(b -> b.cpus(1))
                .run(b -> b.thread(0, r -> {
                    r.serialize("first", Sync.CPUID);
                    body.accept(b, r);
                }));
    }

    private static Set<Incident> incidents(BiConsumer<ProtocolBuilder, Recorder> body) {
        return thread("nop1->nop1", body).incidents();
    }

    @Test
    void aBugOnIsRaisedIfItHolds() {
        assertEquals(Set.of(Incident.BUG_ON), incidents((b, r) -> r.bugOn(Expr.of(1), "yes")));
        assertEquals(NOTHING, incidents((b, r) -> r.bugOn(Expr.of(0), "no")));
        assertEquals(
                Set.of(Incident.BUG_ON),
                incidents(
                        (b, r) -> r.bugOn("bug", b.shared("x", 1, 0, 1).value().eq(1), "yes")));
        assertEquals(
                NOTHING,
                incidents(
                        (b, r) -> r.bugOn("bug", b.shared("x", 0, 0, 1).value().eq(1), "no")));
    }

    @Test
    void ud2IsRaisedIfItIsExecuted() {
        assertEquals(
                Set.of(Incident.UD2),
                thread("ud2->ud2", (b, r) -> r.execute("exec", b.sites().get(0)))
                        .incidents());
        assertEquals(
                NOTHING,
                thread("nop2->nop2", (b, r) -> r.execute("exec", b.sites().get(0)))
                        .incidents());
    }

    @Test
    void aPatchThatIsNotMadeIsLost() {
        assertEquals(
                Set.of(Incident.LOST_PATCH), thread("nop1->f4", (b, r) -> {}).incidents());
        assertEquals(
                NOTHING,
                thread("nop1->f4", (b, r) -> r.textPoke("poke", b.sites().get(0), 0, (byte) 0xf4))
                        .incidents());
        assertEquals(
                Set.of(Incident.LOST_PATCH),
                thread("nop1->f4->90", (b, r) -> r.textPoke("poke", b.sites().get(0), 0, (byte) 0xf4))
                        .incidents());
    }

    @Pins("machine.ends-there")
    @Test
    void aThreadWhoseLastStepIsABugHasNotEnded() {
        assertEquals(
                Set.of(Incident.BUG_ON),
                thread("nop1->f4", (b, r) -> r.bugOn(Expr.of(1), "yes")).incidents());
        assertEquals(
                Set.of(Incident.RANGE),
                thread("nop1->f4", (b, r) -> r.store("x", b.shared("x", 0, 0, 1), Expr.of(2)))
                        .incidents());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 2, 3})
    void aStoreStaysInTheRangeOfItsVariable(int value) {
        Set<Incident> expected = value < 0 || value > 2 ? Set.of(Incident.RANGE) : NOTHING;
        assertEquals(expected, incidents((b, r) -> r.store("x", b.shared("x", 0, 0, 2), Expr.of(value))));
        assertEquals(
                expected, incidents((b, r) -> r.rmw("x", b.shared("x", 0, 0, 2).cell(), RmwOp.ADD, Expr.of(value))));
        assertEquals(
                expected,
                incidents((b, r) -> r.compareExchange(
                        "x", b.shared("x", 0, 0, 2).cell(), Expr.of(0), Expr.of(value), r.local("ok", 0, 1))));
        assertEquals(
                expected,
                incidents((b, r) -> r.awaitExchange("x", b.shared("x", 0, 0, 2).cell(), Expr.of(0), Expr.of(value))));
        assertEquals(expected, incidents((b, r) -> r.assign(r.local("l", 0, 2), Expr.of(value))));
    }

    @Test
    void aLoadStaysInTheRangeOfItsLocal() {
        assertEquals(
                Set.of(Incident.RANGE), incidents((b, r) -> r.load("x", r.local("l", 0, 1), b.shared("x", 2, 0, 2))));
        assertEquals(NOTHING, incidents((b, r) -> r.load("x", r.local("l", 0, 2), b.shared("x", 2, 0, 2))));
    }

    @Test
    void aFailedCompareExchangeWritesNothing() {
        assertEquals(
                NOTHING,
                incidents((b, r) -> r.compareExchange(
                        "x", b.shared("x", 0, 0, 2).cell(), Expr.of(1), Expr.of(99), r.local("ok", 0, 1))));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1, 2})
    void anIndexStaysInItsArray(int index) {
        Set<Incident> expected = index < 0 || index > 1 ? Set.of(Incident.INDEX) : NOTHING;
        accesses().forEach(arguments -> {
            Access access = (Access) arguments.get()[0];
            assertEquals(
                    expected,
                    incidents(
                            (b, r) -> access.record(r, b.array("a", 2, 0, 0, 3).at(index))),
                    access.toString());
        });
    }

    @Test
    void anNmiIsSentToACpuThatThereIs() {
        assertEquals(Set.of(Incident.INDEX), incidents((b, r) -> r.sendNmi("send", Expr.of(1))));
        assertEquals(Set.of(Incident.INDEX), incidents((b, r) -> r.sendNmi("send", Expr.of(-1))));
        assertEquals(NOTHING, incidents((b, r) -> r.sendNmi("send", Expr.of(0))));
    }

    /** One way to access a memory cell that holds 0. */
    private enum Access {
        LOAD,
        STORE,
        RMW,
        COMPARE_EXCHANGE,
        BRANCH,
        BUG_ON;

        void record(Recorder r, Shared.Cell cell) {
            Local local = r.local("l", 0, 3);
            switch (this) {
                case LOAD -> r.load("access", local, cell);
                case STORE -> r.store("access", cell, Expr.of(0));
                case RMW -> r.rmw("access", cell, RmwOp.ADD, Expr.of(0), local);
                case COMPARE_EXCHANGE -> r.compareExchange("access", cell, Expr.of(0), Expr.of(0), local);
                case BRANCH -> r.ifThen("access", cell.value().eq(0), () -> {});
                case BUG_ON -> r.bugOn("access", cell.value().ne(0), "not 0");
            }
        }
    }

    static Stream<Arguments> accesses() {
        return Stream.of(Access.values()).map(Arguments::of);
    }

    private static Set<Incident> inItsLife(BiConsumer<Recorder, Shared> access) {
        return incidents((b, r) -> {
            ProtocolBuilder.Obj object = b.object("desc");
            Shared field = object.field("refs", 0, 0, 3);
            r.begin("begin", object);
            access.accept(r, field);
            r.end("end", object);
        });
    }

    private static Outcomes outsideItsLife(BiConsumer<Recorder, Shared> access) {
        return thread("nop1->nop1", (b, r) -> {
            ProtocolBuilder.Obj object = b.object("desc");
            Shared field = object.field("refs", 0, 0, 3);
            r.begin("begin", object);
            r.end("end", object);
            access.accept(r, field);
        });
    }

    @Pins("machine.dead-object")
    @ParameterizedTest
    @MethodSource("accesses")
    void anObjectIsUsedOnlyInItsLife(Access access) {
        assertEquals(NOTHING, inItsLife((r, field) -> access.record(r, field.cell())));
        assertEquals(
                Set.of(Incident.DEAD_OBJECT),
                outsideItsLife((r, field) -> access.record(r, field.cell())).incidents());
        assertEquals(
                Set.of(Incident.DEAD_OBJECT),
                incidents((b, r) ->
                        access.record(r, b.object("desc").field("refs", 0, 0, 3).cell())));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void waitingForADeadObjectIsAFault(int value) {
        assertEquals(
                NOTHING, inItsLife((r, field) -> r.await("wait", field.value().eq(0))));
        assertEquals(
                Set.of(Incident.DEAD_OBJECT),
                outsideItsLife((r, field) -> r.await("wait", field.value().eq(value)))
                        .incidents());
    }

    /** What is done with a field, 0..3, of an object that is dead, then a load of it; and the values of r0, r1 and the field at the end. */
    private static Outcomes anyValue(BiConsumer<Recorder, Shared> access) {
        return Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(1).deadObjects(DeadObjects.ANY))
                .finals("desc.refs")
                .run(b -> {
                    ProtocolBuilder.Obj object = b.object("desc");
                    Shared r0 = b.shared("r0", 0, 0, 3);
                    Shared field = object.field("refs", 2, 0, 3);
                    b.thread(0, r -> {
                        Local local = r.local("l", 0, 3);
                        r.begin("begin", object);
                        r.end("end", object);
                        access.accept(r, field);
                        r.load("load", local, field);
                        r.store("r0", r0, local.value());
                    });
                });
    }

    @Pins("machine.dead-object-any")
    @Test
    void aRunContinuesWithAnyValueOfADeadObject() {
        Outcomes loaded = anyValue((r, field) -> {});
        assertEquals(Set.of("0 2", "1 2", "2 2", "3 2"), loaded.finals());
        assertEquals(Set.of(Incident.DEAD_OBJECT), loaded.incidents());
        assertTrue(loaded.met(Reached.DEAD_OBJECT_USED));
        assertTrue(loaded.took("cpu0 load finds 3"), loaded.names().toString());
        assertEquals(
                Set.of("0 1", "1 1", "2 1", "3 1"),
                anyValue((r, field) -> r.store("x", field, Expr.of(1))).finals());
        assertEquals(
                Set.of("0 3", "1 3", "2 3", "3 3"),
                anyValue((r, field) -> r.awaitExchange("x", field.cell(), Expr.of(0), Expr.of(3)))
                        .finals());
    }

    @Pins("machine.dead-object-any")
    @Test
    void aWaitForADeadObjectMayBeOver() {
        Outcomes over = anyValue((r, field) -> r.await("wait", field.value().eq(1)));
        assertEquals(Set.of("0 2", "1 2", "2 2", "3 2"), over.finals());
        assertTrue(over.took("cpu0 wait finds 1"), over.names().toString());
        assertFalse(over.took("cpu0 wait finds 2"), over.names().toString());
        Outcomes never = anyValue((r, field) -> r.await("wait", field.value().eq(4)));
        assertEquals(Set.of(), never.finals());
        assertTrue(never.deadlock());
        assertTrue(never.met(Reached.DEAD_OBJECT_USED), "that it depends on a dead object is known all the same");
    }

    /** Runs a CPU that looks at fields, both 0..3, of a dead object. */
    private static Outcomes twoFields(TwoFields access) {
        return Litmus.sites("nop1->nop1")
                .with(b -> b.cpus(1).deadObjects(DeadObjects.ANY))
                .run(b -> {
                    ProtocolBuilder.Obj object = b.object("desc");
                    Shared r0 = b.shared("r0", 0, 0, 3);
                    Shared refs = object.field("refs", 2, 0, 3);
                    Shared next = object.field("next", 2, 0, 3);
                    b.thread(0, r -> {
                        Local out = r.local("out", 0, 1);
                        r.begin("begin", object);
                        r.end("end", object);
                        access.record(r, refs, next, out);
                        r.store("r0", r0, out.value());
                    });
                });
    }

    /** What is done with two fields, and a variable for what comes of it. */
    @FunctionalInterface
    private interface TwoFields {
        void record(Recorder r, Shared refs, Shared next, Local out);
    }

    /** Also one that may give up: that it is over is as much a guess as the value is. */
    @Pins("machine.dead-object-any")
    @Test
    void aTimedWaitForADeadObjectMayBeOver() {
        assertEquals(
                Set.of("0", "1"),
                twoFields((r, refs, next, out) ->
                                r.awaitOrTimeout("wait", refs.value().eq(3), out))
                        .finals());
        assertEquals(
                Set.of("1"),
                twoFields((r, refs, next, out) ->
                                r.awaitOrTimeout("wait", refs.value().eq(4), out))
                        .finals());
    }

    /** Each field of a dead object has a value of its own. */
    @Pins("machine.dead-object-any")
    @Test
    void fieldsOfADeadObjectDifferFromEachOther() {
        Outcomes both = twoFields((r, refs, next, out) ->
                r.awaitBoth("wait", refs.value().eq(3), next.value().eq(0)));
        assertEquals(Set.of("0"), both.finals());
        assertTrue(both.took("cpu0 wait.and finds 3 0"), both.names().toString());
    }

    @Test
    void waitingForAnElementThatIsNotThereIsABug() {
        assertEquals(
                Set.of(Incident.INDEX),
                incidents((b, r) ->
                        r.await("wait", b.array("a", 2, 0, 0, 3).at(2).value().eq(0))));
    }

    @Test
    void exchangingAValueOfADeadObjectIsABug() {
        assertEquals(
                Set.of(Incident.DEAD_OBJECT),
                outsideItsLife((r, field) -> r.awaitExchange("wait", field.cell(), Expr.of(0), Expr.of(1)))
                        .incidents());
    }

    @Test
    void spinningOnADeadObjectIsAFault() {
        assertEquals(
                Set.of(Incident.DEAD_OBJECT),
                outsideItsLife((r, field) -> r.awaitExchange("wait", field.cell(), Expr.of(1), Expr.of(2)))
                        .incidents());
    }

    /** The life of an object ends twice, or never began; and one that begins again ends again. */
    @Pins("machine.ended-twice")
    @Test
    void aDeadObjectDoesNotEnd() {
        assertEquals(Set.of(Incident.ENDED_TWICE), incidents((b, r) -> r.end("free", b.object("o"))));
        assertEquals(Set.of(Incident.ENDED_TWICE), lives("begin", "end", "end again"));
        assertEquals(NOTHING, lives("begin", "end"));
        assertEquals(NOTHING, lives("begin", "end", "begin again", "end again"));
    }

    private static Set<Incident> lives(String... marks) {
        return incidents((b, r) -> {
            ProtocolBuilder.Obj object = b.object("o");
            for (String mark : marks) {
                if (mark.startsWith("begin")) {
                    r.begin(mark.replace(' ', '_'), object);
                } else {
                    r.end(mark.replace(' ', '_'), object);
                }
            }
        });
    }

    /** Each pair of letters is a mark of a CPU's thread: b begins, e ends, a gives up; then the version. */
    private static Set<Incident> marks(String... threads) {
        return Litmus.sites("nop1->f4->nop1")
                .with(b -> b.cpus(threads.length))
                .run(b -> {
                    for (int cpu = 0; cpu < threads.length; cpu++) {
                        String marks = threads[cpu];
                        b.thread(cpu, r -> marks(b.sites().get(0), marks, r));
                    }
                })
                .incidents()
                .stream()
                .filter(incident -> incident != Incident.LOST_PATCH)
                .collect(Collectors.toSet());
    }

    private static void marks(Site site, String marks, Recorder r) {
        String[] all = marks.split(" ", -1);
        for (int i = 0; i < all.length; i++) {
            String label = "m" + i;
            int version = all[i].charAt(1) - '0';
            switch (all[i].charAt(0)) {
                case 'b' -> r.patchBegin(label, site, version);
                case 'e' -> r.patchEnd(label, site, version);
                default -> r.patchAbort(label, site, version);
            }
        }
    }

    @Pins("machine.patch-marks")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "b1 b2",
                "b1 e1 b2 b2",
                "b1 b1 e1",
                "b1 e1 e1 b2",
                "b1 a1 e1",
                "b1 e1 b2 e2 e1",
                "b1 e1 b2 e2 a2",
                "b2 b1 e2 e1"
            })
    void aMarkThatFitsNoCallIsABug(String marks) {
        assertEquals(Set.of(Incident.PATCH_MARK), marks(marks));
    }

    @Pins("machine.patch-marks")
    @ParameterizedTest
    @ValueSource(strings = {"b1 e1 b2 e2", "b2 e2 b1 e1", "b1 a1 b1 e1 b2", "b1 e1 b1 e1 b2 a2"})
    void marksThatFitAreNone(String marks) {
        assertEquals(NOTHING, marks(marks));
    }

    /** Of two threads one may end the call of the other; and each may make one of its own. */
    @Pins("machine.patch-marks")
    @Test
    void marksOfSeveralCpus() {
        assertEquals(NOTHING, marks("b1 e1 b2 e2", "b1 e1 b2 e2"));
        assertEquals(NOTHING, marks("b1 e1", "b2 e2"));
        assertEquals(Set.of(Incident.PATCH_MARK), marks("b1 b2", "e1 e2"));
        assertEquals(Set.of(Incident.PATCH_MARK), marks("b1 e1 b2 e2 e2", "b1 e1"));
    }

    @Pins("machine.patch-marks")
    @Test
    void anEndOfWhatNothingBeginsIsRefused() {
        for (String marks : new String[] {"e1", "b1 a2", "b2 e1 e2"}) {
            assertTrue(
                    assertThrows(IllegalArgumentException.class, () -> marks(marks))
                            .getMessage()
                            .contains(
                                    "ends a patch call that no mark begins; put patchBegin of that site and version before"),
                    marks);
        }
    }

    @Test
    void aLoopOfLocalStepsIsEndless() {
        assertEquals(Set.of(Incident.ENDLESS), incidents((b, r) -> {
            Local l = r.local("l", 0, 1);
            r.forever(() -> r.assign(l, l.value()));
        }));
        assertEquals(NOTHING, incidents((b, r) -> {
            Local l = r.local("l", 0, 100);
            r.whileTrue(l.value().lt(Expr.of(100)), () -> r.assign(l, l.value().plus(1)));
        }));
        Shared[] x = new Shared[1];
        assertEquals(NOTHING, incidents((b, r) -> {
            x[0] = b.shared("x", 0, 0, 1);
            r.forever(() -> r.store("x", x[0], Expr.of(1)));
        }));
    }

    /** However steps are merged: {@link Litmus#run} compares. */
    @Test
    void aThreadMayFailBeforeAnythingThatCanBeInterleaved() {
        Outcomes outcomes = Litmus.data(DataModel.SC).run(b -> b.thread(0, r -> r.bugOn(Expr.of(1), "at once")));
        assertEquals(Set.of(Incident.BUG_ON), outcomes.incidents());
        assertTrue(outcomes.took("cpu0 local"), outcomes.names().toString());
        assertEquals(
                Set.of(Incident.RANGE),
                Litmus.data(DataModel.SC)
                        .run(b -> b.thread(0, r -> r.store("first", b.shared("x", 0, 0, 1), Expr.of(2))))
                        .incidents());
    }

    /** Another CPU executes the site between the store and the failure that follows it, and sees the new version before the old one. */
    @Pins("machine.failing-step")
    @Test
    void othersMayActBetweenAStepAndTheFailureThatFollowsIt() {
        assertEquals(
                Set.of(Incident.BUG_ON, Incident.BACKWARDS),
                failingAfterAStore((b, r) -> r.bugOn(Expr.of(1), "at once")));
        assertEquals(
                Set.of(Incident.DEAD_OBJECT, Incident.BACKWARDS),
                failingAfterAStore((b, r) -> r.store("use", b.object("dead").field("field", 0, 0, 1), Expr.of(1))));
    }

    /** What only evaluates an expression may end a run, too, but for what is sure not to: the machine keeps no copy of the state before that. */
    @Pins("machine.failing-step")
    @Test
    void othersMayActBeforeAnExpressionFails() {
        List<BiConsumer<ProtocolBuilder, Recorder>> ranges = List.of(
                (b, r) -> r.assign(r.local("l", 0, 1), Expr.of(2)),
                (b, r) -> r.assign(r.local("l", 0, 1), r.local("wider", 2, 3).value()),
                (b, r) -> r.assign(
                        r.local("l", 0, 1), r.local("same", 0, 1).value().plus(2)),
                (b, r) -> r.load("load", r.local("l", 0, 1), b.shared("x", 2, 0, 2)));
        for (BiConsumer<ProtocolBuilder, Recorder> fails : ranges) {
            assertEquals(Set.of(Incident.RANGE, Incident.BACKWARDS), failingAfterAStore(fails));
        }
        assertEquals(
                Set.of(Incident.INDEX, Incident.BACKWARDS),
                failingAfterAStore((b, r) -> r.ifThen(
                        "look",
                        b.array("a", 1, 0, 0, 1)
                                .at(r.local("l", 1, 2).value())
                                .value()
                                .eq(1),
                        () -> {})));
        assertEquals(
                Set.of(Incident.DEAD_OBJECT, Incident.BACKWARDS),
                failingAfterAStore((b, r) -> r.ifThen(
                        "look", b.object("dead").field("field", 0, 0, 1).value().eq(1), () -> {})));
    }

    private static Set<Incident> failingAfterAStore(BiConsumer<ProtocolBuilder, Recorder> failure) {
        return Litmus.sites("nop1->f4")
                .with(b -> b.cpus(2).fetch(FetchModel.STALE_INSN))
                .run(b -> {
                    b.thread(0, r -> {
                        r.textPoke("poke", b.sites().get(0), 0, b.sites().get(0).bytes(1));
                        failure.accept(b, r);
                    });
                    b.thread(1, r -> {
                        r.execute("once", b.sites().get(0));
                        r.execute("again", b.sites().get(0));
                    });
                })
                .incidents();
    }

    /** The loop is no reason not to look at the others: CPU 1 fails, too, and only after CPU 0 has come to its loop. */
    @Test
    void othersMayActBeforeALoopOfLocalSteps() {
        Shared[] x = new Shared[1];
        assertEquals(
                Set.of(Incident.ENDLESS, Incident.BUG_ON),
                Litmus.data(DataModel.SC)
                        .run(b -> {
                            x[0] = b.shared("x", 0, 0, 1);
                            b.thread(0, r -> {
                                Local l = r.local("l", 0, 1);
                                r.store("x", x[0], Expr.of(1));
                                r.forever(() -> r.assign(l, l.value()));
                            });
                            b.thread(1, r -> {
                                r.await("wait", x[0].value().eq(1));
                                r.bugOn(Expr.of(1), "seen");
                            });
                        })
                        .incidents());
    }

    @Test
    void aCallInsideACalledSiteHasNoRoom() {
        // call .+0: the site calls itself.
        assertEquals(
                Set.of(Incident.NESTED_CALL),
                thread(
                                "e8fbffffff->e8fbffffff",
                                (b, r) -> r.execute("exec", b.sites().get(0)))
                        .incidents());
        assertEquals(
                NOTHING,
                thread("call->call", (b, r) -> r.execute("exec", b.sites().get(0))).incidents().stream()
                        .filter(i -> i != Incident.LOST_PATCH)
                        .collect(Collectors.toSet()));
    }

    @Test
    void everythingAtOnceHasRoom() {
        Protocol.Definition definition = b -> {
            b.thread(0, r -> {
                r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
                r.textPoke("nop", b.sites().get(0), 0, (byte) 0x90);
            });
            b.thread(1, r -> r.execute("exec", b.sites().get(0)));
            b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 0, true));
        };
        Machine machine = Litmus.sites("nop1->nop1")
                .with(b -> b.nmis(1).nmiWork(InterruptWork.SITE).irqs(1).mcs(1).fetch(FetchModel.COHERENT))
                .machine(definition);
        assertEquals(Verdict.HOLDS, Verdict.of(machine));
        assertTrue((machine.reached() & Reached.BREAKPOINT_IN_NMI.bit()) != 0);
    }
}
