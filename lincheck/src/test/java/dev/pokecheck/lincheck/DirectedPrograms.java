// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Programs for what chance does not come to, each under some schedules. */
final class DirectedPrograms {
    private static final byte INT3 = (byte) 0xcc;
    private static final int SCHEDULES = 10;

    private DirectedPrograms() {}

    static List<Case> all() {
        List<Case> all = new ArrayList<>();
        add(all, "serialize in a handler", FetchModel.STALE_INSN, DirectedPrograms::serializeInHandler);
        add(all, "serialize by sync", FetchModel.STALE_INSN, DirectedPrograms::serializeBySync);
        add(all, "ipi while interrupts are off", FetchModel.COHERENT, DirectedPrograms::ipiWhileOff);
        add(all, "ipi in a handler", FetchModel.COHERENT, DirectedPrograms::ipiInHandler);
        add(all, "stop in a handler with interrupts on", FetchModel.COHERENT, DirectedPrograms::stopInHandler);
        add(all, "stop while preemption is off", FetchModel.COHERENT, DirectedPrograms::stopWhileOff);
        add(all, "two that stop", FetchModel.COHERENT, DirectedPrograms::twoThatStop);
        add(all, "single store", FetchModel.COHERENT, DirectedPrograms::singleStore);
        add(all, "waits for two", FetchModel.COHERENT, DirectedPrograms::waitsForTwo);
        add(all, "text as data", FetchModel.COHERENT, DirectedPrograms::textAsData);
        add(all, "path and rest", FetchModel.COHERENT, DirectedPrograms::pathAndRest);
        add(all, "waits for what is dead", FetchModel.COHERENT, DirectedPrograms::waitsForTheDead);
        add(all, "pushes a return address", FetchModel.COHERENT, DirectedPrograms::pushesReturn);
        return all;
    }

    private static void add(List<Case> all, String name, FetchModel fetch, Protocol.Definition definition) {
        for (int schedule = 0; schedule < SCHEDULES; schedule++) {
            all.add(Case.of(name + " " + schedule, 2, fetch, "nop5->call", schedule, definition));
        }
    }

    private static void patch(ProtocolBuilder b, Consumer<Recorder> body) {
        b.patcher(r -> {
            r.patchBegin("begin", b.sites().get(0), 1);
            body.accept(r);
            r.patchEnd("end", b.sites().get(0), 1);
        });
    }

    private static void goBack(ProtocolBuilder b) {
        b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().plus(-1)));
    }

    /** A handler pushes where its entry code has left no gap. */
    private static void pushesReturn(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        patch(b, r -> {
            r.textPoke("int3", site, 0, INT3);
            r.execute("exec", site);
        });
        b.breakpoint(r -> {
            r.pushReturn(Expr.savedAddress().plus(site.length() - 1), false);
            r.setSavedAddress(Expr.savedAddress().plus(site.length() - 1));
        });
    }

    /** Written at once, or byte by byte. */
    private static void singleStore(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        patch(b, r -> r.textStore("store", site, 0, site.bytes(1)));
        b.thread(1, r -> r.execute("exec", site));
    }

    /** The patcher looks at what is there, before and after a store that succeeds and one that fails. */
    private static void textAsData(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        patch(b, r -> {
            Local seen = r.local("seen", -1, 2);
            Local ok = r.local("ok", 0, 1);
            r.loadText("before", seen, site, 0, site.bytes(0), site.bytes(1));
            r.bugOn(seen.value().ne(0), "not the old version");
            r.compareExchangeText("first", site, 0, site.bytes(0), site.bytes(1), ok);
            r.bugOn(ok.value().ne(1), "did not exchange");
            r.compareExchangeText("second", site, 0, site.bytes(0), site.bytes(1), ok);
            r.bugOn(ok.value().ne(0), "exchanged twice");
            r.loadText("after", seen, site, 0, site.bytes(0), site.bytes(1));
            r.bugOn(seen.value().ne(1), "not the new version");
        });
        b.thread(1, r -> r.execute("exec", site));
    }

    /** The NMI handler executes what CPU 0 has stored if it serializes, else what it saw before. */
    private static void serializeInHandler(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        goBack(b);
        patch(b, r -> {
            r.textPoke("int3", site, 0, INT3);
            r.sendNmi("send", Expr.of(1));
        });
        b.nmi(r -> {
            r.serialize("cpuid", Sync.CPUID);
            r.execute("exec", site);
        });
    }

    /** The same for the CPU that asks the others. */
    private static void serializeBySync(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        goBack(b);
        patch(b, r -> {
            r.textPoke("int3", site, 0, INT3);
            r.syncEachCpu("sync", Sync.CPUID);
            r.sendNmi("send", Expr.of(0));
        });
        b.thread(1, r -> r.execute("exec", site));
        b.nmi(r -> r.execute("exec", site));
    }

    /** CPU 0 stores with IF=0 while the NMI handler of CPU 1 waits for its IPI. */
    private static void ipiWhileOff(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 3);
        patch(b, r -> {
            r.irqDisable("cli");
            r.sendNmi("send", Expr.of(1));
            r.store("one", x, Expr.of(1));
            r.store("two", x, Expr.of(2));
            r.irqEnable("sti");
            r.store("three", x, Expr.of(3));
        });
        b.nmi(r -> r.syncEachCpu("sync", Sync.IRET));
    }

    /** The NMI handler of CPU 1 sets IF, and is done after the IPI that it takes. */
    private static void ipiInHandler(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        patch(b, r -> {
            r.sendNmi("send", Expr.of(1));
            r.syncEachCpu("sync", Sync.IRET);
            r.store("one", x, Expr.of(1));
        });
        b.nmi(r -> {
            r.irqEnable("sti");
            r.await("wait", x.value().eq(1));
        });
    }

    /** A handler that calls {@code stop_machine} gets back the IF that it had. */
    private static void stopInHandler(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 3);
        patch(b, r -> {
            r.sendNmi("send", Expr.of(1));
            r.await("wait", x.value().ne(0));
            r.syncEachCpu("sync", Sync.IRET);
            r.store("three", x, Expr.of(3));
        });
        b.nmi(r -> {
            r.irqEnable("sti");
            r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
            r.store("one", x, Expr.of(1));
            r.await("wait", x.value().eq(3));
        });
    }

    /** The same with preemption and {@code stop_machine}. */
    private static void stopWhileOff(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 3);
        patch(b, r -> {
            r.preemptDisable("off");
            r.sendNmi("send", Expr.of(1));
            r.store("one", x, Expr.of(1));
            r.store("two", x, Expr.of(2));
            r.preemptEnable("on");
            r.store("three", x, Expr.of(3));
        });
        b.nmi(r -> r.stopMachine("stop", () -> {}, b.routine("others", other -> {})));
    }

    /** CPU 0 and the NMI handler of CPU 1 both call it. */
    private static void twoThatStop(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 7);
        patch(b, r -> {
            r.sendNmi("send", Expr.of(1));
            r.stopMachine(
                    "stop",
                    () -> r.store("here", x, Expr.of(1)),
                    b.routine("others", other -> other.store("elsewhere", x, Expr.of(2))));
        });
        b.nmi(r -> r.stopMachine(
                "stop",
                () -> r.store("here", x, Expr.of(3)),
                b.routine("others", other -> other.store("elsewhere", x, Expr.of(4)))));
    }

    /** A wait for a field of a dead object is a fault, and no wait. */
    private static void waitsForTheDead(ProtocolBuilder b) {
        Shared field = b.object("object").field("field", 0, 0, 1);
        patch(b, r -> r.await("wait", field.value().eq(1)));
    }

    /** The first condition comes and goes before the second comes. */
    private static void waitsForTwo(ProtocolBuilder b) {
        Shared x = b.shared("x", 0, 0, 1);
        Shared y = b.shared("y", 0, 0, 1);
        Shared done = b.shared("done", 0, 0, 1);
        patch(b, r -> {
            r.sendNmi("send", Expr.of(1));
            r.awaitBoth("wait", x.value().eq(1), y.value().eq(1));
            r.store("done", done, Expr.of(1));
        });
        b.nmi(r -> {
            r.store("x1", x, Expr.of(1));
            r.store("x0", x, Expr.of(0));
            r.store("y1", y, Expr.of(1));
            r.store("x2", x, Expr.of(1));
        });
    }

    /** What only a monitor is told. */
    private static void pathAndRest(ProtocolBuilder b) {
        patch(b, r -> {
            r.pathBegin();
            r.rest();
            r.note("nothing");
        });
    }
}
