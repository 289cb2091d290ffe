// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * CPUs that are offline (Linux 6.18, kernel/cpu.c and kernel/smp.c). One goes offline out of its thread, when it has answered all that it was asked and nobody
 * stops the machine: {@code _cpu_down} holds {@code cpus_write_lock}, {@code stop_machine} takes {@code cpus_read_lock}. In the kernel the last part runs on the CPU that
 * goes, in a {@code stop_machine} of its own ({@code takedown_cpu}, {@code take_cpu_down}), with interrupts off everywhere. So a CPU that has IF=0, or preemption off, when it
 * comes to its statement is in that part: it takes there what it was asked, as {@code smpcfd_dying_cpu} runs the functions that are still queued, after the CPU has
 * left the online mask, and no other {@code stop_machine} waits for it any more. It then executes nothing and takes nothing: IPIs go to the CPUs that are online ({@code
 * generic_exec_single} refuses others, {@code smp_call_function_many_cond} leaves them out), {@code exc_nmi} returns at once from an NMI, before any handler, and who waits for all CPUs
 * does not wait for it. One that another CPU brings online begins as after a reset, with nothing in its caches.
 *
 * <p>Not modelled: that {@code take_cpu_down} waits until all other CPUs let themselves be stopped, so that one of them that never does is no deadlock here; nor
 * that the others stand still meanwhile, so that they may do more here than there.
 */
public final class Hotplug {
    private final CpuLayout cpu;
    private final boolean used;

    /** The rule. */
    public Hotplug(CpuLayout cpu) {
        this.cpu = cpu;
        used = cpu.offline.bits() > 0;
    }

    /** Whether a CPU is offline. */
    public boolean isOffline(long[] state, int base) {
        return used && cpu.offline.isSet(state, base);
    }

    /** A CPU goes offline. */
    public void leave(long[] state, int base) {
        cpu.offline.set(state, base, 1);
    }

    /** It comes back. */
    public void enter(long[] state, int base) {
        cpu.offline.set(state, base, 0);
    }
}
