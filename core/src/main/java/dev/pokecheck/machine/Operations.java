// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;

/** Executes the operations of routines. */
final class Operations {
    /** A routine that makes so many local steps in a row makes them for ever. */
    private static final int ENDLESS = 10_000;
    /** So many safe steps are merged into one action at most; the next is an action of its own then. */
    private static final int MAX_MERGED = 256;

    private final Hardware hw;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Evaluator evaluator;
    private final Stores stores;
    private final SiteExecution execution;
    private final Contexts contexts;
    private final GracePeriods grace;
    private final Reduction reduction;
    private final boolean reduce;
    private final Op[] ops;

    private final int[] mergedActions = new int[MAX_MERGED];
    private int merged;

    Operations(
            Hardware hw,
            Stores stores,
            SiteExecution execution,
            Contexts contexts,
            Reduction reduction,
            boolean reduce) {
        this.contexts = contexts;
        this.grace = new GracePeriods(hw);
        this.reduction = reduction;
        this.reduce = reduce;
        this.hw = hw;
        this.layout = hw.layout;
        this.cpu = hw.cpu;
        this.evaluator = hw.evaluator;
        this.stores = stores;
        this.execution = execution;
        this.ops = hw.ops;
    }

    /**
     * Runs what need not be told apart: the local operations of the CPU that has acted, and safe steps of every CPU, until none is
     * left.
     */
    void settleAll(long[] state, int acted) {
        merged = 0;
        settle(state, acted);
        grace.passThrough(state);
        if (reduce) {
            takeSafeSteps(state);
            grace.passThrough(state);
        }
    }

    private void takeSafeSteps(long[] state) {
        boolean again = true;
        while (again && hw.goesOn()) {
            again = false;
            for (int c = 0; c < layout.cpus; c++) {
                again |= takeSafeSteps(state, c);
            }
        }
    }

    /** Says that the last action has taken no step along. */
    void mergeNothing() {
        merged = 0;
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
        boolean taken = false;
        while (hw.goesOn() && merged < mergedActions.length) {
            int frame = cpu.topFrame(state, base);
            Op op = ops[cpu.pc.getInt(state, frame)];
            if (reduction.endsEmptyHandler(state, op, base, frame)) {
                contexts.iret(state, base);
                mergedActions[merged++] = ActionKind.IRET.action(c);
            } else if (op.local || cpu.place.isSet(state, frame) || !reduction.isSafe(state, op, c, base, frame)) {
                return taken;
            } else {
                execute(state, op, c, base, frame, 0);
                mergedActions[merged++] = ActionKind.STEP.action(c);
            }
            taken = true;
            settle(state, c);
        }
        return taken;
    }

    /** How many steps with a name of their own the last action has taken along. */
    int merged() {
        return merged;
    }

    /** Such a step, as the action that it would have been. */
    int mergedAction(int index) {
        return mergedActions[index];
    }

    /** Runs the local operations in front of a CPU; clears what is dead behind them. */
    private void settle(long[] state, int c) {
        int base = layout.cpuBase(c);
        int frame = cpu.topFrame(state, base);
        if (!hw.goesOn() || cpu.place.isSet(state, frame)) {
            return;
        }
        int pc = cpu.pc.getInt(state, frame);
        if (hw.scenario.mergeLocal()) {
            for (int n = 0; ops[pc].local && ops[pc].code != OpCode.END && hw.goesOn(); n++) {
                if (n == ENDLESS) {
                    hw.incident(Incident.ENDLESS);
                    return;
                }
                execute(state, ops[pc], c, base, frame, 0);
                pc = cpu.pc.getInt(state, frame);
            }
        }
        Op op = ops[pc];
        for (int i = 0; i < op.keep.length; i++) {
            state[frame + i] &= op.keep[i];
        }
        if (op.code == OpCode.END
                && cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                && cpu.stopState.getInt(state, base) == 1) {
            cpu.stopState.set(state, base, 2);
        }
    }

    void step(long[] state, int c, int base, int detail) {
        int frame = cpu.topFrame(state, base);
        Op op = ops[cpu.pc.getInt(state, frame)];
        if (op.code == OpCode.FOREIGN_INT3) {
            contexts.foreignInt3(state, base, frame);
        } else {
            execute(state, op, c, base, frame, detail);
        }
    }

    /** Executes one operation and moves the program counter. */
    private void execute(long[] state, Op op, int c, int base, int frame, int detail) {
        evaluator.context(state, c, base, frame);
        int next = cpu.pc.getInt(state, frame) + 1;
        switch (op.code) {
            case ASSIGN -> evaluator.assign(op.local0, evaluator.value(op.expr));
            case STORE -> stores.store(state, base, evaluator.cell(op.variable, op.index), evaluator.value(op.expr));
            case RMW -> stores.rmw(state, op);
            case COMPARE_EXCHANGE, AWAIT_EXCHANGE -> stores.exchange(state, op);
            case BRANCH_FALSE -> next = evaluator.value(op.expr) == 0 ? op.target : next;
            case JUMP -> {
                if (op.flag) {
                    hw.reach(Reached.WENT_BACK);
                }
                next = op.target;
            }
            case TEXT_POKE -> {
                if (!stores.textPoke(state, base, frame, op.number, detail)) {
                    next--;
                }
            }
            case SERIALIZE -> {
                if (hw.scenario.profile().serializes(op.sync)) {
                    hw.serialize(state, base);
                }
                if (op.sync == Sync.IRET && hw.hardwareNmi) {
                    cpu.nmiBlocked.set(state, base, 0);
                }
            }
            case SYNC_SEND -> {
                if (hw.scenario.profile().serializes(op.sync)) {
                    hw.serialize(state, base);
                }
                for (int other = 0; other < layout.cpus; other++) {
                    if (other != c) {
                        int o = layout.cpuBase(other);
                        cpu.syncRequests.set(state, o, cpu.syncRequests.get(state, o) | 1L << c);
                    }
                }
            }
            case SEND_NMI -> {
                int target = evaluator.value(op.expr);
                if (target < 0 || target >= layout.cpus) {
                    hw.incident(Incident.INDEX);
                } else {
                    cpu.nmiPending.set(state, layout.cpuBase(target), 1);
                }
            }
            case SET_IF -> cpu.interruptFlag.set(state, base, op.flag ? 1 : 0);
            case SET_PREEMPTION -> cpu.preemptOff.set(state, base, op.flag ? 0 : 1);
            case STOP_BEGIN -> {
                layout.stopPhase.set(state, 0, 1);
                layout.stopper.set(state, 0, c);
            }
            case STOP_RUN -> startStopped(state, c, base, op.number);
            case STOP_DONE -> {
                layout.stopPhase.set(state, 0, 3);
                cpu.interruptFlag.set(state, base, 1);
            }
            case STOP_RETURN -> {
                layout.stopPhase.set(state, 0, 0);
                layout.stopper.set(state, 0, 0);
            }
            case BUG_ON -> {
                hw.reach(Reached.ASSERTED);
                if (evaluator.value(op.expr) != 0) {
                    hw.incident(Incident.BUG_ON);
                }
            }
            case PATCH_MARK -> {
                layout.begun[op.number].set(state, 0, op.version);
                hw.event(Event.call(op.number, op.version, op.flag));
                if (op.flag) {
                    hw.progressed = true;
                    layout.returned[op.number].set(state, 0, op.version);
                }
            }
            case UNHANDLED -> {
                if (isForeign(state, base, frame)) {
                    next = op.target;
                } else {
                    hw.incident(Incident.UNHANDLED_INT3);
                }
            }
            case SET_SAVED_ADDRESS -> execution.setSavedAddress(state, base, evaluator.value(op.expr));
            case EMULATE -> execution.emulate(state, base, op, detail != 0);
            case OBJECT_LIFE -> layout.alive[op.number].set(state, 0, op.flag ? 1 : 0);
            case PATH_BEGIN -> cpu.path.set(state, frame, 0);
            // That the condition holds is known; that it could be asked for at all is not.
            case AWAIT -> evaluator.value(op.expr);
            case GRACE_BEGIN -> grace.begin(state, c, op.quiescence);
            case REST -> hw.progressed = true;
            case FENCE, SYNC_WAIT, GRACE_WAIT -> {
                // Only the condition to get here mattered.
            }
            case EXECUTE, FOREIGN_INT3, END, STOP_WAIT -> throw new IllegalStateException(op.code + " is no step");
        }
        hw.incidents |= evaluator.faults();
        cpu.pc.set(state, frame, next);
    }

    /** Whether a breakpoint handler was called for a breakpoint that is none of the sites'. */
    private boolean isForeign(long[] state, int base, int frame) {
        return cpu.kind.getInt(state, frame) == ContextKind.BP.ordinal()
                && contexts.atForeignInt3(state, cpu.frame(base, cpu.top.getInt(state, base) - 1));
    }

    /** All CPUs have arrived: IF=0 everywhere, and everybody's function begins. */
    private void startStopped(long[] state, int c, int base, int function) {
        layout.stopPhase.set(state, 0, 2);
        cpu.interruptFlag.set(state, base, 0);
        for (int other = 0; other < layout.cpus; other++) {
            if (other != c) {
                int o = layout.cpuBase(other);
                cpu.interruptFlag.set(state, o, 0);
                int frame = cpu.topFrame(state, o);
                cpu.pc.set(state, frame, function);
                settle(state, other);
            }
        }
    }
}
