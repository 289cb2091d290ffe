// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;

/**
 * When a CPU takes a maskable interrupt, an IRQ or an IPI: with IF=1, in a thread, or in the worker of {@code stop_machine} while it waits for
 * the others to arrive (kernel/stop_machine.c, {@code multi_cpu_stop}: interrupts go off in {@code MULTI_STOP_DISABLE_IRQ} only). Never inside
 * an NMI, a machine check or a breakpoint handler: their gates clear IF (SDM vol. 3, 6.8.1; Linux uses interrupt gates for all vectors of
 * interest here), and what a handler sets again is not modelled.
 */
public final class InterruptWindow {
    private final CpuLayout cpu;
    private final Rendezvous rendezvous;

    /** The rule. */
    public InterruptWindow(CpuLayout cpu, Rendezvous rendezvous) {
        this.cpu = cpu;
        this.rendezvous = rendezvous;
    }

    /** Whether a maskable interrupt would be delivered now, on top of a context of some kind. */
    public boolean isOpen(long[] state, int base, int kind) {
        return cpu.interruptFlag.isSet(state, base)
                && (kind == ContextKind.THREAD.ordinal()
                        || (kind == ContextKind.STOPPER.ordinal() && rendezvous.isGathering(state)));
    }

    /** Whether one may be delivered before the next step of a context of some kind; the worker may yet have to wait. */
    public boolean mayOpen(long[] state, int base, int kind) {
        return cpu.interruptFlag.isSet(state, base)
                && (kind == ContextKind.THREAD.ordinal() || kind == ContextKind.STOPPER.ordinal());
    }
}
