// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a grace period waits for, and what it does not. */
class GracePeriodTest {
    private static final Set<Incident> NOTHING = Set.of();

    /** Where CPU 1 uses what CPU 0 frees. */
    private enum Reader {
        HANDLER,
        THREAD,
        THREAD_WITHOUT_PREEMPTION
    }

    private static Protocol.Definition freed(Reader where, boolean waits) {
        return b -> {
            Shared pointer = b.shared("p", 0, 0, 1);
            ProtocolBuilder.Obj object = b.object("probe");
            Shared field = object.field("field", 0, 0, 1);
            b.thread(0, r -> {
                r.begin("alloc", object);
                r.store("publish", pointer, Expr.of(1));
                r.store("unpublish", pointer, Expr.of(0));
                if (waits) {
                    r.gracePeriod("rcu", Quiescence.HANDLERS_DONE);
                }
                r.end("free", object);
            });
            b.breakpoint(r -> use(r, pointer, field));
            b.thread(1, r -> {
                switch (where) {
                    case HANDLER -> r.foreignInt3("int3.other");
                    case THREAD -> use(r, pointer, field);
                    case THREAD_WITHOUT_PREEMPTION -> {
                        r.preemptDisable("off");
                        use(r, pointer, field);
                        r.preemptEnable("on");
                    }
                }
            });
        };
    }

    private static void use(Recorder r, Shared pointer, Shared field) {
        Local p = r.local("p", 0, 1);
        Local value = r.local("value", 0, 1);
        r.load("pointer", p, pointer);
        r.ifThen(p.value().eq(1), () -> r.load("field", value, field));
    }

    private static Set<Incident> incidents(Protocol.Definition definition) {
        Outcomes outcomes = Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(definition);
        Set<Incident> incidents = EnumSet.noneOf(Incident.class);
        incidents.addAll(outcomes.incidents());
        incidents.remove(Incident.LOST_PATCH);
        assertTrue(outcomes.met(Reached.COMPLETE));
        return incidents;
    }

    @Pins("machine.grace-handlers")
    @Test
    void aHandlerThatIsUnderWayIsWaitedFor() {
        assertEquals(Set.of(Incident.DEAD_OBJECT), incidents(freed(Reader.HANDLER, false)));
        assertEquals(NOTHING, incidents(freed(Reader.HANDLER, true)));
    }

    @Pins("machine.grace-handlers")
    @Test
    void soIsAThreadThatCannotBePreempted() {
        assertEquals(Set.of(Incident.DEAD_OBJECT), incidents(freed(Reader.THREAD_WITHOUT_PREEMPTION, false)));
        assertEquals(NOTHING, incidents(freed(Reader.THREAD_WITHOUT_PREEMPTION, true)));
    }

    @Test
    void anyOtherThreadIsNot() {
        assertEquals(Set.of(Incident.DEAD_OBJECT), incidents(freed(Reader.THREAD, true)));
    }

    @Pins("machine.grace-period")
    @Pins("protocol.grace-period")
    @Test
    void whatBeginsLaterIsNotWaitedFor() {
        Protocol.Definition definition = b -> {
            Shared x = b.shared("x", 0, 0, 1);
            b.thread(0, r -> {
                r.gracePeriod("rcu", Quiescence.HANDLERS_DONE);
                r.store("after", x, Expr.of(1));
            });
            b.thread(1, r -> r.foreignInt3("int3.other"));
            b.breakpoint(r -> r.await("wait", x.value().eq(1)));
        };
        Outcomes outcomes = Litmus.data(DataModel.SC).with(b -> b.cpus(2)).run(definition);
        assertTrue(outcomes.deadlock(), "the handler came first, and both wait");
        assertTrue(outcomes.met(Reached.COMPLETE), "or it came later, and nobody waits for it");
    }

    /** A breakpoint keeps others out of a site of two instructions; who is between them is waited for, or not. */
    private static Set<Incident> overwritten(boolean waits) {
        Protocol.Definition definition = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.patchBegin("begin1", site, 1);
                r.textPoke("arm", site, 0, site.at(1, 0));
                r.syncEachCpu("sync1", Sync.IRET);
                r.patchEnd("end1", site, 1);
                if (waits) {
                    r.gracePeriod("tasks", Quiescence.SITES_LEFT);
                }
                byte[] code = site.bytes(2);
                r.patchBegin("begin", site, 2);
                r.textPoke("tail", site, 1, Arrays.copyOfRange(code, 1, code.length));
                r.syncEachCpu("sync2", Sync.IRET);
                r.textPoke("head", site, 0, code[0]);
            });
            b.breakpoint(r -> r.emulate("jump", site, 2, true));
            b.thread(1, r -> r.execute("exec", site));
        };
        Outcomes outcomes = Litmus.sites("900f1f4000->probe->jmp32")
                .with(b -> b.cpus(2).fetch(FetchModel.STALE_CHUNK))
                .run(definition);
        assertTrue(outcomes.met(Reached.COMPLETE) && outcomes.met(Reached.BREAKPOINT));
        return outcomes.incidents();
    }

    @Pins("machine.grace-tasks")
    @Test
    void aThreadInsideASiteIsWaitedFor() {
        assertTrue(overwritten(false).contains(Incident.MID_INSTRUCTION));
        assertEquals(NOTHING, overwritten(true));
    }

    @Pins("protocol.grace-period")
    @Test
    void theNameOfItsSecondStepMustBeFree() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Litmus.data(DataModel.SC)
                        .machine(b -> b.thread(0, r -> {
                            r.store("rcu.wait", b.shared("x", 0, 0, 1), Expr.of(1));
                            r.gracePeriod("rcu", Quiescence.SITES_LEFT);
                        })));
    }
}
