// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * When a CPU takes a maskable interrupt, an IRQ or an IPI: with IF=1, whatever its context is. The gates of all handlers clear IF (SDM vol. 3,
 * "Masking Maskable Hardware Interrupts"; Linux uses interrupt gates for all vectors of interest here), so that nothing comes to a handler before it
 * sets IF. #BP, NMI and #MC are no interrupts of the local APIC and hold nothing off by themselves. A worker of {@code stop_machine} has IF=1 until
 * all have arrived (kernel/stop_machine.c, {@code multi_cpu_stop}: interrupts go off in {@code MULTI_STOP_DISABLE_IRQ} only).
 *
 * <p>An STI that finds IF=0 holds maskable interrupts off until the instruction after it has executed (SDM vol. 2, STI). That is one instruction. A C
 * statement is any number of them, and between {@code local_irq_enable()} and the access of the next statement a compiler may put what it likes; so only
 * an STI that its author has put right before the next instruction has a shadow here. NMIs and machine checks come all the same, and the shadow does not
 * outlive them: it is no part of what is saved. MOV SS has no statement.
 */
public final class InterruptWindow {
    private final CpuLayout cpu;
    private final boolean shadows;

    /** The rule. */
    public InterruptWindow(CpuLayout cpu) {
        this.cpu = cpu;
        shadows = cpu.interruptShadow.bits() > 0;
    }

    /** Whether a maskable interrupt would be delivered now, if nothing of its class or above is in service. */
    public boolean isOpen(long[] state, int base) {
        return cpu.interruptFlag.isSet(state, base) && !cpu.interruptShadow.isSet(state, base);
    }

    /** Whether one may be delivered before the next step of a CPU's top context; an NMI in between may end a shadow. */
    public boolean mayOpen(long[] state, int base) {
        return cpu.interruptFlag.isSet(state, base);
    }

    /** STI executes. */
    public void sti(long[] state, int base) {
        if (!cpu.interruptFlag.isSet(state, base)) {
            cpu.interruptFlag.set(state, base, 1);
            cpu.interruptShadow.set(state, base, 1);
        }
    }

    /** An instruction of a CPU executes, or something is delivered to it. */
    public void endShadow(long[] state, int base) {
        if (shadows) {
            cpu.interruptShadow.set(state, base, 0);
        }
    }
}
