// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static dev.pokecheck.data.DataModel.SC;
import static dev.pokecheck.data.DataModel.TSO;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cpu.IpiSend;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Small programs, each with all that it can do by the rules, as a person works it out: no counts, nothing that was copied from a run.
 * They are what a machine that has forgotten a condition or an access of any operation must fail at ({@link ReadyMutantsTest},
 * {@link FootprintMutantsTest}), so whoever adds an operation adds a program here.
 */
final class Litmuses {
    private static final List<Litmuses> ALL = new ArrayList<>();

    // ---- store buffers: what waits for them

    /** With one entry the second store waits until the first is in memory. */
    static final Litmuses STORE_WAITS_FOR_ROOM = add(
            "store waits for room",
            Litmus.data(TSO).with(b -> b.bufferDepth(1)),
            may("0 1", "1 0", "1 1"),
            "x=1; y=1; r0=z",
            "z=1; mfence; r1=x");
    /** So does a text store. */
    static final Litmuses TEXT_STORE_WAITS_FOR_ROOM = add(
            "text store waits for room",
            Litmus.sites("nop1->f4").with(b -> b.data(TSO).bufferDepth(1)),
            may("0 1", "1 0", "1 1"),
            "x=1; poke; r0=z",
            "z=1; mfence; r1=x");
    /** So does a function that a site calls. */
    static final Litmuses CALLED_STORE_WAITS_FOR_ROOM = add(
            "called store waits for room",
            Litmus.sites("pvcall->unlock")
                    .with(b -> b.data(TSO)
                            .bufferDepth(1)
                            .nmiWork(InterruptWork.LOCK)
                            .fetch(FetchModel.COHERENT)
                            .split(StoreSplit.WORD)),
            may("0 1", "1 0", "1 1"),
            "x=1; exec; r0=z",
            "z=1; mfence; r1=x");

    static final Litmuses SERIALIZING_WAITS_FOR_THE_BUFFER = add(
            "serializing waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; cpuid; r0=y",
            "y=1; cpuid; r1=x");
    static final Litmuses FENCE_WAITS_FOR_THE_BUFFER = add(
            "fence waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; fence; r0=y",
            "y=1; fence; r1=x");
    static final Litmuses EXCHANGE_WAITS_FOR_THE_BUFFER = add(
            "exchange waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; xchg z 1; r0=y",
            "y=1; xchg z 1; r1=x");
    static final Litmuses COMPARE_EXCHANGE_WAITS_FOR_THE_BUFFER = add(
            "compare exchange waits for the buffer",
            Litmus.data(TSO),
            may("0 1 1", "1 0 1", "1 1 1"),
            "x=1; r2=cas z 0 1; r0=y",
            "y=1; fence; r1=x");
    static final Litmuses TEXT_EXCHANGE_WAITS_FOR_THE_BUFFER = add(
            "text exchange waits for the buffer",
            Litmus.sites("nop1->f4").with(b -> b.data(TSO)),
            may("0 1 1", "1 0 1", "1 1 1"),
            "x=1; r2=textcas 0 1; r0=y",
            "y=1; fence; r1=x");
    static final Litmuses TAKING_A_LOCK_WAITS_FOR_THE_BUFFER = add(
            "taking a lock waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; spin z 0 1; r0=y",
            "y=1; fence; r1=x");
    static final Litmuses SENDING_AN_NMI_WAITS_FOR_THE_BUFFER =
            add("sending an nmi waits for the buffer", Litmus.data(TSO), may("1"), Litmuses::nmiLooks);
    static final Litmuses SYNC_WAITS_FOR_THE_BUFFER = add(
            "sync waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; sync iret; r0=y",
            "y=1; r1=x");
    static final Litmuses SYNC_WITHOUT_A_FENCE_WAITS_IF_SENDING_DRAINS = add(
            "sync without a fence waits if sending drains",
            Litmus.sites("nop1->f4")
                    .with(b -> b.data(TSO).profile(b.profile().ipiSend(IpiSend.DRAINS)))
                    .fetches(),
            may("cpu1=new"),
            "poke; sync-unfenced lfence; x=1",
            "wait x 1; exec");
    static final Litmuses CALLING_WAITS_FOR_THE_BUFFER =
            add("calling waits for the buffer", Litmus.data(TSO), may("1"), Litmuses::functionLooks);
    static final Litmuses GRACE_PERIOD_WAITS_FOR_THE_BUFFER = add(
            "grace period waits for the buffer",
            Litmus.data(TSO),
            may("0 1", "1 0", "1 1"),
            "x=1; rcu; r0=y",
            "y=1; fence; r1=x");
    /** The thread goes on when the NMI has returned, and sees the other's store, or is seen. */
    static final Litmuses IRET_WAITS_FOR_THE_BUFFER =
            add("iret waits for the buffer", Litmus.data(TSO), may("0 1", "1 0", "1 1"), Litmuses::nmiStores);

    // ---- waits for others

    static final Litmuses AWAIT_WAITS_FOR_ITS_CONDITION =
            add("await waits for its condition", Litmus.data(SC), may("1"), "x=1; y=1", "wait y 1; r0=x");
    /** Who comes too late waits for ever. */
    static final Litmuses AWAIT_MAY_MISS_ITS_CONDITION =
            add("await may miss its condition", Litmus.data(SC), may("").orDeadlock(), "x=1; x=2", "wait x 1");

    /** The two loads of a wait for both come one after the other: neither need hold when the other does. */
    static final Litmuses AWAIT_BOTH_LOADS_TWICE = add(
            "await both loads twice", Litmus.data(SC), may("0").orDeadlock(), "x=1; x=0; y=1", "both x 1 y 1; r0=x");

    static final Litmuses AWAIT_BOTH_WAITS =
            add("await both waits", Litmus.data(SC), may().orDeadlock(), "x=1", "both x 1 y 1");
    static final Litmuses AWAIT_BOTH_LOOKS =
            add("await both looks", Litmus.data(SC), may("").orDeadlock(), "x=1; y=1; y=0", "both x 1 y 1");
    /** A wait that may give up does so at any time, or when it has what it waits for. */
    static final Litmuses A_WAIT_MAY_TIME_OUT =
            add("a wait may time out", Litmus.data(SC), may("0 1", "1 0", "1 1"), "x=1", "r0=timeout x 1; r1=x");
    /** What it waits for may come and go. */
    static final Litmuses A_WAIT_THAT_TIMES_OUT_LOOKS =
            add("a wait that times out looks", Litmus.data(SC), may("0", "1"), "x=1; x=2", "r0=timeout x 1");

    static final Litmuses ANY_NUMBER_IS_CHOSEN =
            add("any number is chosen", Litmus.data(SC), may("0", "1", "2"), "r0=any 3");

    static final Litmuses LOCK_EXCLUDES = add(
            "lock excludes", Litmus.data(SC), may("1 2"), "spin x 0 1; y=1; r0=y; x=0", "spin x 0 1; y=2; r1=y; x=0");
    static final Litmuses SYNC_WAITS_FOR_EVERY_CPU = add(
            "sync waits for every cpu",
            Litmus.sites("nop1->f4").with(b -> b.data(TSO)).fetches(),
            may("cpu1=new cpu2=new"),
            "poke; sync iret; x=1",
            "wait x 1; exec",
            "wait x 1; exec");
    static final Litmuses A_CALL_WAITS_FOR_EVERY_CPU =
            add("a call waits for every cpu", Litmus.data(TSO), may("1"), Litmuses::looksAfterCall);
    /** Who reads the context of a thread has waited until it is suspended, and does not resume a thread that another has suspended. */
    static final Litmuses A_THREAD_IS_SUSPENDED_BY_ONE =
            add("a thread is suspended by one", Litmus.data(SC).with(b -> b.cpus(3)), may(""), Litmuses::twoDebuggers);

    /** Who goes offline leaves nothing in its store buffer; who brings it back waits until it has gone. */
    static final Litmuses OFFLINE_AND_BACK =
            add("offline and back", Litmus.data(TSO), may("1"), Litmuses::offlineAndBack);

    static final Litmuses GRACE_PERIOD_WAITS_FOR_HANDLERS =
            add("grace period waits for handlers", Litmus.data(SC), may(""), Litmuses::freedAfterGracePeriod);
    static final Litmuses STOPPED_CPUS_SEE_ALL_OR_NOTHING = add(
            "stopped cpus see all or nothing",
            Litmus.data(SC).with(b -> b.cpus(3)),
            may("0 0", "0 2", "2 2"),
            b -> countStopped(b, true));
    static final Litmuses STOPPED_STORES_ARE_OUT = add(
            "stopped stores are out",
            Litmus.data(TSO).with(b -> b.cpus(2)),
            may("0 0", "0 2", "2 2"),
            b -> countStopped(b, false));
    /** The stores of the others, too: CPU 2 counts, CPU 1 looks. */
    static final Litmuses STOPPED_STORES_OF_OTHERS_ARE_OUT = add(
            "stopped stores of others are out",
            Litmus.data(TSO).with(b -> b.cpus(3)),
            may("0 0", "0 2", "2 2"),
            b -> countStopped(b, true));

    static final Litmuses STOPPING_COMES_ONE_AFTER_THE_OTHER =
            add("stopping comes one after the other", Litmus.data(SC), may(""), Litmuses::twoStoppers);

    // ---- accesses that others notice

    static final Litmuses MESSAGE = add("message", Litmus.data(SC), may("0 0", "0 1", "1 1"), "x=1; y=1", "r0=y; r1=x");
    static final Litmuses EXCHANGES =
            add("exchanges", Litmus.data(SC), may("0 1", "2 0"), "r0=xchg x 1", "r1=xchg x 2");
    static final Litmuses COMPARE_EXCHANGES =
            add("compare exchanges", Litmus.data(SC), may("0 1", "1 0"), "r0=cas x 0 1", "r1=cas x 0 2");
    static final Litmuses LOCK_IS_SEEN = add("lock is seen", Litmus.data(SC), may("0", "1"), "spin x 0 1", "r0=x");
    static final Litmuses BRANCH_LOOKS = add("branch looks", Litmus.data(SC), may("0", "1"), Litmuses::branch);
    static final Litmuses ASSERTION_LOOKS =
            add("assertion looks", Litmus.data(SC), may("").or(Incident.BUG_ON), Litmuses::assertion);
    static final Litmuses BREAKPOINT_HANDLER_LOOKS = add(
            "breakpoint handler looks",
            Litmus.sites("int3->nop1").with(b -> b.cpus(2)),
            may("0", "1"),
            Litmuses::handlerLooks);
    static final Litmuses FOREIGN_BREAKPOINT_HANDLER_LOOKS =
            add("foreign breakpoint handler looks", Litmus.data(SC), may("0", "1"), Litmuses::foreignHandlerLooks);
    static final Litmuses OBJECT_DIES =
            add("object dies", Litmus.data(SC), may("").or(Incident.DEAD_OBJECT), Litmuses::dies);
    /** The IPI comes before the store, or its return waits for the store. */
    static final Litmuses IPI_COMES_BEFORE_OR_AFTER_A_STORE =
            add("ipi comes before or after a store", Litmus.data(TSO), may("0", "1"), "sync iret; r0=y", "y=1");
    /** The machine is stopped before the store, or the arrival waits for the store. */
    static final Litmuses STOP_COMES_BEFORE_OR_AFTER_A_STORE =
            add("stop comes before or after a store", Litmus.data(TSO), may("0", "1"), Litmuses::stopsAndLooks);

    /** With IF=0 an IRQ comes before a load all the same: to the handler of an NMI that sets IF. */
    static final Litmuses NMI_HANDLER_LETS_AN_IRQ_IN = add(
            "nmi handler lets an irq in",
            Litmus.data(SC).with(b -> b.cpus(1).irqs(1)),
            may("0", "1"),
            Litmuses::nmiLetsIrqIn);

    static final Litmuses CALLED_FUNCTION_STORES =
            add("called function stores", Litmus.data(SC), may("0", "1"), Litmuses::calledStore);
    static final Litmuses STOPPED_FUNCTION_STORES =
            add("stopped function stores", Litmus.data(SC), may("0", "1"), Litmuses::stoppedStore);

    private final String name;
    private final Litmus litmus;
    private final Expected expected;
    private final Protocol.Definition program;

    private Litmuses(String name, Litmus litmus, Expected expected, Protocol.Definition program) {
        this.name = name;
        this.litmus = litmus;
        this.expected = expected;
        this.program = program;
    }

    private static Litmuses add(String name, Litmus litmus, Expected expected, Protocol.Definition program) {
        Litmuses added = new Litmuses(name, litmus, expected, program);
        ALL.add(added);
        return added;
    }

    private static Litmuses add(String name, Litmus litmus, Expected expected, String... threads) {
        return add(name, litmus.with(b -> b.cpus(threads.length)), expected, new Assembly(threads));
    }

    /** All of them. */
    static List<Litmuses> all() {
        return List.copyOf(ALL);
    }

    /** What a program can do: the ends of its complete runs, what can go wrong, and whether it can wait for ever. */
    private record Expected(Set<String> finals, Set<Incident> incidents, boolean deadlock) {
        Expected or(Incident incident) {
            return new Expected(finals, EnumSet.of(incident), deadlock);
        }

        Expected orDeadlock() {
            return new Expected(finals, incidents, true);
        }

        static Expected of(Outcomes outcomes) {
            Set<Incident> incidents = EnumSet.noneOf(Incident.class);
            incidents.addAll(outcomes.incidents());
            // Most programs patch nothing.
            incidents.remove(Incident.LOST_PATCH);
            return new Expected(outcomes.finals(), incidents, outcomes.deadlock());
        }
    }

    private static Expected may(String... finals) {
        return new Expected(Set.of(finals), Set.of(), false);
    }

    /** Checks that the machine does exactly what the rules say. */
    void check() {
        assertEquals(expected, Expected.of(litmus.run(program)), name);
    }

    /** Whether a machine that is made in another way does something else, or breaks. */
    boolean notices(Litmus.Build build) {
        try {
            return !expected.equals(Expected.of(litmus.run(program, build)));
        } catch (IllegalArgumentException | IllegalStateException | IndexOutOfBoundsException e) {
            // The machine has run into what cannot be: a fault before the first step, a step that is none, a store
            // beyond the buffer.
            return true;
        }
    }

    // ---- programs that are no lines of assembly

    /** CPU 1 keeps in a register what it finds in a variable. */
    private static void look(Recorder r, Shared variable, Shared register) {
        Local found = r.local("found", 0, 1);
        r.load("load", found, variable);
        r.store("keep", register, found.value());
    }

    private static void nmiLooks(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.store("x", x, Expr.of(1));
            r.sendNmi("send", Expr.of(1));
        });
        b.nmi(r -> look(r, x, r0));
    }

    private static void functionLooks(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.store("x", x, Expr.of(1));
            r.callOtherCpus("tell", "look", function -> look(function, x, r0), false);
        });
    }

    private static void looksAfterCall(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.callOtherCpus("ask", "store", function -> function.store("x", x, Expr.of(1)), true);
            look(r, x, r0);
        });
    }

    private static void offlineAndBack(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.cpuOnline("up", Expr.of(1));
            look(r, x, r0);
        });
        b.thread(1, r -> {
            r.store("x", x, Expr.of(1));
            r.cpuOffline("down");
        });
    }

    private static void twoDebuggers(ProtocolBuilder b) {
        for (int cpu = 0; cpu < 2; cpu++) {
            b.thread(cpu, r -> {
                Local ip = r.local("ip", 0, 1);
                r.suspend("hold", Expr.of(2));
                r.readContext("read", ip, Expr.of(2));
                r.resume("go", Expr.of(2));
            });
        }
    }

    private static void calledStore(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> r.callOtherCpus("ask", "store", function -> function.store("x", x, Expr.of(1)), false));
        b.thread(1, r -> look(r, x, r0));
    }

    private static void nmiStores(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared y = b.shared("y", 0, 0, 1);
        Shared done = b.shared("done", 0, 0, 1);
        Shared[] registers = {b.shared("r0", 0, 0, 1), b.shared("r1", 0, 0, 1)};
        b.thread(0, r -> {
            r.sendNmi("send", Expr.of(0));
            r.await("wait", done.value().eq(1));
            look(r, y, registers[0]);
        });
        b.nmi(r -> {
            r.store("x", x, Expr.of(1));
            r.store("done", done, Expr.of(1));
        });
        b.thread(1, r -> {
            r.store("y", y, Expr.of(1));
            r.fence("fence");
            look(r, x, registers[1]);
        });
    }

    private static void freedAfterGracePeriod(ProtocolBuilder b) {
        Shared pointer = b.shared("p", 0, 0, 1);
        ProtocolBuilder.Obj object = b.object("probe");
        Shared field = object.field("field", 0, 0, 1);
        b.thread(0, r -> {
            r.begin("alloc", object);
            r.store("publish", pointer, Expr.of(1));
            r.store("unpublish", pointer, Expr.of(0));
            r.gracePeriod("rcu", Quiescence.HANDLERS_DONE);
            r.end("free", object);
        });
        b.thread(1, r -> r.foreignInt3("int3"));
        b.breakpoint(r -> {
            Local found = r.local("found", 0, 1);
            Local value = r.local("value", 0, 1);
            r.load("pointer", found, pointer);
            r.ifThen(found.value().eq(1), () -> r.load("field", value, field));
        });
    }

    /** With the machine stopped, CPU 0 or the last CPU counts to two; the thread of CPU 1 looks twice. */
    private static void countStopped(ProtocolBuilder b, boolean elsewhere) {
        Shared x = b.shared("x", 0, 0, 2);
        Shared[] registers = {b.shared("r0", 0, 0, 2), b.shared("r1", 0, 0, 2)};
        int last = b.setting().cpus() - 1;
        b.thread(
                0,
                r -> r.stopMachine(
                        "stop",
                        () -> {
                            if (!elsewhere) {
                                count(r, x);
                            }
                        },
                        b.routine("others", other -> {
                            if (elsewhere) {
                                other.ifThen(Expr.thisCpu().eq(last), () -> count(other, x));
                            }
                        })));
        b.thread(1, r -> {
            Local first = r.local("first", 0, 2);
            Local second = r.local("second", 0, 2);
            r.load("load0", first, x);
            r.load("load1", second, x);
            r.store("keep0", registers[0], first.value());
            r.store("keep1", registers[1], second.value());
        });
    }

    private static void count(Recorder r, Shared x) {
        r.store("one", x, Expr.of(1));
        r.store("two", x, Expr.of(2));
    }

    private static void twoStoppers(ProtocolBuilder b) {
        Shared busy = b.shared("busy", 0, 0, 1);
        for (int cpu = 0; cpu < 2; cpu++) {
            b.thread(
                    cpu,
                    r -> r.stopMachine(
                            "stop",
                            () -> {
                                r.bugOn("busy", busy.value().eq(1), "two at once");
                                r.store("begin", busy, Expr.of(1));
                                r.store("end", busy, Expr.of(0));
                            },
                            b.routine("others", other -> {})));
        }
    }

    private static void branch(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> r.store("x", x, Expr.of(1)));
        b.thread(1, r -> r.ifThen("if", x.value().eq(1), () -> r.store("keep", r0, Expr.of(1))));
    }

    private static void assertion(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        b.thread(0, r -> {
            r.store("set", x, Expr.of(1));
            r.store("clear", x, Expr.of(0));
        });
        b.thread(1, r -> r.bugOn("look", x.value().eq(1), "in between"));
    }

    private static void handlerLooks(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> r.store("x", x, Expr.of(1)));
        b.thread(1, r -> r.execute("exec", site));
        b.breakpoint(r -> {
            look(r, x, r0);
            r.emulate("emulate", site, 1, true);
        });
    }

    private static void foreignHandlerLooks(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> r.store("x", x, Expr.of(1)));
        b.thread(1, r -> r.foreignInt3("int3"));
        b.breakpoint(r -> {
            look(r, x, r0);
            r.unhandled("not_ours");
        });
    }

    private static void dies(ProtocolBuilder b) {
        ProtocolBuilder.Obj object = b.object("o");
        Shared field = object.field("field", 0, 0, 1);
        Shared published = b.shared("published", 0, 0, 1);
        b.thread(0, r -> {
            r.begin("begin", object);
            r.store("publish", published, Expr.of(1));
            r.end("end", object);
        });
        b.thread(1, r -> {
            Local found = r.local("found", 0, 1);
            r.await("wait", published.value().eq(1));
            r.load("load", found, field);
        });
    }

    private static void stopsAndLooks(ProtocolBuilder b) {
        Shared y = b.shared("y", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
            look(r, y, r0);
        });
        b.thread(1, r -> r.store("y", y, Expr.of(1)));
    }

    private static void nmiLetsIrqIn(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(0, r -> {
            r.irqDisable("cli");
            r.sendNmi("send", Expr.thisCpu());
            look(r, x, r0);
        });
        b.nmi(r -> r.irqEnable("sti"));
        b.irq(r -> r.store("x", x, Expr.of(1)));
    }

    private static void stoppedStore(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared r0 = b.shared("r0", 0, 0, 1);
        b.thread(
                0, r -> r.stopMachine("stop", () -> {}, b.routine("others", other -> other.store("x", x, Expr.of(1)))));
        b.thread(1, r -> look(r, x, r0));
    }

    @Override
    public String toString() {
        return name;
    }
}
