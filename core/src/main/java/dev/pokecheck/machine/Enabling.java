// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.text.Fetched;

/** Which actions are enabled in a state. */
class Enabling {
    private final Hardware hw;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Places places;

    Enabling(Hardware hw) {
        this.hw = hw;
        this.layout = hw.layout;
        this.cpu = hw.cpu;
        this.places = hw.places;
    }

    void enabled(long[] state, ActionList actions) {
        actions.clear();
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            enabledDrains(state, actions, c, base);
            int frame = cpu.topFrame(state, base);
            enabledSteps(state, actions, c, base, frame);
            enabledInterrupts(state, actions, c, base, frame);
        }
    }

    private void enabledDrains(long[] state, ActionList actions, int c, int base) {
        if (!hw.tso || cpu.buffer.size(state, base) == 0) {
            return;
        }
        int target = cpu.buffer.target(state, base, 0);
        if (target < hw.memory.cells()) {
            actions.add(ActionKind.DRAIN.action(c));
        } else {
            addPieces(actions, ActionKind.DRAIN, c, target - hw.memory.cells(), cpu.drainedPieces.getInt(state, base));
        }
    }

    private void addPieces(ActionList actions, ActionKind kind, int c, int store, int done) {
        for (int p = 0; p < hw.pieces.count(store); p++) {
            if ((done >>> p & 1) == 0) {
                actions.add(kind.action(c, p));
            }
        }
    }

    private void enabledSteps(long[] state, ActionList actions, int c, int base, int frame) {
        int place = cpu.place.getInt(state, frame);
        if (place >= places.firstFunction()) {
            int function = place - places.firstFunction();
            if (!hw.functions.hasEffect(function)) {
                actions.add(ActionKind.RETURN.action(c));
            } else if (canTakeEffect(state, base)) {
                actions.add(ActionKind.CALLEE.action(c));
            }
            return;
        }
        if (place != 0) {
            addFetches(state, actions, c, base, places.siteAt(place), places.offset(place));
            return;
        }
        Op op = hw.ops[cpu.pc.getInt(state, frame)];
        switch (op.code) {
            case EMULATE -> {
                actions.add(ActionKind.STEP.action(c));
                if (hw.sites[op.number].emulated(op.version).kind().isConditional()) {
                    actions.add(ActionKind.STEP.action(c, 1));
                }
            }
            case EXECUTE -> addFetches(state, actions, c, base, op.number, 0);
            case END -> {
                if (ContextKind.of(cpu.kind.getInt(state, frame)).returnsByIret()) {
                    if (canStep(state, op, c, base, frame)) {
                        actions.add(ActionKind.IRET.action(c));
                    }
                } else if (cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                        && canStep(state, op, c, base, frame)) {
                    actions.add(ActionKind.LEAVE.action(c));
                }
            }
            case TEXT_POKE -> {
                if (!hw.tso) {
                    addPieces(actions, ActionKind.STEP, c, op.number, cpu.storedPieces.getInt(state, frame));
                } else if (canStep(state, op, c, base, frame)) {
                    actions.add(ActionKind.STEP.action(c));
                }
            }
            default -> {
                if (canStep(state, op, c, base, frame)) {
                    actions.add(ActionKind.STEP.action(c));
                } else {
                    hw.reach(Reached.WAITED);
                }
            }
        }
    }

    private void addFetches(long[] state, ActionList actions, int c, int base, int site, int offset) {
        if (offset == hw.sites[site].length()) {
            // A breakpoint handler has gone astray to the end of the site; that was a violation, and nothing follows.
            return;
        }
        int[] fetches = hw.views[site].fetches(cpu.views[site].getInt(state, base), offset);
        for (int id : fetches) {
            if (waitsForRoom(state, base, site, hw.views[site].fetched(id))) {
                continue;
            }
            actions.add(ActionKind.FETCH.action(c, id << 1));
            if (hw.views[site].fetched(id).insn().kind().isConditional()) {
                actions.add(ActionKind.FETCH.action(c, id << 1 | 1));
            }
        }
    }

    /** An inlined operation that stores executes once there is room for its store. */
    private boolean waitsForRoom(long[] state, int base, int site, Fetched fetched) {
        return fetched.versions() != 0
                && fetched.insn().kind() == Kind.INLINE
                && hw.functions.inlineHasEffect(hw.sites[site])
                && !canTakeEffect(state, base);
    }

    /** Whether what the code of a site, inlined or called, does to shared data can be done now. */
    boolean canTakeEffect(long[] state, int base) {
        return roomToStore(state, base);
    }

    /** Whether an operation that is no fetch can execute now; at the end of a handler, whether it can return. */
    boolean canStep(long[] state, Op op, int c, int base, int frame) {
        return switch (op.code) {
            case STORE, TEXT_POKE -> roomToStore(state, base);
            case RMW, COMPARE_EXCHANGE, FENCE, SEND_NMI, GRACE_BEGIN -> hw.drained(state, base);
            case SERIALIZE ->
                hw.drained(state, base) || !(hw.scenario.profile().serializes(op.sync) || op.sync.drainsStores());
            case AWAIT -> {
                hw.evaluator.context(state, c, base, frame);
                yield hw.evaluator.value(op.expr) != 0 || hw.evaluator.faults() != 0;
            }
            case AWAIT_EXCHANGE -> hw.drained(state, base) && exchangeWouldSucceed(state, op, c, base, frame);
            case SYNC_SEND -> hw.drained(state, base);
            case SYNC_WAIT -> noOther(state, c, CpuCondition.WAITS_FOR_SYNC);
            case GRACE_WAIT -> noOther(state, c, CpuCondition.OWES_QUIESCENCE);
            case STOP_BEGIN -> hw.drained(state, base) && layout.stopPhase.get(state, 0) == 0;
            case STOP_RUN -> hw.drained(state, base) && noOther(state, c, CpuCondition.NOT_ARRIVED);
            case STOP_DONE -> hw.drained(state, base) && noOther(state, c, CpuCondition.FUNCTION_RUNS);
            case STOP_RETURN -> noOther(state, c, CpuCondition.NOT_LEFT);
            case STOP_WAIT -> false;
            case END ->
                cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                        ? layout.stopPhase.get(state, 0) == 3
                        : hw.drained(state, base) || !hw.iretSerializes;
            default -> true;
        };
    }

    private boolean exchangeWouldSucceed(long[] state, Op op, int c, int base, int frame) {
        hw.evaluator.context(state, c, base, frame);
        int cell = hw.evaluator.cell(op.variable, op.index);
        return cell < 0 || hw.evaluator.faults() != 0 || hw.memory.read(state, cell) == hw.evaluator.value(op.expr);
    }

    /** What one CPU may be waiting for another to leave behind. */
    private enum CpuCondition {
        WAITS_FOR_SYNC,
        OWES_QUIESCENCE,
        NOT_ARRIVED,
        FUNCTION_RUNS,
        NOT_LEFT
    }

    private boolean noOther(long[] state, int c, CpuCondition condition) {
        for (int other = 0; other < layout.cpus; other++) {
            if (other != c && holds(state, condition, c, layout.cpuBase(other))) {
                return false;
            }
        }
        return true;
    }

    private boolean holds(long[] state, CpuCondition condition, int c, int other) {
        return switch (condition) {
            case WAITS_FOR_SYNC -> (cpu.syncRequests.get(state, other) >>> c & 1) != 0;
            case OWES_QUIESCENCE ->
                ((cpu.handlersOwed.get(state, other) | cpu.sitesOwed.get(state, other)) >>> c & 1) != 0;
            case NOT_ARRIVED ->
                cpu.kind.get(state, cpu.topFrame(state, other)) != ContextKind.STOPPER.ordinal()
                        || !hw.drained(state, other);
            case FUNCTION_RUNS -> cpu.stopState.get(state, other) != 2 || !hw.drained(state, other);
            case NOT_LEFT -> cpu.stopState.get(state, other) != 0;
        };
    }

    /** Whether {@code other} is one of the CPUs that CPU {@code c} waits for at an operation of sync* or stop_machine. */
    boolean blocks(long[] state, Op op, int c, int other) {
        int base = layout.cpuBase(other);
        return switch (op.code) {
            case SYNC_WAIT -> holds(state, CpuCondition.WAITS_FOR_SYNC, c, base);
            case GRACE_WAIT -> holds(state, CpuCondition.OWES_QUIESCENCE, c, base);
            case STOP_RUN -> holds(state, CpuCondition.NOT_ARRIVED, c, base);
            case STOP_DONE -> holds(state, CpuCondition.FUNCTION_RUNS, c, base);
            case STOP_RETURN -> holds(state, CpuCondition.NOT_LEFT, c, base);
            default -> false;
        };
    }

    private boolean roomToStore(long[] state, int base) {
        if (hw.tso && cpu.buffer.isFull(state, base)) {
            hw.reach(Reached.FULL_BUFFER);
            return false;
        }
        return true;
    }

    private void enabledInterrupts(long[] state, ActionList actions, int c, int base, int frame) {
        if (hw.hardwareNmi ? !cpu.nmiBlocked.isSet(state, base) : !cpu.inNmi.isSet(state, base)) {
            if (cpu.nmiBudget.isSet(state, base)) {
                actions.add(ActionKind.NMI.action(c));
            }
            if (cpu.nmiPending.isSet(state, base)) {
                actions.add(ActionKind.NMI_SENT.action(c));
            }
        }
        if (cpu.mcBudget.isSet(state, base) && !cpu.inMc.isSet(state, base)) {
            actions.add(ActionKind.MC.action(c));
        }
        int kind = cpu.kind.getInt(state, frame);
        boolean thread = kind == ContextKind.THREAD.ordinal();
        boolean waitsForStop = kind == ContextKind.STOPPER.ordinal() && layout.stopPhase.get(state, 0) == 1;
        if (!cpu.interruptFlag.isSet(state, base) || !(thread || waitsForStop)) {
            return;
        }
        if (cpu.syncRequests.isSet(state, base) && (hw.drained(state, base) || !hw.ipiDrains)) {
            actions.add(ActionKind.IPI.action(c));
        }
        if (cpu.irqBudget.isSet(state, base)) {
            actions.add(ActionKind.IRQ.action(c));
        }
        if (thread
                && layout.stopPhase.get(state, 0) == 1
                && layout.stopper.get(state, 0) != c
                && !cpu.preemptOff.isSet(state, base)) {
            actions.add(ActionKind.STOP.action(c));
        }
    }
}
