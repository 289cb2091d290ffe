// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.property.Incident;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Visibility;
import java.util.Arrays;

/**
 * Takes the steps of routines, and merges those whose interleaving no other CPU can observe. A step that ends the run is never merged: the CPU stands
 * before it, and others may go first.
 */
final class Operations {
    /** A routine that makes so many local steps in a row makes them for ever. */
    private static final int ENDLESS = 10_000;
    /** So many safe steps are merged into one action at most; the next is an action of its own then. */
    private static final int MAX_MERGED = 256;
    /** After so many safe steps of one CPU in a row its state is compared with earlier ones: it may go round in a loop. */
    private static final int LONG_ROW = 4;

    private final MachineTables tables;
    private final StepTable table;
    private final Layout layout;
    private final CpuLayout cpu;
    private final CpuRules rules;
    private final StepLog log;
    private final PackedHost host;
    private final Contexts contexts;
    private final FetchViews fetchViews;
    private final Stores stores;
    private final Reduction reduction;
    private final Changes changes;
    private final boolean reduce;
    private final Step[] steps;

    private final int[] mergedActions = new int[MAX_MERGED];
    /** The state before a merged step that may end the run. */
    private final long[] before;

    /** The state after some of the safe steps of one CPU in a row. */
    private final long[] round;
    /** The CPUs, as bits, that only go round in such a loop now. */
    private int spinning;

    private int merged;
    /** Whether the present action is a step that would be merged, had it not failed or been one of too many. */
    private boolean ownLocalStep;

    Operations(Hardware hw, Reduction reduction, boolean reduce) {
        this.reduction = reduction;
        this.reduce = reduce;
        tables = hw.tables;
        log = hw.log;
        host = hw.host;
        contexts = hw.contexts;
        fetchViews = hw.fetchViews;
        stores = hw.stores;
        changes = hw.changes;
        table = tables.steps;
        steps = table.steps;
        layout = tables.layout;
        cpu = tables.cpu;
        rules = tables.rules;
        before = new long[layout.words()];
        round = new long[layout.words()];
    }

    /**
     * Runs the steps whose interleaving no other CPU can observe: the local steps of the CPU that has acted, and safe steps of every
     * CPU, until none is left.
     */
    void settleAll(long[] state, int acted) {
        settle(state, acted);
        release(state);
        if (reduce) {
            takeSafeSteps(state);
            release(state);
        }
    }

    /** Lets those see it who wait for CPUs to be quiescent, or to have run a function. */
    private void release(long[] state) {
        rules.grace.passThrough(state);
        rules.calls.acknowledge(state);
    }

    private void takeSafeSteps(long[] state) {
        boolean again = true;
        spinning = 0;
        while (again && log.canContinue()) {
            again = false;
            for (int c = 0; c < layout.cpus; c++) {
                again |= (spinning >> c & 1) == 0 && takeSafeSteps(state, c);
            }
        }
    }

    /** Whether steps are merged, and pieces kept together, because no other CPU could tell. */
    boolean reduces() {
        return reduce;
    }

    /** An action begins; it has taken no step along. */
    void begin() {
        merged = 0;
        ownLocalStep = false;
    }

    /** The same for all CPUs at the start. */
    void settleFirst(long[] state) {
        for (int c = 0; c < layout.cpus; c++) {
            settle(state, c);
        }
        settleAll(state, 0);
    }

    private boolean takeSafeSteps(long[] state, int c) {
        int base = layout.cpuBase(c);
        int taken = 0;
        reduction.forget();
        if (rules.hotplug.isOffline(state, base) || rules.delivery.isUnderWay(state, base)) {
            return false;
        }
        while (log.canContinue() && merged < mergedActions.length) {
            int frame = cpu.topFrame(state, base);
            int pc = cpu.pc.getInt(state, frame);
            if (!table.mayBeSafe[pc] || cpu.place.isSet(state, frame) || rules.suspension.holds(state, base)) {
                return taken > 0;
            }
            changes.next(state);
            if (reduction.endsEmptyHandler(state, pc, base, frame)) {
                contexts.iret(state, base);
                reduction.forget();
                mergedActions[merged++] = ActionKind.IRET.action(c);
            } else if (reduction.isSafe(state, pc, c, base, frame) && merge(state, pc, c, base, frame)) {
                mergedActions[merged++] = ActionKind.STEP.action(c);
            } else {
                return taken > 0;
            }
            taken++;
            settle(state, c);
            if (comesRound(state, taken)) {
                spinning |= 1 << c;
                return true;
            }
        }
        return taken > 0;
    }

    /** Whether the state is one that was there before in this row of safe steps. A row is compared with its states after 4, 8, 16 … steps (R. Brent, 1980). */
    private boolean comesRound(long[] state, int taken) {
        if (taken < LONG_ROW) {
            return false;
        }
        if (Integer.bitCount(taken) > 1) {
            return Arrays.equals(state, 0, round.length, round, 0, round.length);
        }
        System.arraycopy(state, 0, round, 0, round.length);
        return false;
    }

    /** How many steps with a name of their own the last action has taken along. */
    int merged() {
        return merged;
    }

    /** Such a step, as the action that it would have been. */
    int mergedAction(int index) {
        return mergedActions[index];
    }

    /** Runs the local steps in front of a CPU, then clears the dead local variables of its top context. */
    private void settle(long[] state, int c) {
        int base = layout.cpuBase(c);
        int frame = cpu.topFrame(state, base);
        if (!log.canContinue() || cpu.place.isSet(state, frame)) {
            return;
        }
        int pc = cpu.pc.getInt(state, frame);
        if (tables.scenario.mergeLocal()) {
            int n = 0;
            while (table.merges[pc] && n < ENDLESS && merge(state, pc, c, base, frame)) {
                pc = cpu.pc.getInt(state, frame);
                n++;
            }
            if (n == ENDLESS) {
                pc = nextRest(state, c, base, frame);
                if (!table.rest[pc] && ownLocalStep) {
                    log.incident(Incident.ENDLESS);
                    return;
                }
            }
        }
        long[] keep = table.keep[pc];
        for (int i = 0; i < keep.length; i++) {
            state[frame + i] &= keep[i];
        }
        if (table.end[pc]) {
            endFunction(state, base, frame);
        }
    }

    /** Runs the local steps of a routine that makes them for ever up to one at which it owes nothing, if one is among them: a thread that idles stands there. */
    private int nextRest(long[] state, int c, int base, int frame) {
        int pc = cpu.pc.getInt(state, frame);
        for (int n = 0; n < ENDLESS && !table.rest[pc] && table.merges[pc] && merge(state, pc, c, base, frame); n++) {
            pc = cpu.pc.getInt(state, frame);
        }
        return pc;
    }

    /** What a context has run for another CPU is done when it stands at the end of it. */
    private void endFunction(long[] state, int base, int frame) {
        int kind = cpu.kind.getInt(state, frame);
        if (kind == ContextKind.STOPPER.ordinal()) {
            rules.rendezvous.finish(state, base);
        } else if (kind == ContextKind.IPI.ordinal()) {
            rules.calls.end(state, base, frame);
        }
    }

    /** Takes the next step of a CPU's top context, in one of its ways; of a text store with the pieces that keep to this one. */
    void step(long[] state, int c, int base, int way) {
        int frame = cpu.topFrame(state, base);
        int pc = cpu.pc.getInt(state, frame);
        int store = table.textStore[pc];
        ownLocalStep = table.merges[pc];
        boolean pieces = reduce && store >= 0 && !tables.tso;
        long along = pieces ? tables.pieces.groups(store).along(cpu.storedPieces.get(state, frame), way) : 0;
        execute(state, pc, c, base, frame, way);
        for (; along != 0; along &= along - 1) {
            int piece = Long.numberOfTrailingZeros(along);
            execute(state, pc, c, base, frame, piece);
            mergedActions[merged++] = ActionKind.STEP.action(c, piece);
        }
    }

    /** The oldest buffered store of a CPU reaches memory, or a piece of it and those that keep to it. */
    void drain(long[] state, int c, int base, int way) {
        long along = reduce ? stores.keepingTo(state, base, way) : 0;
        stores.drain(state, base, way);
        for (; along != 0; along &= along - 1) {
            int piece = Long.numberOfTrailingZeros(along);
            stores.drain(state, base, piece);
            mergedActions[merged++] = ActionKind.DRAIN.action(c, piece);
        }
        rules.delivery.drained(state, base);
    }

    /** Ends the routine of a CPU's top context. */
    void end(long[] state, int c, int base) {
        int frame = cpu.topFrame(state, base);
        host.look(state, c, base, frame);
        steps[cpu.pc.getInt(state, frame)].run(host);
    }

    /**
     * Takes a step along with the present action, in the only way that it has. One that ends the run is taken back, to be an action of its own.
     *
     * @return whether it was taken
     */
    private boolean merge(long[] state, int pc, int c, int base, int frame) {
        if (table.evaluates[pc]) {
            return evaluate(state, pc, c, base, frame);
        }
        // A step of its own context, or one that only loads, leaves all but the part of its CPU alone.
        boolean own = table.merges[pc] || table.visibility[pc] == Visibility.READS;
        int from = own ? base : 0;
        int length = own ? cpu.words() : before.length;
        System.arraycopy(state, from, before, 0, length);
        execute(state, pc, c, base, frame, 0);
        if (log.canContinue()) {
            return true;
        }
        System.arraycopy(before, 0, state, from, length);
        return takenBack();
    }

    private boolean takenBack() {
        log.takeBackFatal();
        return false;
    }

    /** The same for a step that does nothing but {@linkplain StepTable#evaluates evaluate}: one that ends the run has changed nothing. */
    private boolean evaluate(long[] state, int pc, int c, int base, int frame) {
        host.beginEvaluation(state, c, base, frame, pc);
        steps[pc].run(host);
        log.incidents(host.faults());
        if (!log.canContinue()) {
            return takenBack();
        }
        cpu.pc.set(state, frame, table.through[host.next()]);
        return true;
    }

    /** Takes one step that does not end its context, and moves the program counter. */
    private void execute(long[] state, int pc, int c, int base, int frame, int way) {
        host.begin(state, c, base, frame, pc, way);
        steps[pc].run(host);
        if (!table.isQuiet[pc]) {
            reduction.forget();
        }
        log.incidents(host.faults());
        if (table.loads[pc]) {
            fetchViews.refresh(state, base);
        }
        // A step that ends the run is the last of its context: what follows, such as the end of the thread, is not
        // reached.
        if (log.canContinue()) {
            cpu.pc.set(state, frame, table.through[host.next()]);
        }
        if (host.startedOthers()) {
            for (int other = 0; other < layout.cpus; other++) {
                if (other != c) {
                    settle(state, other);
                }
            }
        }
    }
}
