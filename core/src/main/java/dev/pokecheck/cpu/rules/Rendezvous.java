// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import dev.pokecheck.data.Field;

/**
 * {@code stop_machine} (kernel/stop_machine.c, {@code multi_cpu_stop}): the threads of the other CPUs are taken over at any instruction boundary, unless
 * preemption is off; until all have arrived they take interrupts; then all have IF=0 and run their functions; none leaves before all are
 * through; the caller returns when all have left, with the IF that it had. To call it, to arrive and to finish a function are locked operations, which wait for the
 * store buffer. Nothing of it serializes.
 */
public final class Rendezvous {
    /** How far a {@code stop_machine} is. The order is part of packed states. */
    public enum Phase {
        /** There is none. */
        NONE,
        /** It waits for the CPUs to arrive. */
        GATHERING,
        /** The functions run. */
        RUNNING,
        /** The CPUs leave. */
        LEAVING
    }

    /** The part of a CPU in it. The order is part of packed states. */
    public enum Part {
        /** No part in it. */
        NONE,
        /** Arrived. */
        ARRIVED,
        /** Its function is done. */
        DONE
    }

    private static final Part[] PARTS = Part.values();

    private final CpuLayout cpu;
    private final CpuParts parts;
    private final Field phase;
    private final Field stopper;
    private final Field callersFlag;

    /**
     * The rule.
     *
     * @param phase where the phase is kept
     * @param stopper where the number of the CPU that called it is kept
     * @param callersFlag where the IF of that CPU is kept while it is 0
     */
    public Rendezvous(CpuLayout cpu, CpuParts parts, Field phase, Field stopper, Field callersFlag) {
        this.cpu = cpu;
        this.parts = parts;
        this.phase = phase;
        this.stopper = stopper;
        this.callersFlag = callersFlag;
    }

    /** The part of a CPU. */
    public Part part(long[] state, int base) {
        return PARTS[cpu.stopState.getInt(state, base)];
    }

    /** The CPU that called it. */
    public int stopper(long[] state) {
        return stopper.getInt(state, 0);
    }

    /** Whether there is one. */
    public boolean isActive(long[] state) {
        return phase.isSet(state, 0);
    }

    /** Whether it waits for CPUs to arrive. */
    public boolean isGathering(long[] state) {
        return phase.get(state, 0) == Phase.GATHERING.ordinal();
    }

    /** Whether CPUs may leave. */
    public boolean isLeaving(long[] state) {
        return phase.get(state, 0) == Phase.LEAVING.ordinal();
    }

    /** Whether the thread of a CPU may be taken over now, if it is on top and takes interrupts. */
    public boolean mayTakeOver(long[] state, int c, int base) {
        return isGathering(state) && stopper.get(state, 0) != c && !cpu.preemptOff.isSet(state, base);
    }

    /**
     * Whether a CPU that goes offline may do so all the same: it has not been taken over, and cannot be. It is on its way down already (kernel/cpu.c: {@code
     * take_cpu_down}), and the two exclude each other: a {@code stop_machine} sleeps in {@code cpus_read_lock} until {@code _cpu_down} gives {@code cpus_write_lock} back. Here the
     * others may have been taken over before that, which adds runs and takes none away.
     */
    public boolean passesBy(long[] state, int base) {
        return isGathering(state) && (!cpu.interruptFlag.isSet(state, base) || cpu.preemptOff.isSet(state, base));
    }

    /** A CPU calls it. */
    public void begin(long[] state, int c) {
        phase.set(state, 0, Phase.GATHERING.ordinal());
        stopper.set(state, 0, c);
    }

    /** The worker of a CPU has taken over: it takes interrupts until all have arrived. */
    public void arrive(long[] state, int base) {
        cpu.interruptFlag.set(state, base, 1);
        cpu.stopState.set(state, base, Part.ARRIVED.ordinal());
    }

    /** All have arrived: IF=0 everywhere, and each of the others stands at the first step of its function. */
    public void run(long[] state, int c, int function) {
        phase.set(state, 0, Phase.RUNNING.ordinal());
        callersFlag.set(state, 0, cpu.interruptFlag.get(state, parts.base(c)));
        cpu.interruptFlag.set(state, parts.base(c), 0);
        for (int other = 0; other < parts.cpus(); other++) {
            int base = parts.base(other);
            if (other != c && !cpu.offline.isSet(state, base)) {
                cpu.interruptFlag.set(state, base, 0);
                cpu.pc.set(state, cpu.topFrame(state, base), function);
            }
        }
    }

    /** The function of a CPU whose worker stands at the end of it is done, if it was not before. */
    public void finish(long[] state, int base) {
        if (cpu.stopState.getInt(state, base) == Part.ARRIVED.ordinal()) {
            cpu.stopState.set(state, base, Part.DONE.ordinal());
        }
    }

    /** All functions are done: the CPUs may leave, and the caller has its IF back. */
    public void letGo(long[] state, int base) {
        phase.set(state, 0, Phase.LEAVING.ordinal());
        cpu.interruptFlag.set(state, base, callersFlag.get(state, 0));
        callersFlag.set(state, 0, 0);
    }

    /** A CPU has left. */
    public void leave(long[] state, int base) {
        cpu.stopState.set(state, base, Part.NONE.ordinal());
    }

    /** All have left. */
    public void end(long[] state) {
        phase.set(state, 0, Phase.NONE.ordinal());
        stopper.set(state, 0, 0);
    }

    /** Whether a CPU has still to arrive: to be in its worker, with nothing in its store buffer. */
    public boolean hasToArrive(long[] state, int base) {
        return cpu.kind.get(state, cpu.topFrame(state, base)) != ContextKind.STOPPER.ordinal() || buffers(state, base);
    }

    /** Whether a CPU has still to finish its function, with nothing in its store buffer. */
    public boolean hasToFinish(long[] state, int base) {
        return cpu.stopState.get(state, base) != Part.DONE.ordinal() || buffers(state, base);
    }

    /** Whether a CPU has still to leave. */
    public boolean hasToLeave(long[] state, int base) {
        return cpu.stopState.get(state, base) != Part.NONE.ordinal();
    }

    private boolean buffers(long[] state, int base) {
        return cpu.buffer.size(state, base) != 0;
    }
}
