// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;

/** Delivers interrupts, NMIs and exceptions, and lets CPUs into stop_machine and out of it. */
final class Contexts {
    /** The first byte of the first site. */
    private static final int BEHIND_FOREIGN_INT3 = 1;

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

    /** INT3 that belongs to somebody else, right in front of the first site. */
    void foreignInt3(long[] state, int base, int frame) {
        if (!hw.program.handlesBreakpoints) {
            foreignHandled(state, frame);
        } else if (deliver(state, base, ContextKind.BP, hw.program.breakpointStart)) {
            cpu.place.set(state, frame, BEHIND_FOREIGN_INT3);
        }
    }

    /** Whether a context has hit a breakpoint that is none of the sites'. */
    boolean atForeignInt3(long[] state, int frame) {
        return cpu.place.isSet(state, frame) && hw.ops[cpu.pc.getInt(state, frame)].code == OpCode.FOREIGN_INT3;
    }

    /** The owner has handled it, or the protocol's handler has returned: the context goes on behind it, or has been led astray. */
    void afterForeignInt3(long[] state, int frame) {
        if (cpu.place.getInt(state, frame) != BEHIND_FOREIGN_INT3 || cpu.returnTo.isSet(state, frame)) {
            hw.incident(Incident.WRONG_TARGET);
            return;
        }
        foreignHandled(state, frame);
    }

    private void foreignHandled(long[] state, int frame) {
        cpu.place.set(state, frame, 0);
        cpu.pc.set(state, frame, cpu.pc.get(state, frame) + 1);
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
