// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.step.Owing;

/** The part of {@link PackedHost} by which a CPU waits for others, disturbs them, or keeps them from disturbing it. */
abstract class CpuHost extends ValueHost {
    private final CpuRules rules;
    private final StepLog log;
    private final FetchViews fetchViews;
    private final SentOn sentOn;
    private boolean startedOthers;

    CpuHost(Hardware hw) {
        super(hw);
        log = hw.log;
        rules = hw.tables.rules;
        fetchViews = hw.fetchViews;
        sentOn = new SentOn(hw);
    }

    /** A step begins. */
    final void startsNone() {
        startedOthers = false;
    }

    /** Whether the step has set other CPUs to the beginning of a routine. */
    final boolean startedOthers() {
        return startedOthers;
    }

    @Override
    public final void callOthers(int statement, int targets) {
        rules.calls.call(state, c, statement, targets);
    }

    @Override
    public final void saveInterruptFlag() {
        cpu.keptInterruptFlag.set(state, frame, cpu.interruptFlag.get(state, base));
        setInterruptFlag(false);
    }

    @Override
    public final void restoreInterruptFlag() {
        cpu.interruptFlag.set(state, base, cpu.keptInterruptFlag.get(state, frame));
        cpu.keptInterruptFlag.set(state, frame, 0);
    }

    @Override
    public final boolean othersOweNothing(Owing owing) {
        for (int other = 0; other < layout.cpus; other++) {
            if (other != c && owes(owing, layout.cpuBase(other))) {
                return false;
            }
        }
        return true;
    }

    /** Whether a CPU, whose part begins at a word, owes this one something. */
    public final boolean owes(Owing owing, int other) {
        if (rules.hotplug.isOffline(state, other)) {
            return false;
        }
        return switch (owing) {
            case SYNC -> rules.ipis.isOwed(state, other, c);
            case CALL -> rules.calls.isOwed(state, other, c);
            case QUIESCENCE -> rules.grace.isOwed(state, other, c);
            case ARRIVAL -> rules.rendezvous.hasToArrive(state, other);
            case FUNCTION -> rules.rendezvous.hasToFinish(state, other);
            case DEPARTURE -> rules.rendezvous.hasToLeave(state, other);
        };
    }

    @Override
    public final void beginGrace(Quiescence quiescence) {
        rules.grace.begin(state, c, quiescence);
    }

    @Override
    public final void sendNmi(int target) {
        if (!exists(target)) {
            log.incident(Incident.INDEX);
        } else if (!rules.hotplug.isOffline(state, layout.cpuBase(target))) {
            rules.nmi.send(state, layout.cpuBase(target));
        }
    }

    @Override
    public final void setInterruptFlag(boolean enabled) {
        cpu.interruptFlag.set(state, base, enabled ? 1 : 0);
    }

    @Override
    public final void sti() {
        rules.window.sti(state, base);
    }

    @Override
    public final void endOfInterrupt() {
        rules.service.end(state, base);
    }

    @Override
    public final void setPreemption(boolean enabled) {
        cpu.preemptOff.set(state, base, enabled ? 0 : 1);
    }

    // ---- stop_machine

    @Override
    public final boolean nobodyStops() {
        return !rules.rendezvous.isActive(state);
    }

    @Override
    public final boolean beginStop() {
        rules.rendezvous.begin(state, c);
        return true;
    }

    @Override
    public final void runStopped(int function) {
        rules.rendezvous.run(state, c, function);
        startedOthers = true;
    }

    @Override
    public final void letGo() {
        rules.rendezvous.letGo(state, base);
    }

    @Override
    public final void endStop() {
        rules.rendezvous.end(state);
    }

    // ---- threads of other CPUs

    private boolean exists(int target) {
        return target >= 0 && target < layout.cpus;
    }

    @Override
    public final boolean maySuspend(int target) {
        return !exists(target) || rules.suspension.isFree(state, layout.cpuBase(target));
    }

    @Override
    public final void suspend(int target) {
        if (exists(target)) {
            rules.suspension.ask(state, layout.cpuBase(target));
        } else {
            log.incident(Incident.INDEX);
        }
    }

    @Override
    public final boolean isSuspended(int target) {
        return exists(target) && rules.suspension.isSuspended(state, layout.cpuBase(target));
    }

    /** Whether a thread is suspended; to speak of the context of one that is not is a fault. */
    private boolean holds(int target) {
        boolean suspended = isSuspended(target);
        if (!suspended) {
            log.incident(exists(target) ? Incident.BUG_ON : Incident.INDEX);
        }
        return suspended;
    }

    @Override
    public final int contextOf(int target) {
        return holds(target) ? sentOn.address(state, layout.cpuBase(target)) : 0;
    }

    @Override
    public final void setContext(int target, int place) {
        if (holds(target)) {
            sentOn.at(state, layout.cpuBase(target), place);
            startedOthers = true;
        }
    }

    @Override
    public final void resume(int target) {
        if (holds(target)) {
            rules.suspension.resume(state, layout.cpuBase(target));
        }
    }

    // ---- CPUs that are offline

    @Override
    public final boolean mayGoOffline() {
        return (nobodyStops() || rules.rendezvous.passesBy(state, base)) && rules.isUndisturbed(state, base);
    }

    @Override
    public final void goOffline() {
        if (cpu.top.isSet(state, base)) {
            log.incident(Incident.BUG_ON);
        } else {
            rules.hotplug.leave(state, base);
        }
    }

    @Override
    public final boolean mayBringOnline(int target) {
        return !exists(target) || rules.hotplug.isOffline(state, layout.cpuBase(target));
    }

    @Override
    public final void bringOnline(int target) {
        if (exists(target)) {
            rules.hotplug.enter(state, layout.cpuBase(target));
            fetchViews.refresh(state, layout.cpuBase(target));
        } else {
            log.incident(Incident.INDEX);
        }
    }
}
