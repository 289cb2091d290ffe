// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.NmiModel;

/**
 * When an NMI is let in. The {@link NmiModel} chooses one of two rules.
 *
 * <p>Hardware (SDM vol. 3, 6.7.1): delivery blocks further NMIs until the next IRET, by whichever handler. So the IRET of a breakpoint or a
 * machine check inside the NMI handler ends the blocking early; and as the NMI has one stack (IST), a second delivery then overwrites the saved
 * frame of the first.
 *
 * <p>Latched (arch/x86/entry/entry_64.S, {@code asm_exc_nmi}): Linux's entry code notices the nesting and repeats the handler after the outer
 * one, so that NMIs are blocked until the outer handler returns.
 *
 * <p>In both an NMI that was sent while blocked is latched, and a second one merges with it: there is one bit.
 */
public final class NmiBlocking {
    private final CpuLayout cpu;
    private final boolean hardware;

    /** The rule of a model. */
    public NmiBlocking(CpuLayout cpu, NmiModel model) {
        this.cpu = cpu;
        hardware = model == NmiModel.HARDWARE;
    }

    /** Whether an NMI would be delivered now. */
    public boolean letsIn(long[] state, int base) {
        return hardware ? !cpu.nmiBlocked.isSet(state, base) : !cpu.inNmi.isSet(state, base);
    }

    /** Whether one may be delivered before the next step of a CPU's top context. On hardware an IRET in between may unblock it. */
    public boolean mayLetIn(long[] state, int base) {
        return hardware || !cpu.inNmi.isSet(state, base);
    }

    /** Whether a delivery would overwrite the saved frame of an NMI handler that is under way. */
    public boolean overwritesFrame(long[] state, int base) {
        return cpu.inNmi.isSet(state, base);
    }

    /** An NMI handler begins. */
    public void delivered(long[] state, int base) {
        cpu.inNmi.set(state, base, 1);
        cpu.nmiBlocked.set(state, base, hardware ? 1 : 0);
    }

    /** An IRET has been executed, by whichever handler, or to synchronise. */
    public void iret(long[] state, int base) {
        cpu.nmiBlocked.set(state, base, 0);
    }

    /** The NMI handler has returned. */
    public void handlerReturned(long[] state, int base) {
        cpu.inNmi.set(state, base, 0);
    }

    /** An NMI is sent to a CPU. */
    public void send(long[] state, int base) {
        cpu.nmiPending.set(state, base, 1);
    }

    /** Whether one was sent and is not delivered. */
    public boolean isPending(long[] state, int base) {
        return cpu.nmiPending.isSet(state, base);
    }

    /** The one that was sent is delivered. */
    public void take(long[] state, int base) {
        cpu.nmiPending.set(state, base, 0);
    }
}
