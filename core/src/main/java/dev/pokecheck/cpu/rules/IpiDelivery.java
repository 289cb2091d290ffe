// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import dev.pokecheck.cpu.IpiSend;

/**
 * When an IPI is taken. {@code sync*} ({@code on_each_cpu} with wait) is a request to every other CPU. A CPU takes all its requests at once, as one
 * IPI, when its {@link InterruptWindow} is open: with IF=1, in whatever context; no interrupt in service holds it off ({@link InterruptService}). As delivery
 * empties the store buffer ({@link EventDelivery}), it is taken when that is empty. The handler and its IRET are part of the delivery, so that an IPI inside an NMI handler unblocks NMIs. The sender waits until all have taken its own request. What it stored before is in
 * memory when it sends if there is a fence before, as in Linux, or if its profile says that sending drains.
 */
public final class IpiDelivery {
    private final CpuLayout cpu;
    private final CpuParts parts;
    private final InterruptWindow window;
    private final boolean passesStores;

    /**
     * The rule.
     *
     * @param send what sending without a fence does to earlier stores
     */
    public IpiDelivery(CpuLayout cpu, CpuParts parts, InterruptWindow window, IpiSend send) {
        this.cpu = cpu;
        this.parts = parts;
        this.window = window;
        passesStores = send == IpiSend.BARE;
    }

    /** Whether an IPI is pending and would be taken now. */
    public boolean letsIn(long[] state, int base) {
        return window.isOpen(state, base) && isAnswered(state, base);
    }

    /** Whether one is pending and would be taken if the window were open: by a CPU on its way down, with IF=0. */
    public boolean isAnswered(long[] state, int base) {
        return isPending(state, base) && cpu.buffer.size(state, base) == 0;
    }

    /** Whether one that is sent without a fence may pass the sender's earlier stores. */
    public boolean passesStores() {
        return passesStores;
    }

    /** A CPU asks all others that are online. */
    public void send(long[] state, int sender) {
        for (int other = 0; other < parts.cpus(); other++) {
            int base = parts.base(other);
            if (other != sender && !cpu.offline.isSet(state, base)) {
                cpu.syncRequests.set(state, base, cpu.syncRequests.get(state, base) | 1L << sender);
            }
        }
    }

    /** Whether another CPU has asked this one. */
    public boolean isPending(long[] state, int base) {
        return cpu.syncRequests.isSet(state, base);
    }

    /** A CPU has executed the instruction and returned. */
    public void take(long[] state, int base) {
        cpu.syncRequests.set(state, base, 0);
    }

    /** Whether a CPU has still to answer a sender. */
    public boolean isOwed(long[] state, int base, int sender) {
        return (cpu.syncRequests.get(state, base) >>> sender & 1) != 0;
    }
}
