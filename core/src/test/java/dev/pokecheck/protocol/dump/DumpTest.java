// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.dump;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Effect;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The canonical form: what it looks like, what changes it, and what does not. */
class DumpTest {
    private static Setting setting(InterruptWork nmi) {
        byte[][] versions = {{(byte) 0x90, (byte) 0x90}, {(byte) 0xeb, 0x10}};
        List<Site> sites = List.of(
                new Site(0, "site0", 0x81000000L, List.of(versions)),
                new Site(1, "site1", 0x81001000L, List.of(versions)));
        return new Setting(2, sites, ThreadWork.NONE, nmi, false, false, 8);
    }

    private static String dump(Consumer<ProtocolBuilder> definition) {
        return Dump.of(Protocol.record("a \"b\"", setting(InterruptWork.NONE), definition::accept));
    }

    private static void small(ProtocolBuilder b) {
        Site site = b.sites().get(0);
        Shared state = b.shared("state", 1, -1, 2);
        Shared refs = b.allocated("desc").field("refs", 0, 0, 4);
        Routine others = b.routine("others", r -> r.await("wait", state.value().eq(2)));
        b.patcher(r -> {
            Local l = r.local("l", 0, 7);
            r.note("a comment");
            r.load("load", l, refs);
            r.ifElse(l.value().bit().lt(Expr.of(3)), () -> r.fence("mb"), r::leave);
            r.call("f", "f()", () -> r.textPoke("head", site, 1, (byte) 0xcc));
            r.stopMachine("stop", () -> r.serialize("self", Sync.CPUID), others);
            r.execute("exec", site);
        });
        b.user(1);
        b.claimsToHoldEverybodyOff();
        b.breakpoint(r -> r.unhandled("not_ours"));
    }

    @Test
    void theFormIsPinned() {
        assertEquals("""
                ir1 "a \\"b\\""
                variable v0 "state" 1 -1 2 1 -
                variable v1 "desc.refs" 1 0 4 0 o0
                object o0 "desc"
                user 1
                holds-off
                thread "thread0"
                {
                assign "load" l0:0..7 (read v1[0])
                if "" (lt (bit l0:0..7) 3)
                {
                fence "mb"
                }
                {
                return
                }
                call "f"
                {
                text-poke "f.head" s0 1 cc 0 0
                }
                stop-machine "stop"
                {
                serialize "self" cpuid
                }
                elsewhere "others"
                {
                await "wait" (eq (read v0[0]) 2)
                }
                execute "exec" s0 0 -
                }
                thread "thread1"
                {
                }
                breakpoint "bp"
                {
                unhandled "not_ours"
                }
                nmi "nmi"
                {
                }
                irq "irq"
                {
                }
                mc "mc"
                {
                }
                """, dump(DumpTest::small));
    }

    private static void assertChanged(Consumer<ProtocolBuilder> more) {
        assertNotEquals(dump(DumpTest::small), dump(b -> {
            small(b);
            more.accept(b);
        }));
    }

    @Test
    void eachPartOfAProtocolIsInIt() {
        assertChanged(b -> b.shared("more", 0, 0, 1));
        assertChanged(b -> b.object("more"));
        assertChanged(b -> b.user(0));
        Consumer<Recorder> step = r -> r.fence("more");
        assertChanged(b -> b.patcher(step));
        assertChanged(b -> b.thread(1, step));
        assertChanged(b -> b.breakpoint(step));
        assertChanged(b -> b.nmi(step));
        assertChanged(b -> b.irq(step));
        assertNotEquals(dump(b -> {}), dump(ProtocolBuilder::claimsToHoldEverybodyOff), "what it claims");
        assertNotEquals(dump(b -> {}), dump(b -> b.breakpoint(r -> {})), "an empty handler is one");
        assertNotEquals(dump(b -> {}), Dump.of(Protocol.record("other", setting(InterruptWork.NONE), b -> {})));
        String copied = dump(b -> b.copy(copy(b, Map.of(0, 0))));
        assertNotEquals(dump(b -> {}), copied);
        assertNotEquals(copied, dump(b -> b.copy(copy(b, Map.of(0, 0, 2, 2)))));
    }

    private static Copy copy(ProtocolBuilder b, Map<Integer, Integer> offsets) {
        return new Copy(b.sites().get(0), 0, b.sites().get(1), offsets);
    }

    @Test
    void theLockOfInterruptsIsInIt() {
        assertEquals("unlock s0 v0[1] 0", unlock(Optional.of(effect(1, 0))));
        assertEquals("unlock s0 v0[0] 1", unlock(Optional.of(effect(0, 1))));
        assertEquals("unlock s0 -", unlock(Optional.empty()));
    }

    private static Effect effect(int index, int value) {
        return new Effect(new Shared(new Var(0, "lock", 2, 0, 1, List.of(0), -1)).at(index), value);
    }

    private static String unlock(Optional<Effect> effect) {
        Protocol p = Protocol.record("locks", setting(InterruptWork.LOCK), b -> {});
        Protocol unlocking = new Protocol(
                p.name(),
                p.setting(),
                p.variables(),
                p.objects(),
                p.copies(),
                p.threads(),
                p.users(),
                p.breakpoint(),
                p.nmi(),
                p.irq(),
                p.mc(),
                p.holdsOff(),
                p.notModelled(),
                Optional.of(p.setting().sites().get(0)),
                effect,
                p.origins());
        return Dump.of(unlocking)
                .lines()
                .filter(line -> line.startsWith("unlock"))
                .collect(Collectors.joining());
    }

    @Test
    void eachPartOfAVariableIsInIt() {
        List<String> dumps = List.of(
                dump(b -> b.shared("x", 1, 0, 2)),
                dump(b -> b.shared("y", 1, 0, 2)),
                dump(b -> b.shared("x", 0, 0, 2)),
                dump(b -> b.shared("x", 1, -1, 2)),
                dump(b -> b.shared("x", 1, 0, 3)),
                dump(b -> b.array("x", 2, 1, 0, 2)),
                dump(b -> b.array("x", List.of(1, 2), 0, 2)),
                dump(b -> b.array("x", List.of(2, 1), 0, 2)),
                dump(b -> b.object("x").field("x", 1, 0, 2)));
        assertEquals(dumps.size(), dumps.stream().distinct().count());
    }

    @Test
    void whatOnlyAReaderSeesIsNotInIt() {
        String plain = dump(b -> steps(b, "l", "f()", "no", Expr.of(2), false));
        assertEquals(plain, dump(b -> steps(b, "m", "g()", "never", Expr.named("TWO", 2), true)));
    }

    private static void steps(
            ProtocolBuilder b, String local, String function, String message, Expr two, boolean commented) {
        ProtocolBuilder.Obj object = commented ? b.allocated("o") : b.object("o");
        b.patcher(r -> {
            Local l = r.local(local, 0, 7);
            if (commented) {
                r.note("a comment");
            }
            r.begin("begin", object);
            r.call("f", function, () -> r.assign(l, two));
            r.bugOn(l.value().eq(two), message);
        });
    }

    @Test
    void aLabelIsInItButForThoseWhoLeaveLabelsOut() {
        Protocol one = Protocol.record("p", setting(InterruptWork.NONE), b -> b.patcher(r -> r.fence("one")));
        Protocol two = Protocol.record("p", setting(InterruptWork.NONE), b -> b.patcher(r -> r.fence("two")));
        assertNotEquals(Dump.of(one), Dump.of(two));
        assertEquals(Dump.unlabelled(one), Dump.unlabelled(two));
    }

    @Test
    void stringsCannotBeTakenForAnythingElse() {
        assertEquals(
                3,
                List.of("a\" 1", "a\\\" 1", "a\\n").stream()
                        .map(name -> dump(b -> b.shared(name, 0, 0, 1)))
                        .distinct()
                        .count());
    }
}
