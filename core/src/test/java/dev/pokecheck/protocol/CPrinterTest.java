// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.Site;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The C-like form of a protocol that has every statement once, as in {@code every-statement.txt}. */
class CPrinterTest {
    private static void record(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        Shared state = b.shared("state", 0, 0, 2);
        Shared acks = b.array("acks", 2, 1, 0, 3);
        ProtocolBuilder.Obj desc = b.object("desc");
        Shared refs = desc.field("refs", 0, 0, 4);
        Routine others =
                b.routine("patch_others", r -> r.await("wait", state.value().eq(Expr.named("DONE", 2))));
        b.patcher(r -> {
            Local l = r.local("l", 0, 7);
            r.note("everything once");
            r.patchBegin("begin", site, 1);
            r.begin("desc", desc);
            r.assign(l, Expr.thisCpu().plus(1).minus(1));
            r.load("load", l, acks.at(l.value()));
            r.store("store", acks.at(1), l.value().and(Expr.of(3)));
            r.storeRelease("publish", state, Expr.named("DONE", 2));
            r.rmw("inc", refs.cell(), RmwOp.ADD, Expr.of(1));
            r.rmw("swap", refs.cell(), RmwOp.EXCHANGE, Expr.of(1), l);
            r.compareExchange("cas", state.cell(), Expr.of(0), Expr.of(1), l);
            r.fence("mb");
            r.await("acks", acks.at(0).value().weight().ge(Expr.of(1)));
            r.awaitExchange("lock", state.cell(), Expr.of(0), Expr.of(1));
            r.ifThen("test", state.value().eq(0).not(), () -> r.sendNmi("nmi1", Expr.of(1)));
            r.ifThen(Expr.inNmi().or(l.value().bit()), r::leave);
            r.whileTrue(l.value().lt(Expr.of(2)), () -> r.assign(l, l.value().shiftRight(1)));
            r.call("f", "f(site0)", () -> {
                r.textPoke("head", site, 0, (byte) 0xcc);
                r.serialize("self", Sync.CPUID);
            });
            r.syncEachCpu("sync", Sync.IRET);
            r.irqDisable("cli");
            r.irqEnable("sti");
            r.preemptDisable("off");
            r.preemptEnable("on");
            r.stopMachine("stop", () -> r.textPoke("poke", site, 0, site.bytes(1)), others);
            r.execute("exec", site);
            r.bugOn(l.value().gt(Expr.of(6)), "too many");
            r.bugOn("bug", state.value().eq(1), "busy");
            r.end("desc.end", desc);
            r.patchEnd("end", site, 1);
        });
        b.thread(
                1,
                r -> r.forever(() -> {
                    r.rest();
                    r.pathBegin();
                    r.execute("exec", site);
                }));
        b.breakpoint(r -> {
            r.ifThen(Expr.savedAddress().minus(1).ne(b.addressOf(site)), () -> r.unhandled("not_ours"));
            r.emulate("emulate", site, 1, false);
            r.setSavedAddress(Expr.savedAddress().minus(1));
        });
    }

    @Test
    void everyStatementIsPrinted() throws IOException {
        assertEquals(
                resource("every-statement.txt"),
                CPrinter.print(Protocol.record("everything", RecorderTest.setting(2, 1), CPrinterTest::record)));
    }

    @Test
    void theOtherBranchIsAnElse() {
        Protocol protocol = Protocol.record(
                "else",
                RecorderTest.setting(1, 1),
                b -> b.patcher(r -> r.ifElse(Expr.thisCpu().eq(0), () -> r.fence("then"), () -> r.fence("otherwise"))));
        assertEquals(
                """
                if (smp_processor_id() == 0)
                {
                smp_mb();
                }
                else
                {
                smp_mb();
                }
                """,
                CPrinter.print(protocol)
                        .lines()
                        .map(line -> line.replaceAll(".*\\| *", ""))
                        .skip(4)
                        .limit(8)
                        .map(line -> line + "\n")
                        .reduce("", String::concat));
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = CPrinterTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
