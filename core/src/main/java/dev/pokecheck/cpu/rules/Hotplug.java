// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * CPUs that are offline (kernel/cpu.c). One goes offline out of its thread, when it has answered all that it was asked ({@code
 * flush_smp_call_function_queue} on its way down) and nobody stops the machine ({@code cpus_read_lock}). In the kernel {@code stop_machine} itself runs the last
 * part of that on the CPU that goes ({@code take_cpu_down}), with interrupts off; so one that has IF=0, or preemption off, when it comes to its statement is in that part: it takes
 * there what it was asked, as {@code smpcfd_dying_cpu} runs what is queued, and no {@code stop_machine} waits for it any more. It then executes nothing and takes nothing:
 * IPIs go to the CPUs that are online, an NMI is lost, and who waits for all CPUs does not wait for it. One that another CPU brings online begins as after a
 * reset, with nothing in its caches.
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
