// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.NmiModel;

/**
 * When an NMI is let in. The {@link NmiModel} chooses one of three rules.
 *
 * <p>Hardware (SDM vol. 3, "Handling Multiple NMIs"): delivery blocks further NMIs until the next IRET, by whichever handler, even an IRET that
 * faults. So the IRET of a breakpoint or a machine check inside the NMI handler ends the blocking early; and as the NMI has one stack (IST), a second
 * delivery then overwrites the saved frame of the first.
 *
 * <p>Latched (arch/x86/entry/entry_64.S, {@code asm_exc_nmi}): Linux's entry code notices the nesting and repeats the handler after the outer
 * one, so that NMIs are blocked until the outer handler returns.
 *
 * <p>FRED (SDM vol. 3, the chapter on FRED; arch/x86/include/asm/ptrace.h, {@code struct fred_ss}): an event return unblocks NMIs only if the frame
 * that it pops says that an NMI pushed it; so neither a breakpoint nor a machine check in the NMI handler does. An IRET that the handler executes to
 * synchronise is taken to unblock them still. Frames lie on stack levels, and an NMI that nests overwrites none.
 *
 * <p>In all of them an NMI that was sent while blocked is latched, and a second one merges with it: there is one bit.
 */
public final class NmiBlocking {
    private final CpuLayout cpu;
    private final NmiModel model;
    private final boolean latched;

    /** The rule of a model. */
    public NmiBlocking(CpuLayout cpu, NmiModel model) {
        this.cpu = cpu;
        this.model = model;
        latched = model == NmiModel.LATCHED;
    }

    /** Whether an NMI would be delivered now. */
    public boolean letsIn(long[] state, int base) {
        return latched ? !cpu.inNmi.isSet(state, base) : !cpu.nmiBlocked.isSet(state, base);
    }

    /**
     * Whether one may be delivered before the next step of a CPU's top context. Where it is the CPU that blocks it, an IRET in between may
     * unblock it.
     */
    public boolean mayLetIn(long[] state, int base) {
        return !latched || !cpu.inNmi.isSet(state, base);
    }

    /** Whether a delivery would overwrite the saved frame of an NMI handler that is under way. */
    public boolean overwritesFrame(long[] state, int base) {
        return model == NmiModel.HARDWARE && cpu.inNmi.isSet(state, base);
    }

    /** An NMI handler begins. */
    public void delivered(long[] state, int base) {
        cpu.inNmi.set(state, base, 1);
        cpu.nmiBlocked.set(state, base, latched ? 0 : 1);
    }

    /** An IRET has been executed to synchronise. */
    public void iret(long[] state, int base) {
        cpu.nmiBlocked.set(state, base, 0);
    }

    /** A handler has returned, and its context is gone. */
    public void handlerReturned(long[] state, int base, ContextKind kind) {
        if (kind == ContextKind.NMI) {
            cpu.inNmi.set(state, base, cpu.isOnStack(state, base, kind) ? 1 : 0);
        }
        if (kind == ContextKind.NMI || model == NmiModel.HARDWARE) {
            cpu.nmiBlocked.set(state, base, 0);
        }
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
