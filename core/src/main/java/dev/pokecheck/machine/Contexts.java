// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;

/** Delivers interrupts, NMIs and exceptions, and lets CPUs into stop_machine and out of it. */
final class Contexts {
    private final Hardware hw;
    private final CpuLayout cpu;

    Contexts(Hardware hw) {
        this.hw = hw;
        this.cpu = hw.cpu;
    }

    /** Pushes a context; returns whether there was room for it. */
    boolean deliver(long[] state, int base, ContextKind kind, int start) {
        if (cpu.top.getInt(state, base) + 1 == cpu.depth()) {
            hw.incident(Incident.RECURSION);
            return false;
        }
        cpu.push(state, base, kind, start);
        return true;
    }

    void deliverNmi(long[] state, int base) {
        hw.reachDuringPatch(state, Reached.NMI_DURING_PATCH);
        if (cpu.inNmi.isSet(state, base)) {
            hw.incident(Incident.NMI_OVERWROTE_FRAME);
            return;
        }
        if (deliver(state, base, ContextKind.NMI, hw.program.nmiStart)) {
            cpu.inNmi.set(state, base, 1);
            cpu.nmiBlocked.set(state, base, hw.hardwareNmi ? 1 : 0);
        }
    }

    void deliverIrq(long[] state, int base) {
        hw.reachDuringPatch(state, Reached.IRQ_DURING_PATCH);
        deliver(state, base, ContextKind.IRQ, hw.program.irqStart);
    }

    void deliverMc(long[] state, int base) {
        hw.reachDuringPatch(state, Reached.MC_DURING_PATCH);
        if (deliver(state, base, ContextKind.MC, hw.program.mcStart)) {
            cpu.inMc.set(state, base, 1);
        }
    }

    /** The IPI of sync*: delivery, the instruction, the return. */
    void deliverIpi(long[] state, int base) {
        if (hw.ipiSerializes) {
            hw.serialize(state, base);
        }
        cpu.nmiBlocked.set(state, base, 0);
        cpu.syncRequests.set(state, base, 0);
    }

    /** The thread is taken over; it still takes interrupts until all have arrived. */
    void stop(long[] state, int base) {
        if (deliver(state, base, ContextKind.STOPPER, hw.program.stopWait)) {
            cpu.interruptFlag.set(state, base, 1);
            cpu.stopState.set(state, base, 1);
        }
    }

    void leave(long[] state, int base) {
        cpu.pop(state, base);
        cpu.stopState.set(state, base, 0);
    }

    /** Returns from a handler; the place of the breakpoint that it handled, 0 if it was none. */
    int iret(long[] state, int base) {
        int frame = cpu.topFrame(state, base);
        ContextKind kind = ContextKind.of(cpu.kind.getInt(state, frame));
        int trapped = cpu.trapped.getInt(state, frame);
        cpu.pop(state, base);
        if (hw.iretSerializes) {
            hw.serialize(state, base);
        }
        cpu.nmiBlocked.set(state, base, 0);
        if (kind == ContextKind.NMI) {
            cpu.inNmi.set(state, base, 0);
        } else if (kind == ContextKind.MC) {
            cpu.inMc.set(state, base, 0);
        }
        return trapped;
    }
}
