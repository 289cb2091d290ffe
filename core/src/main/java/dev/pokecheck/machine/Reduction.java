// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import java.util.Arrays;

/**
 * Finds steps that need not be interleaved with anything: a partial-order reduction with persistent sets of one step (P. Godefroid,
 * "Partial-Order Methods for the Verification of Concurrent Systems", 1996).
 *
 * <p>The next step of a CPU is <em>safe</em> if no property sees it, nothing that any other context can do before it depends on it,
 * and it depends on nothing of that: a load of a variable that no other context can write before it, a store to a variable that no
 * other context can access before it, a wait that is over and cannot begin again. What others can still do is what the code from the
 * present place of each of their contexts on can do ({@link Accesses}), their handlers if interrupts may still come, and their store buffers; the
 * interrupts that may come to this CPU before the step count as others.
 *
 * <p>A safe step is taken at once, as part of the action before it. So every state that a search keeps is expanded in full, and no
 * cycle can put off the others for ever.
 */
final class Reduction {
    private final MachineTables tables;
    private final StepTable steps;
    private final Layout layout;
    private final CpuLayout cpu;
    private final CpuRules rules;
    private final Accesses accesses;
    private final Enabling enabling;
    private final boolean nmiIsEmpty;
    private final boolean irqIsEmpty;
    private final boolean machineChecks;
    private final boolean stops;

    /** Whether the two below are what they are for the CPU in question now. */
    private boolean surveyed;
    /** The variables, as bits, that anything but the top context of that CPU may read before its next step. */
    private long othersRead;
    /** The same for writes; and those of which others have stores in their buffers. */
    private long othersWrite;

    Reduction(MachineTables tables, Enabling enabling, Accesses accesses) {
        this.tables = tables;
        this.enabling = enabling;
        this.accesses = accesses;
        steps = tables.steps;
        layout = tables.layout;
        cpu = tables.cpu;
        rules = tables.rules;
        // Who asks which CPUs are in handlers sees those that do nothing, too.
        boolean unseen = !tables.graph.asksForHandlers();
        nmiIsEmpty = unseen && tables.graph.isEmpty(steps.nmiStart);
        irqIsEmpty = unseen && tables.graph.isEmpty(steps.irqStart);
        machineChecks = tables.scenario.mcs() > 0;
        stops = Arrays.stream(accesses.stopReads).anyMatch(bits -> bits != 0)
                || Arrays.stream(accesses.stopWrites).anyMatch(bits -> bits != 0);
    }

    /** Says that what others may do is no longer what it was, or that the next questions are about another CPU. */
    void forget() {
        surveyed = false;
    }

    /** Whether the next step of a CPU, at which its top context stands, can be taken and is safe. */
    boolean isSafe(long[] state, int pc, int c, int base, int frame) {
        return switch (steps.visibility[pc]) {
            case WAITS -> canStep(state, pc, c, base, frame);
            case READS -> canStep(state, pc, c, base, frame) && !othersMayAccess(state, c, frame, 0, accesses.own[pc]);
            case UPDATES ->
                canStep(state, pc, c, base, frame)
                        && !othersMayAccess(state, c, frame, accesses.own[pc], accesses.own[pc]);
            case STORES ->
                tables.tso
                        ? canBufferUnseen(state, c, base, frame)
                        : !othersMayAccess(state, c, frame, accesses.own[pc], accesses.own[pc]);
            case STORES_TEXT -> tables.tso && canBufferUnseen(state, c, base, frame);
            case SEEN -> false;
        };
    }

    private boolean canStep(long[] state, int pc, int c, int base, int frame) {
        return steps.isQuiet[pc] || enabling.canStep(state, steps.steps[pc], c, base, frame);
    }

    /**
     * Whether the next step of a CPU is the IRET of an NMI or IRQ handler that has nothing to do. Delivery depends on nothing that
     * others do, and while the CPU is in the handler it does nothing; so delivery can as well come right before the IRET, and the
     * two be one. Not with machine checks, which could land in between and ask whether they are in an NMI.
     */
    boolean endsEmptyHandler(long[] state, int pc, int base, int frame) {
        return steps.end[pc]
                && !machineChecks
                && tables.mayIret(state, base)
                && switch (ContextKind.of(cpu.kind.getInt(state, frame))) {
                    case NMI -> nmiIsEmpty;
                    case IRQ -> irqIsEmpty;
                    default -> false;
                };
    }

    /**
     * Whether anything but the top context of a CPU may, before its next step, read or write certain variables.
     *
     * @param reads the variables, as bits, whose reads count
     * @param writes the variables whose writes count
     */
    private boolean othersMayAccess(long[] state, int c, int frame, long reads, long writes) {
        if (!surveyed) {
            survey(state, c, frame);
            surveyed = true;
        }
        return (othersRead & reads) != 0
                || (othersWrite & writes) != 0
                || (stops && ownStopsMayAccess(state, c, reads, writes));
    }

    private void survey(long[] state, int c, int frame) {
        othersRead = 0;
        othersWrite = 0;
        int kind = cpu.kind.getInt(state, frame);
        for (int other = 0; other < layout.cpus; other++) {
            int base = layout.cpuBase(other);
            addInterrupts(state, base, other == c ? kind : -1);
            addCalls(state, base);
            if (other != c) {
                addContexts(state, base);
                addBuffer(state, base);
            }
        }
    }

    private void add(int pc) {
        othersRead |= accesses.reads[pc];
        othersWrite |= accesses.writes[pc];
    }

    private void addContexts(long[] state, int base) {
        for (int level = cpu.top.getInt(state, base); level >= 0; level--) {
            int pc = cpu.pc.getInt(state, cpu.frame(base, level));
            add(pc);
            othersRead |= accesses.stopReads[pc];
            othersWrite |= accesses.stopWrites[pc];
        }
    }

    /** Functions that IPIs have asked a CPU for, and which it has not begun. */
    private void addCalls(long[] state, int base) {
        long callers = rules.calls.queued(state, base);
        for (int level = cpu.top.getInt(state, base); level > 0; level--) {
            callers |= rules.calls.left(state, cpu.frame(base, level));
        }
        for (; callers != 0; callers &= callers - 1) {
            add(rules.calls.function(state, Long.numberOfTrailingZeros(callers)));
        }
    }

    private void addBuffer(long[] state, int base) {
        for (int i = cpu.buffer.size(state, base) - 1; i >= 0; i--) {
            int target = cpu.buffer.target(state, base, i);
            if (target < tables.memory.cells()) {
                othersWrite |= Accesses.bit(tables.memory.variableOf(target).id());
            }
        }
    }

    /**
     * Adds the handlers of interrupts that may still come to a CPU.
     *
     * @param kind the kind of the context whose step is in question, if it is this CPU's: what cannot come before that step does not
     *     count; -1 for another CPU
     */
    private void addInterrupts(long[] state, int base, int kind) {
        if (nmiMayCome(state, base, kind)) {
            add(steps.nmiStart);
        }
        if (mcMayCome(state, base, kind)) {
            add(steps.mcStart);
        }
        if (irqMayCome(state, base, kind)) {
            add(steps.irqStart);
        }
    }

    /** A function that stop_machine may yet start has no context before it runs, so that it counts for the CPU that starts it, too. */
    private boolean ownStopsMayAccess(long[] state, int c, long reads, long writes) {
        int base = layout.cpuBase(c);
        for (int level = cpu.top.getInt(state, base); level >= 0; level--) {
            int pc = cpu.pc.getInt(state, cpu.frame(base, level));
            if ((accesses.stopReads[pc] & reads) != 0 || (accesses.stopWrites[pc] & writes) != 0) {
                return true;
            }
        }
        return false;
    }

    /** With IF=0 an IRQ may yet come before the step: to an NMI or machine check handler that sets IF. */
    private boolean irqMayCome(long[] state, int base, int kind) {
        return cpu.irqBudget.isSet(state, base)
                && (kind < 0
                        || rules.window.mayOpen(state, base)
                        || (steps.handlersEnable && (nmiMayCome(state, base, kind) || mcMayCome(state, base, kind))));
    }

    private boolean nmiMayCome(long[] state, int base, int kind) {
        return (cpu.nmiBudget.isSet(state, base) || rules.nmi.isPending(state, base) || steps.sendsNmi)
                && (kind < 0 || rules.nmi.mayLetIn(state, base));
    }

    private boolean mcMayCome(long[] state, int base, int kind) {
        return cpu.mcBudget.isSet(state, base) && (kind < 0 || rules.machineCheck.letsIn(state, base));
    }

    /**
     * Whether a store can go to the buffer without any other context noticing: only what may be delivered to this CPU before the store could
     * tell, as its delivery empties the buffer.
     */
    private boolean canBufferUnseen(long[] state, int c, int base, int frame) {
        int kind = cpu.kind.getInt(state, frame);
        if (cpu.buffer.isFull(state, base) || nmiMayCome(state, base, kind) || mcMayCome(state, base, kind)) {
            return false;
        }
        return !rules.window.mayOpen(state, base)
                || !(cpu.irqBudget.isSet(state, base)
                        || rules.ipis.isPending(state, base)
                        || rules.calls.queued(state, base) != 0
                        || othersMayInterrupt(state, c));
    }

    private boolean othersMayInterrupt(long[] state, int c) {
        for (int other = 0; other < layout.cpus; other++) {
            int base = layout.cpuBase(other);
            for (int level = cpu.top.getInt(state, base); other != c && level >= 0; level--) {
                if (accesses.interrupts[cpu.pc.getInt(state, cpu.frame(base, level))]) {
                    return true;
                }
            }
        }
        return false;
    }
}
