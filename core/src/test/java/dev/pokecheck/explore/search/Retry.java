// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;

/** Protocols that go round in circles: the breakpoint method with a handler that sends the CPU back to the breakpoint, and others. */
public final class Retry {
    private static final byte INT3 = (byte) 0xcc;

    private Retry() {}

    public static Machine machine(Protocol.Definition protocol, UnaryOperator<ScenarioBuilder> change) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop2->jmp8"))).with(change);
        return Machine.of(scenario, "retry", protocol);
    }

    /** The handler does nothing but go back to the breakpoint, until it is gone. */
    public static void again(ProtocolBuilder b) {
        patcher(b);
        b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().minus(1)));
    }

    /** The handler does what the new instruction does. */
    public static void emulate(ProtocolBuilder b) {
        patcher(b);
        b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 1, true));
    }

    private static void patcher(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        byte[] now = site.bytes(1);
        b.patcher(r -> {
            r.patchBegin("begin", site, 1);
            r.textPoke("int3", site, 0, INT3);
            r.syncEachCpu("sync1", Sync.IRET);
            r.textPoke("tail", site, 1, Arrays.copyOfRange(now, 1, now.length));
            r.syncEachCpu("sync2", Sync.IRET);
            r.textPoke("head", site, 0, now[0]);
            r.syncEachCpu("sync3", Sync.IRET);
            r.patchEnd("end", site, 1);
        });
    }

    /** The patcher stops the machine to take the breakpoint away, and the handler only goes back to it. */
    public static void stopped(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        b.patcher(r -> {
            r.textPoke("int3", site, 0, INT3);
            r.stopMachine(
                    "stop",
                    () -> r.textPoke("back", site, 0, site.at(0, 0)),
                    b.routine("others", other -> other.serialize("cpuid", Sync.CPUID)));
        });
        b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().minus(1)));
    }

    /** The patcher takes the breakpoint away when an NMI has come that it has sent, and the handler only goes back to it. */
    public static void sent(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        Shared here = b.shared("here", 0, 0, 1);
        b.patcher(r -> {
            r.textPoke("int3", site, 0, INT3);
            r.sendNmi("send", Expr.of(1));
            r.await("come", here.value().eq(1));
            r.textPoke("back", site, 0, site.at(0, 0));
            r.syncEachCpu("sync", Sync.IRET);
        });
        b.nmi(r -> r.store("here", here, Expr.of(1)));
        b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().minus(1)));
    }

    /** The patcher takes the breakpoint away only when it sees no handler at work, and handlers come again and again. */
    public static void whenNobodyLooks(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        Shared users = b.shared("users", 0, 0, 8);
        b.patcher(r -> {
            r.patchBegin("begin", site, 1);
            r.textPoke("int3", site, 0, INT3);
            r.syncEachCpu("sync1", Sync.IRET);
            r.await("idle", users.value().eq(0));
            r.textPoke("head", site, 0, site.bytes(1));
            r.syncEachCpu("sync2", Sync.IRET);
            r.patchEnd("end", site, 1);
        });
        b.breakpoint(r -> {
            r.rmw("get", users.cell(), RmwOp.ADD, Expr.of(1));
            r.setSavedAddress(Expr.savedAddress().minus(1));
            r.rmw("put", users.cell(), RmwOp.ADD, Expr.of(-1));
        });
    }

    /** Two CPUs that want the same and are polite: each takes its flag down again where it sees the other's. */
    public static void afterYou(ProtocolBuilder b) {
        Shared[] flags = {b.shared("flag0", 0, 0, 1), b.shared("flag1", 0, 0, 1)};
        for (int cpu = 0; cpu < 2; cpu++) {
            Shared own = flags[cpu];
            Shared other = flags[1 - cpu];
            b.thread(cpu, r -> {
                var seen = r.local("seen", 0, 1);
                r.store("up", own, Expr.of(1));
                r.load("look", seen, other);
                r.whileTrue(seen.value().eq(1), () -> {
                    r.store("down", own, Expr.of(0));
                    r.store("up.again", own, Expr.of(1));
                    r.load("look.again", seen, other);
                });
                r.store("done", own, Expr.of(0));
            });
        }
    }

    /** The same, but the second waits with its flag down until the first has gone: nothing can repeat for ever. */
    public static void ladiesFirst(ProtocolBuilder b) {
        Shared first = b.shared("flag0", 0, 0, 1);
        Shared second = b.shared("flag1", 0, 0, 1);
        b.thread(0, r -> {
            r.store("up", first, Expr.of(1));
            r.await("look", second.value().eq(0));
            r.store("done", first, Expr.of(0));
        });
        b.thread(1, r -> {
            var seen = r.local("seen", 0, 1);
            r.store("up", second, Expr.of(1));
            r.load("look", seen, first);
            r.whileTrue(seen.value().eq(1), () -> {
                r.store("down", second, Expr.of(0));
                r.await("gone", first.value().eq(0));
                r.store("up.again", second, Expr.of(1));
                r.load("look.again", seen, first);
            });
            r.store("done", second, Expr.of(0));
        });
    }
}
