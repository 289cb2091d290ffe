// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * What an interrupt in service holds off: the local APIC dispenses no interrupt whose priority class, the upper half of its vector, is not above that
 * of the one in service (SDM vol. 3, "Interrupt, Task, and Processor Priority" and "Interrupt Acceptance for Fixed Interrupts"). All IRQs are of one
 * class, the vectors of devices and the timer being below 0xf0, and IPIs of a higher one (arch/x86/include/asm/irq_vectors.h: {@code
 * CALL_FUNCTION_VECTOR} 0xfc). So an IRQ holds off the next from delivery to its end of interrupt; a handler without one is taken to send it last,
 * with its IRET. An IPI is not held off, and holds nothing off: Linux's handlers of IPIs begin with {@code apic_eoi} (arch/x86/kernel/smp.c, {@code
 * sysvec_call_function}). An end of interrupt with nothing in service does nothing. The task priority holds off no vector of interest here
 * (arch/x86/kernel/apic/apic.c, {@code setup_local_APIC}).
 */
public final class InterruptService {
    private final CpuLayout cpu;
    private final boolean used;

    /** The rule. Where nobody can set IF in a handler, IF=0 holds off whatever this would, and there is no bit. */
    public InterruptService(CpuLayout cpu) {
        this.cpu = cpu;
        used = cpu.irqInService.bits() > 0;
    }

    /** Whether an IRQ would be dispensed now. */
    public boolean letsIn(long[] state, int base) {
        return !cpu.irqInService.isSet(state, base);
    }

    /** An IRQ is delivered. */
    public void delivered(long[] state, int base) {
        cpu.irqInService.set(state, base, used ? 1 : 0);
    }

    /** The end of interrupt is sent: by a statement, or with the IRET of an IRQ. */
    public void end(long[] state, int base) {
        cpu.irqInService.set(state, base, 0);
    }
}
