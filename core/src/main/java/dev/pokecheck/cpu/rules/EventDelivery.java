// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * What the delivery of an interrupt, an NMI or an exception does to the store buffer: it empties it before the first instruction of the handler (SDM vol.
 * 3, "Store Buffer": it is drained "when an exception or interrupt is generated"; APM vol. 2, 7.5.1, "Write Buffering", says the same of interrupts and
 * exceptions). Both vendors promise it, so that no profile differs. It serializes nothing: what the CPU fetches may be as old as before.
 *
 * <p>A breakpoint has then been fetched, and an interrupt taken, before the last of the stores is in memory; until it is, the CPU takes no step, and what else is
 * delivered to it lies on top. A CPU that takes a handler's work without being interrupted waits for nothing: a thread that {@code stop_machine} takes over, or that
 * is suspended, as neither switch need be made by an interrupt.
 */
public final class EventDelivery {
    private final CpuLayout cpu;
    private final boolean buffers;

    /** The rule. */
    public EventDelivery(CpuLayout cpu) {
        this.cpu = cpu;
        buffers = cpu.delivering.bits() > 0;
    }

    /** Something is delivered to a CPU. */
    public void begin(long[] state, int base) {
        if (buffers && cpu.buffer.size(state, base) != 0) {
            cpu.delivering.set(state, base, 1);
        }
    }

    /** Whether a delivery to a CPU is not complete, so that the CPU takes no step. */
    public boolean isUnderWay(long[] state, int base) {
        return buffers && cpu.delivering.isSet(state, base);
    }

    /** A store of a CPU, or a piece of one, has reached memory. */
    public void drained(long[] state, int base) {
        if (buffers && cpu.buffer.size(state, base) == 0) {
            cpu.delivering.set(state, base, 0);
        }
    }
}
