// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;

/**
 * IPIs whose handlers run a function: {@code smp_call_function_many_cond} and {@code __flush_smp_call_function_queue} of kernel/smp.c. A call puts a
 * request into the queue of each other CPU. A CPU takes all that is queued as one IPI when its {@link InterruptWindow} is open, and runs the functions
 * one after the other, in any order here, with IF=0; the return is an IRET. Whoever calls finds its own earlier request taken first
 * ({@code csd_lock}). The request of a caller that does not wait is given back when the function begins, that of one that waits when it has ended
 * ({@code csd_unlock}, a store-release: counted once the store buffer is empty), which is before the IRET. An NMI may come in between.
 */
public final class FunctionCalls {
    private final CpuLayout cpu;
    private final CpuParts parts;
    private final InterruptWindow window;
    private final int[] functions;
    private final boolean[] waits;
    private final boolean used;

    /**
     * The rule.
     *
     * @param functions for each statement that calls, the first step of its function
     * @param waits for each of them, whether the caller waits
     */
    public FunctionCalls(CpuLayout cpu, CpuParts parts, InterruptWindow window, int[] functions, boolean[] waits) {
        this.cpu = cpu;
        this.parts = parts;
        this.window = window;
        this.functions = functions.clone();
        this.waits = waits.clone();
        used = functions.length > 0;
    }

    /** A CPU calls others by a statement: of those that are meant, as bits, all that are online. */
    public void call(long[] state, int caller, int statement, int targets) {
        cpu.calling.set(state, parts.base(caller), statement);
        for (int other = 0; other < parts.cpus(); other++) {
            int base = parts.base(other);
            if (other != caller && (targets >>> other & 1) != 0 && !cpu.offline.isSet(state, base)) {
                cpu.callsQueued.set(state, base, cpu.callsQueued.get(state, base) | 1L << caller);
                cpu.callsOwed.set(state, base, cpu.callsOwed.get(state, base) | 1L << caller);
            }
        }
    }

    /** Whether a CPU has still to give a caller its request back. */
    public boolean isOwed(long[] state, int base, int caller) {
        return (cpu.callsOwed.get(state, base) >>> caller & 1) != 0;
    }

    /** The callers whose requests a CPU has not taken, as bits. */
    public long queued(long[] state, int base) {
        return cpu.callsQueued.get(state, base);
    }

    /** The same if the CPU would take them now, else none. */
    public long delivered(long[] state, int base) {
        return used && window.isOpen(state, base) ? queued(state, base) : 0;
    }

    /** The callers whose functions the handler in a frame has taken and not begun, as bits. */
    public long left(long[] state, int frame) {
        return cpu.callsTaken.get(state, frame);
    }

    /** The first step of the function that a caller asks for. */
    public int function(long[] state, int caller) {
        return functions[cpu.calling.getInt(state, parts.base(caller))];
    }

    /** A new handler takes all that is queued. */
    public void take(long[] state, int base, int frame) {
        cpu.callsTaken.set(state, frame, cpu.callsQueued.get(state, base));
        cpu.callsQueued.set(state, base, 0);
    }

    /** It begins one of the functions that are left; returns its first step. */
    public int begin(long[] state, int base, int frame, int caller) {
        cpu.callsTaken.set(state, frame, cpu.callsTaken.get(state, frame) & ~(1L << caller));
        if (waits[cpu.calling.getInt(state, parts.base(caller))]) {
            cpu.callOf.set(state, frame, caller + 1L);
        } else {
            giveBack(state, base, 1L << caller);
        }
        return function(state, caller);
    }

    /** The function of a handler has ended, if it had not before. */
    public void end(long[] state, int base, int frame) {
        int caller = cpu.callOf.getInt(state, frame) - 1;
        if (caller >= 0) {
            cpu.callOf.set(state, frame, 0);
            cpu.callsEnded.set(state, base, cpu.callsEnded.get(state, base) | 1L << caller);
        }
    }

    /** Lets the callers see what has ended, on each CPU whose stores are in memory. */
    public void acknowledge(long[] state) {
        for (int c = 0; used && c < parts.cpus(); c++) {
            int base = parts.base(c);
            if (cpu.callsEnded.isSet(state, base) && cpu.buffer.size(state, base) == 0) {
                giveBack(state, base, cpu.callsEnded.get(state, base));
                cpu.callsEnded.set(state, base, 0);
            }
        }
    }

    private void giveBack(long[] state, int base, long callers) {
        cpu.callsOwed.set(state, base, cpu.callsOwed.get(state, base) & ~callers);
    }
}
