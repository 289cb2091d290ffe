// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of statements, and what a protocol that breaks one is told. */
class RecorderTest {
    private static final byte[] NOP = {(byte) 0x90};

    static Setting setting(int cpus, int sites) {
        List<Site> placed = new ArrayList<>();
        for (int s = 0; s < sites; s++) {
            placed.add(new Site(s, "site" + s, 0x81000000L + 0x1000L * s, List.of(NOP, new byte[] {(byte) 0xf4})));
        }
        return new Setting(cpus, placed, ThreadWork.NONE, InterruptWork.NONE, false, false, 8);
    }

    private static Protocol record(BiConsumer<ProtocolBuilder, Recorder> body) {
        return Protocol.record("test", setting(2, 1), b -> b.patcher(r -> body.accept(b, r)));
    }

    private static String refusal(BiConsumer<ProtocolBuilder, Recorder> body) {
        return assertThrows(IllegalArgumentException.class, () -> record(body)).getMessage();
    }

    private static Shared x(ProtocolBuilder b) {
        return b.shared("x", 0, 0, 3);
    }

    @Pins("protocol.label")
    @Test
    void aLabelIsUniqueInItsRoutine() {
        assertEquals("thread0: the label go is used twice; give each step its own", refusal((b, r) -> {
            r.fence("go");
            r.fence("go");
        }));
        assertDoesNotThrow(() -> record((b, r) -> {
            r.fence("go");
            b.thread(1, other -> other.fence("go"));
            b.nmi(nmi -> nmi.fence("go"));
        }));
    }

    @Pins("protocol.call")
    @Test
    void aFunctionGivesItsLabelsAPrefix() {
        Protocol protocol = record((b, r) -> {
            r.fence("go");
            r.call("one", "f()", () -> r.fence("go"));
            r.call("two", "f()", () -> r.call("inner", "g()", () -> r.fence("go")));
        });
        List<Stmt> body = protocol.threads().get(0).body();
        assertEquals("one", body.get(1).label());
        assertEquals("one.go", ((ControlStmt.Call) body.get(1)).body().get(0).label());
        Stmt inner = ((ControlStmt.Call) body.get(2)).body().get(0);
        assertEquals("two.inner", inner.label());
        assertEquals("two.inner.go", ((ControlStmt.Call) inner).body().get(0).label());
    }

    @Test
    void aFunctionCalledTwiceNeedsTwoLabels() {
        assertEquals("thread0: the label f is used twice; give each step its own", refusal((b, r) -> {
            r.call("f", "f()", () -> {});
            r.call("f", "f()", () -> {});
        }));
    }

    @Test
    void stepsThatAStatementIsMadeOfHaveLabelsToo() {
        assertEquals("thread0: the label sync.wait is used twice; give each step its own", refusal((b, r) -> {
            r.fence("sync.wait");
            r.syncEachCpu("sync", Sync.IRET);
        }));
        assertEquals("thread0: the label stop.run is used twice; give each step its own", refusal((b, r) -> {
            r.fence("stop.run");
            r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
        }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\nb", "a[0]", "#a"})
    void aLabelIsAWord(String label) {
        assertEquals(
                "thread0: \"" + label + "\" is no label; use letters, digits, . _ -",
                refusal((b, r) -> r.fence(label)));
    }

    @Pins("protocol.one-access")
    @Test
    void aStatementReadsOneSharedVariable() {
        assertEquals(
                "thread0: both reads 2 shared variables where 1 is possible; load the others into locals first",
                refusal((b, r) ->
                        r.ifThen("both", x(b).value().eq(b.shared("y", 0, 0, 1).value()), () -> {})));
        assertEquals(
                "thread0: wait awaits a condition on several shared variables, and each is a load of its own; use awaitBoth for"
                        + " two that must hold, or write the loop out",
                refusal((b, r) -> {
                    Shared x = x(b);
                    r.await("wait", x.value().eq(x.value()));
                }));
        assertEquals(
                "thread0: load reads 2 shared variables where 1 is possible; load the others into locals first",
                refusal((b, r) -> r.load(
                        "load", r.local("l", 0, 3), b.array("a", 4, 0, 0, 3).at(x(b).value()))));
    }

    @Pins("protocol.one-access")
    @Test
    void aStoreReadsNoSharedVariable() {
        String refusal =
                "thread0: copy reads 1 shared variables where 0 is possible; load the others into locals first";
        assertEquals(refusal, refusal((b, r) -> r.store("copy", b.shared("y", 0, 0, 3), x(b).value())));
        assertEquals(refusal, refusal((b, r) -> r.storeRelease("copy", b.shared("y", 0, 0, 3), x(b).value())));
        assertEquals(
                refusal,
                refusal((b, r) -> r.store("copy", b.array("a", 4, 0, 0, 3).at(x(b).value()), Expr.of(1))));
    }

    @Test
    void aLockedOperationReadsNoOtherSharedVariable() {
        String refusal = "thread0: op reads 1 shared variables where 0 is possible; load the others into locals first";
        assertEquals(
                refusal, refusal((b, r) -> r.rmw("op", b.shared("y", 0, 0, 3).cell(), RmwOp.ADD, x(b).value())));
        assertEquals(
                refusal,
                refusal((b, r) -> r.compareExchange(
                        "op", b.shared("y", 0, 0, 3).cell(), Expr.of(0), x(b).value(), r.local("l", 0, 1))));
        assertEquals(
                refusal,
                refusal((b, r) -> r.awaitExchange("op", b.shared("y", 0, 0, 3).cell(), x(b).value(), Expr.of(1))));
    }

    @Pins("protocol.label")
    @Test
    void aStatementWithoutLabelTouchesNothingShared() {
        assertEquals(
                "thread0: if reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> r.ifThen(x(b).value(), () -> {})));
        assertEquals(
                "thread0: while reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> r.whileTrue(x(b).value(), () -> {})));
        assertEquals(
                "thread0: assign l reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> r.assign(r.local("l", 0, 3), x(b).value())));
        assertEquals(
                "thread0: BUG_ON reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> r.bugOn(x(b).value(), "x")));
        assertEquals(
                "bp: regs->ip reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> b.breakpoint(bp -> bp.setSavedAddress(x(b).value()))));
    }

    @Test
    void aLabelStandsForASharedAccess() {
        assertEquals(
                "thread0: test has a label but reads no shared variable; leave the label out",
                refusal((b, r) -> r.ifThen("test", Expr.of(1), () -> {})));
        assertEquals(
                "thread0: bug has a label but reads no shared variable; leave the label out",
                refusal((b, r) -> r.bugOn("bug", Expr.of(1), "never")));
    }

    @Test
    void oneSharedAccessIsFine() {
        assertDoesNotThrow(() -> record((b, r) -> {
            Shared x = x(b);
            Shared a = b.array("a", 4, 0, 0, 3);
            Local l = r.local("l", 0, 3);
            r.load("load", l, x);
            r.load("element", l, a.at(l.value()));
            r.store("store", a.at(l.value()), l.value());
            r.ifThen("if", x.value().eq(l.value()), () -> {});
            r.ifThen(l.value().eq(1), () -> {});
            r.await("await", x.value().ne(l.value()));
            r.rmw("rmw", x.cell(), RmwOp.ADD, l.value());
        }));
    }

    @Pins("protocol.exists")
    @Test
    void aLocalVariableIsOneOfItsRoutine() {
        String other =
                "uses the local variable l, which another routine has declared; declare one here, or share a variable";
        assertEquals("thread1: \"l = READ_ONCE(x);\" (load) " + other, refusal((b, r) -> {
            Local l = r.local("l", 0, 3);
            Shared x = x(b);
            b.thread(1, one -> one.load("load", l, x));
        }));
        assertEquals("nmi: \"if ((l + 1) == 2)\" " + other, refusal((b, r) -> {
            Local l = r.local("l", 0, 3);
            b.nmi(nmi -> nmi.ifThen(l.value().plus(1).eq(2), () -> {}));
        }));
        assertDoesNotThrow(() -> record((b, r) -> {
            Local l = r.local("l", 0, 3);
            r.call("f", "f()", () -> r.assign(l, l.value()));
        }));
    }

    @Pins("protocol.exists")
    @Test
    void aVersionIsOneOfItsSite() {
        String none = " names version 2 of site0, which has 0..1";
        assertEquals(
                "thread0: begin" + none,
                refusal((b, r) -> r.patchBegin("begin", b.sites().get(0), 2)));
        assertEquals(
                "thread0: end" + none,
                refusal((b, r) -> r.patchEnd("end", b.sites().get(0), 2)));
        assertEquals(
                "bp: emulate" + none,
                refusal((b, r) ->
                        b.breakpoint(bp -> bp.emulate("emulate", b.sites().get(0), 2, true))));
        assertDoesNotThrow(
                () -> record((b, r) -> r.patchBegin("begin", b.sites().get(0), 1)));
    }

    @Pins("protocol.exists")
    @Test
    void aThreadIsOfACpuThatThereIs() {
        assertEquals(
                "there is no CPU 2 to run a thread; the scenario has CPUs 0..1",
                refusal((b, r) -> b.thread(2, two -> {})));
        assertEquals(
                "there is no CPU -1 to run a thread; the scenario has CPUs 0..1",
                refusal((b, r) -> b.thread(-1, none -> {})));
        assertDoesNotThrow(() -> record((b, r) -> b.thread(1, one -> {})));
    }

    @Test
    void aFunctionThatRunsOnAllCpusCallsNoOthers() {
        assertEquals(
                "thread0: inner calls other CPUs from a function that itself runs with IF=0 for such a call; make the one"
                        + " call after the other",
                refusal((b, r) -> r.onEachCpu("outer", "f", f -> f.onEachCpu("inner", "g", g -> {}, true), true)));
    }

    @Pins("protocol.exists")
    @Test
    void onlyHandlersHaveAContextBelow() {
        String none =
                " changes where the context below goes on, and there is none below a thread; it belongs into a handler";
        assertTrue(refusal((b, r) -> r.emulate("emulate", b.sites().get(0), 1, true))
                .endsWith("(emulate)" + none));
        assertEquals("thread0: \"regs->ip = 0;\"" + none, refusal((b, r) -> r.setSavedAddress(Expr.of(0))));
        String reads = none.replace("changes", "reads");
        assertTrue(refusal((b, r) -> r.assign(r.local("ip", 0, 9), Expr.savedAddress()))
                .endsWith(reads));
        assertTrue(refusal((b, r) -> r.ifThen(Expr.savedAddress().minus(1).eq(2), () -> {}))
                .endsWith(reads));
        assertTrue(refusal((b, r) -> b.routine("f", f -> f.setSavedAddress(Expr.of(0))))
                .startsWith("f: "));
        assertDoesNotThrow(() -> record((b, r) -> {
            b.breakpoint(bp -> bp.emulate("emulate", b.sites().get(0), 1, true));
            b.nmi(nmi -> nmi.setSavedAddress(Expr.savedAddress()));
        }));
    }

    @Pins("protocol.ghost")
    @Test
    void noStepOfTheProgramReadsAGhost() {
        String refused =
                " reads a ghost variable, or which CPUs are in handlers or have serialized, which no step of a program sees; only ensure and ghostStore do";
        assertEquals("thread0: \"if (g == 1)\"" + refused, refusal((b, r) -> {
            Ghost g = b.ghost("g", 0, 0, 1);
            r.ifThen(g.value().eq(1), () -> {});
        }));
        assertEquals("thread0: \"WRITE_ONCE(x, g);\" (store)" + refused, refusal((b, r) -> {
            Ghost g = b.ghost("g", 0, 0, 1);
            r.store("store", x(b), g.value());
        }));
        assertTrue(refusal(
                        (b, r) -> r.bugOn(Expr.everyCpuSerializedSince(b.sites().get(0)), "some"))
                .endsWith(refused));
        assertTrue(refusal((b, r) -> r.bugOn(Expr.noCpuIn(HandlerKind.NMI), "nobody"))
                .endsWith(refused));
        assertEquals(
                "thread0: wrong reads 1 shared variables where 0 is possible; load the others into locals first",
                refusal((b, r) -> r.ensure("wrong", x(b).value())));
        assertDoesNotThrow(() -> record((b, r) -> {
            Ghost g = b.ghost("g", 0, 0, 1);
            r.ghostStore("set", g, g.value().plus(0));
            r.ensure("is_set", g.value().eq(1).or(Expr.noCpuIn(HandlerKind.BREAKPOINT)));
        }));
    }

    @Test
    void aVariableHoldsItsInitialValue() {
        assertEquals("variable x: initial value 4 is outside 0..3", refusal((b, r) -> b.shared("x", 4, 0, 3)));
        assertEquals("variable a: initial value 0 is outside 0..3", refusal((b, r) -> b.array("a", 0, 0, 0, 3)));
    }

    @Test
    void branchesAndLoopsAreRecordedOnce() {
        int[] runs = new int[1];
        Protocol protocol = record((b, r) -> {
            Local l = r.local("l", 0, 3);
            r.whileTrue(l.value().lt(Expr.of(3)), () -> {
                runs[0]++;
                r.assign(l, l.value().plus(1));
            });
        });
        assertEquals(1, runs[0]);
        assertEquals(1, protocol.threads().get(0).body().size());
    }

    @Test
    void recordingTwiceGivesTheSameProtocol() {
        BiConsumer<ProtocolBuilder, Recorder> body = (b, r) -> {
            r.store("x", x(b), Expr.of(1));
            r.await("wait", x(b).value().eq(1));
        };
        assertEquals(CPrinter.print(record(body)), CPrinter.print(record(body)));
    }
}
