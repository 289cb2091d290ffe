// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import java.util.Arrays;

/**
 * Keeps for each breakpoint handler under way whether anything that all CPUs share has changed since it began: what tells a handler that comes to itself for
 * ever from one that does something else the next time. Only where a handler may hit breakpoints.
 */
final class Changes {
    private final Layout layout;
    private final CpuLayout cpu;
    private final long[] before;

    Changes(Layout layout) {
        this.layout = layout;
        cpu = layout.cpu;
        before = new long[cpu.changed.bits() > 0 ? layout.sharedWords() : 0];
    }

    /** An action begins. */
    void before(long[] state) {
        System.arraycopy(state, 0, before, 0, before.length);
    }

    /** It is done. */
    void after(long[] state) {
        if (!Arrays.equals(before, 0, before.length, state, 0, before.length)) {
            mark(state);
        }
    }

    /** A part of the action is done and another begins: what the one changes the other may take back. */
    void next(long[] state) {
        if (before.length > 0) {
            after(state);
            before(state);
        }
    }

    private void mark(long[] state) {
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            for (int level = cpu.top.getInt(state, base); level > 0; level--) {
                int frame = cpu.frame(base, level);
                if (cpu.kind.getInt(state, frame) == ContextKind.BP.ordinal()) {
                    cpu.changed.set(state, frame, 1);
                }
            }
        }
    }

    /**
     * Whether a breakpoint that the top context has hit is the one that it handles itself, or that a handler below it handles with
     * nothing but breakpoint handlers in between, and nothing has changed since that one began.
     *
     * @param place where the breakpoint is; 0 for one that is in no site, which the present step has hit
     */
    boolean comesToItself(long[] state, int base, int place) {
        int pc = cpu.pc.getInt(state, cpu.topFrame(state, base));
        for (int level = cpu.top.getInt(state, base); level > 0; level--) {
            int frame = cpu.frame(base, level);
            if (cpu.kind.getInt(state, frame) != ContextKind.BP.ordinal()) {
                return false;
            }
            boolean same = cpu.trapped.getInt(state, frame) == place
                    && (place != 0 || cpu.pc.getInt(state, cpu.frame(base, level - 1)) == pc);
            if (same && !cpu.changed.isSet(state, frame)) {
                // What is in the buffer changes memory yet.
                return cpu.buffer.size(state, base) == 0;
            }
        }
        return false;
    }
}
