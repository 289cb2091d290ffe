// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
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
        add(all, "stop while preemption is off", FetchModel.COHERENT, DirectedPrograms::stopWhileOff);
        add(all, "two that stop", FetchModel.COHERENT, DirectedPrograms::twoThatStop);
        add(all, "path and rest", FetchModel.COHERENT, DirectedPrograms::pathAndRest);
        add(all, "waits for what is dead", FetchModel.COHERENT, DirectedPrograms::waitsForTheDead);
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

    /** What only a monitor is told. */
    private static void pathAndRest(ProtocolBuilder b) {
        patch(b, r -> {
            r.pathBegin();
            r.rest();
            r.note("nothing");
        });
    }
}
