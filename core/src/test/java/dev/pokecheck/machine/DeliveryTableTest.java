// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.Pins;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.text.FetchModel;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What can be delivered into which context, read off the names of all actions of a program that has every context. */
class DeliveryTableTest {
    private static final Pattern DELIVERY = Pattern.compile("cpu\\d(?:\\.(\\w+))? (nmi|nmi sent|irq|mc|ipi|stop)");

    /** CPU 0 does one thing; the site is a breakpoint for a while. */
    private static Protocol.Definition program(boolean stops) {
        return b -> {
            b.thread(0, r -> {
                r.textPoke("int3", b.sites().get(0), 0, (byte) 0xcc);
                if (stops) {
                    r.stopMachine("halt", () -> r.serialize("cpuid", Sync.CPUID), b.routine("others", other -> {}));
                } else {
                    r.sendNmi("send", Expr.of(1));
                    r.syncEachCpu("sync", Sync.IRET);
                }
                r.textPoke("back", b.sites().get(0), 0, (byte) 0x90);
            });
            b.thread(1, r -> {
                if (stops) {
                    r.preemptDisable("off");
                    r.syncEachCpu("sync", Sync.IRET);
                    r.preemptEnable("on");
                }
                r.execute("exec", b.sites().get(0));
            });
            b.breakpoint(r -> r.emulate("emulate", b.sites().get(0), 0, true));
        };
    }

    /** The names of all actions of both programs, with interrupts of two kinds at a time, and once with a third CPU. */
    private static final Set<String> NAMES = names(DeliveryTableTest::once);

    /** Without the comparison of mergings, which takes most of the time. */
    private static Outcomes once(Litmus machine, Protocol.Definition program) {
        return machine.run(program, Machine::new);
    }

    private static Set<String> names(BiFunction<Litmus, Protocol.Definition, Outcomes> run) {
        Litmus litmus = Litmus.sites("nop1->nop1").with(b -> b.fetch(FetchModel.COHERENT));
        Litmus nmis = litmus.with(b -> b.nmis(1).nmiWork(InterruptWork.SITE));
        List<Litmus> machines = List.of(
                nmis.with(b -> b.irqs(1)),
                nmis.with(b -> b.mcs(1)),
                litmus.with(b -> b.irqs(1).mcs(1)),
                litmus.with(b -> b.cpus(3)));
        Set<String> names = new TreeSet<>();
        for (Litmus machine : machines) {
            names.addAll(run.apply(machine, program(true)).names());
            names.addAll(run.apply(machine, program(false)).names());
        }
        return names;
    }

    @Tag("full")
    @Test
    void theyAreThoseOfProgramsThatAreTheSameHoweverStepsAreMerged() {
        assertEquals(NAMES, names(Litmus::run));
    }

    /** The same where each handler sets IF. */
    private static Set<String> namesWithInterruptsOn() {
        Protocol.Definition program = b -> {
            b.breakpoint(r -> r.irqEnable("sti"));
            b.nmi(r -> r.irqEnable("sti"));
            b.irq(r -> r.irqEnable("sti"));
            program(false).record(b);
        };
        Litmus litmus = Litmus.sites("nop1->nop1").with(b -> b.fetch(FetchModel.COHERENT));
        Set<String> names =
                new TreeSet<>(litmus.with(b -> b.irqs(2)).run(program).names());
        names.addAll(litmus.with(b -> b.cpus(3)).run(program).names());
        return names;
    }

    private static Set<String> contexts(String what) {
        return contexts(what, NAMES);
    }

    private static Set<String> contexts(String what, Set<String> names) {
        Set<String> found = new TreeSet<>();
        for (String name : names) {
            Matcher delivery = DELIVERY.matcher(name);
            if (delivery.matches() && delivery.group(2).equals(what)) {
                found.add(delivery.group(1) == null ? "thread" : delivery.group(1));
            }
        }
        return found;
    }

    private static Set<String> set(String words) {
        return Pattern.compile(" ").splitAsStream(words).collect(Collectors.toSet());
    }

    @Pins("cpu.maskable")
    @Test
    void anIrqIsDeliveredToAThreadOrToOneThatWaitsForOthersInStopMachine() {
        assertEquals(set("thread stop"), contexts("irq"));
    }

    @Pins("cpu.maskable")
    @Test
    void soIsAnIpi() {
        assertEquals(set("thread stop"), contexts("ipi"));
    }

    @Pins("cpu.maskable")
    @Test
    void handlersThatSetTheInterruptFlagTakeBoth() {
        Set<String> names = namesWithInterruptsOn();
        assertEquals(set("thread bp nmi"), contexts("irq", names), "an IRQ is in service until its IRET");
        assertEquals(set("thread bp nmi irq"), contexts("ipi", names));
    }

    @Pins("cpu.nmi")
    @Test
    void anNmiIsDeliveredToAllButAnNmi() {
        assertEquals(set("thread stop irq bp mc"), contexts("nmi"));
        assertEquals(set("thread irq bp mc"), contexts("nmi sent"));
    }

    @Pins("cpu.machine-check")
    @Test
    void aMachineCheckIsDeliveredToAllButAMachineCheck() {
        assertEquals(set("thread stop irq bp nmi"), contexts("mc"));
    }

    @Test
    void onlyAThreadIsStopped() {
        assertEquals(set("thread"), contexts("stop"));
    }
}
