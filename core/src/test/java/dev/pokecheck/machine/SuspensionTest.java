// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Threads that another CPU suspends, reads, sends on and resumes. */
class SuspensionTest {
    /** push %rbp; mov %rsp,%rbp; nop. */
    private static final String PROLOGUE = "554889e590";

    private static final Expr OTHER = Expr.of(1);

    private static Litmus litmus(String... sites) {
        return Litmus.sites(sites)
                .with(b -> b.cpus(2).fetch(FetchModel.COHERENT).split(StoreSplit.LINE));
    }

    /** CPU 0 sends the thread of CPU 1 from site+k on to copy+to(k), then changes the site; a negative offset leaves it where it is. */
    private static Protocol.Definition moves(IntUnaryOperator to) {
        return b -> {
            Site site = b.sites().get(0);
            Site copy = b.sites().get(1);
            b.copy(new Copy(site, 0, copy, Map.of(0, 0, 1, 1, 4, 4, 5, 5)));
            b.thread(0, r -> {
                Local ip = r.local("ip", 0, b.maxAddress());
                r.suspend("hold", OTHER);
                r.readContext("read", ip, OTHER);
                for (int k : new int[] {1, 4}) {
                    if (to.applyAsInt(k) >= 0) {
                        r.ifThen(
                                ip.value().eq(b.addressOf(site).plus(k)),
                                () -> r.setContext(
                                        "set" + k, OTHER, b.addressOf(copy).plus(to.applyAsInt(k))));
                    }
                }
                r.patchBegin("begin", site, 1);
                r.textPoke("poke", site, 0, site.bytes(1));
                r.patchEnd("end", site, 1);
                r.resume("go", OTHER);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
    }

    private static Outcomes moved(IntUnaryOperator to) {
        return litmus(PROLOGUE + "->jmp32", PROLOGUE + "->" + PROLOGUE).run(moves(to));
    }

    @Pins("machine.sent-elsewhere")
    @Test
    void atTheMatchingInstructionOfACopyItGoesOnWell() {
        assertEquals(Set.of(), moved(k -> k).incidents());
        assertFalse(moved(k -> k).deadlock());
    }

    @Pins("machine.sent-elsewhere")
    @Test
    void atTheStartOfACopyItPushesTwice() {
        assertEquals(Set.of(Incident.WRONG_TARGET), moved(k -> 0).incidents());
    }

    @Pins("machine.sent-elsewhere")
    @Test
    void atTheEndOfACopyItNeverMoves() {
        assertEquals(Set.of(Incident.WRONG_TARGET), moved(k -> 5).incidents());
    }

    @Test
    void leftInsideItExecutesWhatHasTakenItsPlace() {
        assertEquals(Set.of(Incident.MID_INSTRUCTION), moved(k -> -1).incidents());
    }

    @Pins("machine.sent-elsewhere")
    @Test
    void anInstructionThatDoesNothingMayBeSkipped() {
        assertEquals(Set.of(), sentTo("6690666690->6690666690", 2, 5).incidents());
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                sentTo(PROLOGUE + "->" + PROLOGUE, 1, 4).incidents());
        assertEquals(Set.of(), sentTo(PROLOGUE + "->" + PROLOGUE, 4, 5).incidents());
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                sentTo("6690666690->6690666690", 2, 0).incidents());
    }

    private static Outcomes sentTo(String spec, int from, int to) {
        return litmus(spec).run(b -> {
            Site site = b.sites().get(0);
            b.thread(0, debugs(b, r -> {
                Local ip = r.local("ip", 0, b.maxAddress());
                r.readContext("read", ip, OTHER);
                r.ifThen(
                        ip.value().eq(b.addressOf(site).plus(from)),
                        () -> r.setContext("set", OTHER, b.addressOf(site).plus(to)));
            }));
            b.thread(1, r -> r.execute("exec", site));
        });
    }

    private static Consumer<Recorder> debugs(ProtocolBuilder b, Consumer<Recorder> meanwhile) {
        assertTrue(b.setting().cpus() > 1);
        return r -> {
            r.suspend("hold", OTHER);
            meanwhile.accept(r);
            r.resume("go", OTHER);
        };
    }

    @Pins("machine.copy")
    @Test
    void inACopyItExecutesWhatIsLeftOfTheSite() {
        Outcomes outcomes = litmus(PROLOGUE + "->jmp32", PROLOGUE + "->" + PROLOGUE)
                .fetches()
                .run(moves(k -> k));
        assertEquals(Set.of(), outcomes.incidents());
        assertTrue(outcomes.took("cpu1 fetch site1+1 [48 89 e5]"));
        assertFalse(outcomes.took("cpu1 fetch site1 [55]"));
    }

    @Pins("machine.copy")
    @Test
    void aJumpBackFromACopyLeavesTheSite() {
        // The copy ends with a jump to somewhere else: back, for all that this machine knows of other code.
        Outcomes outcomes =
                litmus(PROLOGUE + "->jmp32", "554889e590eb10->554889e590eb10").run(moves(k -> k));
        assertEquals(Set.of(), outcomes.incidents());
        assertFalse(outcomes.deadlock());
    }

    @Test
    void itMayBeSentBackFromACopy() {
        Protocol.Definition there = b -> {
            Site site = b.sites().get(0);
            Site copy = b.sites().get(1);
            b.copy(new Copy(site, 0, copy, Map.of(1, 1, 4, 4)));
            b.thread(0, debugs(b, r -> {
                Local ip = r.local("ip", 0, b.maxAddress());
                r.readContext("read", ip, OTHER);
                r.ifThen(ip.value().eq(b.addressOf(site).plus(1)), () -> {
                    r.setContext("there", OTHER, b.addressOf(copy).plus(1));
                    r.setContext("back", OTHER, b.addressOf(site).plus(1));
                });
            }));
            b.thread(1, r -> r.execute("exec", site));
        };
        assertEquals(
                Set.of(),
                litmus(PROLOGUE + "->" + PROLOGUE, PROLOGUE + "->" + PROLOGUE)
                        .run(there)
                        .incidents());
    }

    @Pins("machine.context")
    @Test
    void aThreadThatHasExecutedNothingOfASiteStandsNowhere() {
        assertEquals(
                Set.of(Incident.WRONG_TARGET),
                sentTo(PROLOGUE + "->" + PROLOGUE, -1, 0).incidents());
    }

    @Pins("machine.context")
    @Test
    void onlyASuspendedThreadHasAContextToReadOrSet() {
        Litmus litmus = litmus("nop1->nop1");
        assertEquals(
                Set.of(Incident.BUG_ON),
                litmus.run(b -> b.thread(0, r -> r.resume("go", OTHER))).incidents());
        assertEquals(
                Set.of(Incident.BUG_ON),
                litmus.run(b -> b.thread(0, r -> r.readContext("read", r.local("ip", 0, 1), OTHER)))
                        .incidents());
        assertEquals(
                Set.of(Incident.BUG_ON),
                litmus.run(b -> b.thread(0, r -> r.setContext("set", OTHER, Expr.of(1))))
                        .incidents());
        assertEquals(
                Set.of(Incident.INDEX),
                litmus.run(b -> b.thread(0, r -> r.suspend("hold", Expr.of(2)))).incidents());
    }

    /** Whoever asks only where a thread is, and not what it returns to, takes its site for free. */
    @Pins("machine.context-in-function")
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aThreadInACalledFunctionStandsInNoSite(boolean mergeLocal) {
        Protocol.Definition patches = b -> {
            Site site = b.sites().get(0);
            b.thread(0, debugs(b, r -> {
                Local ip = r.local("ip", 0, b.maxAddress());
                r.readContext("read", ip, OTHER);
                r.patchBegin("begin", site, 1);
                r.ifThen(ip.value().eq(0), () -> r.textPoke("poke", site, 0, site.bytes(1)));
                r.patchEnd("end", site, 1);
            }));
            b.thread(1, r -> r.execute("exec", site));
        };
        Litmus litmus = litmus("e80001000090->660f1f440000").with(b -> b.mergeLocal(mergeLocal));
        assertTrue(litmus.run(patches).incidents().contains(Incident.MID_INSTRUCTION));
    }

    private static Script script(Consumer<ScenarioBuilder> scenario, Consumer<Recorder> thread1) {
        return new Script(Litmus.data(DataModel.SC)
                .with(b -> {
                    scenario.accept(b);
                    return b.cpus(2).reduce(false);
                })
                .machine(b -> {
                    b.thread(0, debugs(b, r -> r.fence("meanwhile")));
                    b.thread(1, thread1);
                }));
    }

    @Pins("machine.suspended")
    @Test
    void aSuspendedThreadDoesNothingAndItsCpuTakesInterrupts() {
        Script script = script(b -> b.irqs(1), r -> {
            r.fence("one");
            r.fence("two");
        });
        script.take("cpu0 hold", "cpu1 one", "cpu1 suspended", "cpu0 hold.wait");
        assertFalse(script.enabled().contains("cpu1 two"));
        script.take("cpu1 irq", "cpu1.irq fetch site0 [90]", "cpu1.irq iret", "cpu0 meanwhile");
        assertFalse(script.enabled().contains("cpu1 two"));
        script.take("cpu0 go", "cpu1 two");
    }

    @Pins("machine.suspended")
    @Test
    void aThreadThatNobodyResumesIsADeadlock() {
        assertTrue(litmus("nop1->nop1")
                .run(b -> b.thread(0, r -> r.suspend("hold", OTHER)))
                .deadlock());
        assertFalse(
                litmus("nop1->nop1").run(b -> b.thread(0, debugs(b, r -> {}))).deadlock());
    }

    @Pins("machine.suspension")
    @Test
    void itWaitsForHandlersInterruptsAndPreemption() {
        Script script = script(b -> b.irqs(1), r -> {
            r.irqDisable("cli");
            r.irqEnable("sti");
            r.preemptDisable("off");
            r.preemptEnable("on");
        });
        script.take("cpu1 cli", "cpu0 hold");
        assertFalse(script.enabled().contains("cpu1 suspended"));
        script.take("cpu1 sti");
        assertTrue(script.enabled().contains("cpu1 suspended"));
        script.take("cpu1 irq");
        assertFalse(script.enabled().contains("cpu1.irq suspended"));
        script.take("cpu1.irq fetch site0 [90]", "cpu1.irq iret", "cpu1 off");
        assertFalse(script.enabled().contains("cpu1 suspended"));
        script.take("cpu1 on", "cpu1 suspended");
    }

    @Pins("machine.suspension-serializes-nothing")
    @Test
    void neitherStoppingNorResumingSerializes() {
        Protocol.Definition patches = b -> {
            Site site = b.sites().get(0);
            b.thread(0, r -> {
                r.suspend("hold", OTHER);
                r.textPoke("poke", site, 0, site.bytes(1));
                r.resume("go", OTHER);
            });
            b.thread(1, r -> r.execute("exec", site));
        };
        assertEquals(
                Set.of("cpu1=new", "cpu1=old"),
                Litmus.sites("nop1->f4")
                        .with(b -> b.cpus(2))
                        .fetches()
                        .run(patches)
                        .finals());
        Script script = new Script(
                Litmus.sites("nop1->f4").with(b -> b.cpus(2).reduce(false)).machine(patches));
        script.take("cpu0 hold", "cpu1 suspended", "cpu0 hold.wait", "cpu0 poke", "cpu0 go");
        assertTrue(script.enabled().contains("cpu1 fetch site0 [90]"));
    }

    @Test
    void aCopyMapsWholeInstructionsOfAnotherSite() {
        Consumer<Map<Integer, Integer>> declare = offsets -> Protocol.record(
                "copy",
                litmus(PROLOGUE + "->" + PROLOGUE, PROLOGUE + "->" + PROLOGUE)
                        .machine(b -> {})
                        .scenario()
                        .setting(),
                b -> b.copy(new Copy(b.sites().get(0), 0, b.sites().get(1), offsets)));
        declare.accept(Map.of(1, 1, 5, 5));
        assertEquals(
                "a copy maps site1+2, where no instruction of version 0 begins or ends; name the offsets of instructions",
                assertThrows(IllegalArgumentException.class, () -> declare.accept(Map.of(1, 2)))
                        .getMessage());
    }
}
