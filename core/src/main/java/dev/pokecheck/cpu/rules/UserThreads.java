// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import java.util.Collection;

/**
 * User threads, which execute text of their process, as one with a uprobe does. The handler of a breakpoint that such a thread hits is a part of the thread:
 * it runs with the thread's IF (arch/x86/kernel/traps.c, {@code do_int3_user}), can be taken off the CPU, and may sleep. What it hits in the kernel, or what an
 * interrupt hits, is handled as anywhere else.
 */
public final class UserThreads {
    private final CpuLayout cpu;
    private final CpuParts parts;
    private final long users;

    /** The rule for the CPUs whose threads are user threads. */
    public UserThreads(CpuLayout cpu, CpuParts parts, Collection<Integer> users) {
        this.cpu = cpu;
        this.parts = parts;
        long set = 0;
        for (int user : users) {
            set |= 1L << user;
        }
        this.users = set;
    }

    /** Whether the thread of a CPU is one. */
    public boolean isUser(int base) {
        return users != 0 && (users >>> parts.numberAt(base) & 1) != 0;
    }

    /** Whether the thread of a CPU is in the handler of a breakpoint of its own. */
    public boolean isInHandler(long[] state, int base) {
        return isUser(base)
                && cpu.top.isSet(state, base)
                && cpu.kind.get(state, cpu.frame(base, 1)) == ContextKind.BP.ordinal();
    }

    /** Whether that handler is on top. */
    public boolean handles(long[] state, int base) {
        return isInHandler(state, base) && cpu.top.get(state, base) == 1;
    }

    /** A breakpoint handler has been called: a thread's own has the thread's IF. */
    public void called(long[] state, int base) {
        if (handles(state, base)) {
            cpu.interruptFlag.set(state, base, cpu.savedInterruptFlag.get(state, cpu.frame(base, 0)));
        }
    }
}
