// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.StoreSplit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Where interrupts can land. The one CPU makes the site UD2 for a moment; the handlers of IRQs, NMIs and machine checks execute
 * the site, so that UD2 is executed exactly if one of them can land in that window.
 */
class InterruptWindowTest {
    private enum Interrupt {
        IRQ,
        NMI,
        MC;

        ScenarioBuilder budget(ScenarioBuilder b) {
            return switch (this) {
                case IRQ -> b.irqs(2);
                case NMI -> b.nmis(2).nmiWork(InterruptWork.SITE);
                case MC -> b.mcs(2);
            };
        }
    }

    private static void window(ProtocolBuilder b, Recorder r) {
        Site site = b.sites().get(0);
        r.textPoke("ud2", site, 0, site.bytes(1));
        r.textPoke("back", site, 0, site.bytes(2));
    }

    private static boolean lands(Interrupt interrupt, Protocol.Definition definition) {
        Outcomes outcomes = Litmus.sites("nop2->ud2->nop2", "nop1->nop1")
                .with(b -> b.cpus(1).split(StoreSplit.WORD).fetch(FetchModel.COHERENT))
                .with(interrupt::budget)
                .run(definition);
        outcomes.incidents().remove(Incident.UD2);
        assertTrue(outcomes.incidents().isEmpty(), outcomes.incidents()::toString);
        return outcomes.names().contains("cpu0.irq fetch site0 [0f 0b]")
                || outcomes.names().contains("cpu0.nmi fetch site0 [0f 0b]")
                || outcomes.names().contains("cpu0.mc fetch site0 [0f 0b]");
    }

    private static Protocol.Definition thread(Consumer<Recorder> before, Consumer<Recorder> after) {
        return b -> b.thread(0, r -> {
            before.accept(r);
            window(b, r);
            after.accept(r);
        });
    }

    /** The window is in the handler of a breakpoint in the second site. */
    private static final Protocol.Definition IN_BREAKPOINT = b -> {
        b.thread(0, r -> {
            r.textPoke("int3", b.sites().get(1), 0, (byte) 0xcc);
            r.execute("exec", b.sites().get(1));
            r.textPoke("nop", b.sites().get(1), 0, (byte) 0x90);
        });
        b.breakpoint(r -> {
            window(b, r);
            r.emulate("emulate", b.sites().get(1), 0, true);
        });
    };

    /** The window is in the NMI handler. */
    private static final Protocol.Definition IN_NMI = b -> {
        b.thread(0, r -> r.sendNmi("send", Expr.thisCpu()));
        b.nmi(r -> window(b, r));
    };

    /** The window is in the function that stop_machine runs. */
    private static final Protocol.Definition STOPPED =
            b -> b.thread(0, r -> r.stopMachine("stop", () -> window(b, r), b.routine("others", other -> {})));

    private static final Protocol.Definition OPEN = thread(r -> {}, r -> {});
    private static final Protocol.Definition CLOSED = thread(r -> r.irqDisable("cli"), r -> r.irqEnable("sti"));

    @Pins("cpu.maskable")
    @Test
    void anIrqLandsInAThreadUnlessInterruptsAreOff() {
        assertTrue(lands(Interrupt.IRQ, OPEN));
        assertFalse(lands(Interrupt.IRQ, CLOSED));
    }

    @Test
    void interruptsStayOffUntilTheyAreSwitchedOn() {
        assertFalse(lands(Interrupt.IRQ, thread(r -> r.irqDisable("cli"), r -> {})));
        assertTrue(lands(
                Interrupt.IRQ,
                thread(
                        r -> {
                            r.irqDisable("cli");
                            r.irqEnable("sti");
                        },
                        r -> {})));
    }

    @Pins("cpu.machine-check")
    @Test
    void nmisAndMachineChecksDoNotCare() {
        assertTrue(lands(Interrupt.NMI, CLOSED));
        assertTrue(lands(Interrupt.MC, CLOSED));
    }

    @Test
    void aBreakpointHandlerRunsWithInterruptsOff() {
        assertFalse(lands(Interrupt.IRQ, IN_BREAKPOINT));
        assertTrue(lands(Interrupt.NMI, IN_BREAKPOINT));
        assertTrue(lands(Interrupt.MC, IN_BREAKPOINT));
    }

    @Pins("cpu.maskable")
    @Test
    void anIrqLandsInABreakpointHandlerThatSwitchesInterruptsOn() {
        assertTrue(lands(Interrupt.IRQ, b -> {
            b.breakpoint(r -> r.irqEnable("sti"));
            IN_BREAKPOINT.record(b);
        }));
    }

    @Test
    void neitherIrqNorNmiLandsInAnNmiHandler() {
        assertFalse(lands(Interrupt.IRQ, IN_NMI));
        // The handler executes the site behind its own window.
        assertFalse(lands(Interrupt.NMI, b -> b.nmi(r -> window(b, r))));
        assertTrue(lands(Interrupt.MC, IN_NMI));
    }

    @Pins("cpu.maskable")
    @Test
    void anIrqLandsInAnNmiHandlerThatSwitchesInterruptsOn() {
        assertTrue(lands(Interrupt.IRQ, b -> {
            b.nmi(r -> r.irqEnable("sti"));
            IN_NMI.record(b);
        }));
    }

    @Test
    void anIretInsideAnNmiLetsNoIrqIn() {
        assertFalse(lands(Interrupt.IRQ, b -> {
            b.thread(0, r -> r.sendNmi("send", Expr.thisCpu()));
            b.nmi(r -> {
                r.serialize("iret", Sync.IRET);
                window(b, r);
            });
        }));
    }

    @Pins("machine.stop-interrupts-off")
    @Test
    void stopMachineRunsItsFunctionsWithInterruptsOff() {
        assertFalse(lands(Interrupt.IRQ, STOPPED));
        assertTrue(lands(Interrupt.NMI, STOPPED));
        assertTrue(lands(Interrupt.MC, STOPPED));
    }

    @Pins("machine.stop-interrupts-off")
    @Test
    void interruptsAreOnAgainBehindStopMachine() {
        assertTrue(lands(
                Interrupt.IRQ,
                b -> b.thread(0, r -> {
                    r.stopMachine("stop", () -> {}, b.routine("others", other -> {}));
                    window(b, r);
                })));
    }

    @Pins("cpu.interrupt-flag")
    @Test
    void interruptsAreOnAgainBehindABreakpoint() {
        Protocol.Definition behind = b -> {
            b.thread(0, r -> {
                r.textPoke("int3", b.sites().get(1), 0, (byte) 0xcc);
                r.execute("exec", b.sites().get(1));
                r.textPoke("nop", b.sites().get(1), 0, (byte) 0x90);
                window(b, r);
            });
            b.breakpoint(r -> r.emulate("emulate", b.sites().get(1), 0, true));
        };
        assertTrue(lands(Interrupt.IRQ, behind));
    }

    @Pins("cpu.interrupt-flag")
    @Test
    void interruptsStayOffBehindABreakpointIfTheyWereOffBefore() {
        assertFalse(lands(Interrupt.IRQ, b -> {
            b.thread(0, r -> {
                r.irqDisable("cli");
                r.textPoke("int3", b.sites().get(1), 0, (byte) 0xcc);
                r.execute("exec", b.sites().get(1));
                r.textPoke("nop", b.sites().get(1), 0, (byte) 0x90);
                window(b, r);
                r.irqEnable("sti");
            });
            b.breakpoint(r -> r.emulate("emulate", b.sites().get(1), 0, true));
        }));
    }
}
