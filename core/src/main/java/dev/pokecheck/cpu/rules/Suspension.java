// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;

/**
 * Suspended threads, as a debugger ({@code ptrace}, {@code SuspendThread}) or a runtime that moves its own threads has them: an IPI makes the CPU switch
 * to something else when its thread is next on top, takes interrupts and may be taken off the CPU. The thread then does nothing until it is resumed;
 * interrupts come to the CPU as before. Neither switch serializes or drains the store buffer: nobody promises it.
 */
public final class Suspension {
    private static final int ASKED = 1;
    private static final int SUSPENDED = 2;

    private final CpuLayout cpu;
    private final InterruptWindow window;
    private final boolean used;

    /** The rule. */
    public Suspension(CpuLayout cpu, InterruptWindow window) {
        this.cpu = cpu;
        this.window = window;
        used = cpu.suspension.bits() > 0;
    }

    /** Whether threads can be suspended at all. */
    public boolean isUsed() {
        return used;
    }

    /** Whether nobody has suspended a CPU's thread, or asked for it. */
    public boolean isFree(long[] state, int base) {
        return !cpu.suspension.isSet(state, base);
    }

    /** Somebody asks for a CPU's thread. */
    public void ask(long[] state, int base) {
        cpu.suspension.set(state, base, ASKED);
    }

    /** Whether it would be suspended now. */
    public boolean letsIn(long[] state, int base) {
        return used
                && cpu.suspension.get(state, base) == ASKED
                && isThread(state, base)
                && window.isOpen(state, base)
                && !cpu.preemptOff.isSet(state, base);
    }

    /** It is suspended. */
    public void suspend(long[] state, int base) {
        cpu.suspension.set(state, base, SUSPENDED);
    }

    /** Whether it is. */
    public boolean isSuspended(long[] state, int base) {
        return cpu.suspension.get(state, base) == SUSPENDED;
    }

    /** Whether what is on top of a CPU is a suspended thread, which does nothing. */
    public boolean holds(long[] state, int base) {
        return used && isSuspended(state, base) && isThread(state, base);
    }

    /** It goes on. */
    public void resume(long[] state, int base) {
        cpu.suspension.set(state, base, 0);
    }

    private boolean isThread(long[] state, int base) {
        return cpu.kind.get(state, cpu.topFrame(state, base)) == ContextKind.THREAD.ordinal();
    }
}
