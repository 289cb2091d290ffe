// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.text.TableFullException;

/** Delivers interrupts, NMIs and exceptions, and lets CPUs into stop_machine and out of it. */
final class Contexts {
    /** The first byte of the first site. */
    private static final int BEHIND_FOREIGN_INT3 = 1;

    private final MachineTables tables;
    private final StepTable steps;
    private final CpuLayout cpu;
    private final CpuRules rules;
    private final StepLog log;
    private final FetchViews fetchViews;
    private final Changes changes;

    Contexts(MachineTables tables, StepLog log, FetchViews fetchViews, Changes changes) {
        this.changes = changes;
        this.tables = tables;
        this.log = log;
        this.fetchViews = fetchViews;
        steps = tables.steps;
        cpu = tables.cpu;
        rules = tables.rules;
    }

    /** Delivers an interrupt or exception: its context lies on top, and runs when the store buffer is empty. */
    private void deliver(long[] state, int base, ContextKind kind, int start) {
        push(state, base, kind, start);
        rules.delivery.begin(state, base);
    }

    /** Pushes a context. A stack without room for it is a bound of the scenario. */
    private void push(long[] state, int base, ContextKind kind, int start) {
        if (cpu.top.getInt(state, base) + 1 == cpu.depth()) {
            throw TableFullException.stack(tables.layout.cpuAt(base), cpu.depth());
        }
        rules.window.endShadow(state, base);
        cpu.push(state, base, kind, start);
    }

    /**
     * Calls the breakpoint handler, unless it has come to the breakpoint that it handles.
     *
     * @param place where the breakpoint is; 0 for one that is in no site
     * @return whether it was called
     */
    boolean breakpoint(long[] state, int base, int place) {
        if (changes.comesToItself(state, base, place)) {
            log.incident(Incident.RECURSION);
            return false;
        }
        deliver(state, base, ContextKind.BP, steps.breakpointStart);
        cpu.trapped.set(state, cpu.topFrame(state, base), place);
        rules.users.called(state, base);
        return true;
    }

    void spontaneousNmi(long[] state, int base) {
        spend(state, base, cpu.nmiBudget);
        deliverNmi(state, base);
    }

    void sentNmi(long[] state, int base) {
        rules.nmi.take(state, base);
        deliverNmi(state, base);
    }

    private static void spend(long[] state, int base, Field budget) {
        budget.set(state, base, budget.get(state, base) - 1);
    }

    private void deliverNmi(long[] state, int base) {
        reachDuringPatch(state, Reached.NMI_DURING_PATCH);
        if (rules.nmi.overwritesFrame(state, base)) {
            log.incident(Incident.NMI_OVERWROTE_FRAME);
            return;
        }
        deliver(state, base, ContextKind.NMI, steps.nmiStart);
        rules.nmi.delivered(state, base);
    }

    void spontaneousIrq(long[] state, int base) {
        spend(state, base, cpu.irqBudget);
        reachDuringPatch(state, Reached.IRQ_DURING_PATCH);
        deliver(state, base, ContextKind.IRQ, steps.irqStart);
        rules.service.delivered(state, base);
    }

    void spontaneousMc(long[] state, int base) {
        spend(state, base, cpu.mcBudget);
        reachDuringPatch(state, Reached.MC_DURING_PATCH);
        deliver(state, base, ContextKind.MC, steps.mcStart);
        rules.machineCheck.delivered(state, base);
    }

    private void reachDuringPatch(long[] state, Reached what) {
        for (int s = 0; s < tables.sites.length; s++) {
            if (tables.calls.isUnderWay(state, s)) {
                log.reach(what);
            }
        }
    }

    /** The IPI of sync*: delivery, the instruction, the return. */
    void deliverIpi(long[] state, int base) {
        if (rules.serialization.byIpi()) {
            fetchViews.serialize(state, base);
        }
        rules.nmi.handlerReturned(state, base, ContextKind.IRQ);
        rules.ipis.take(state, base);
    }

    /** An IPI whose handler runs the functions that other CPUs ask for, that of one caller first. */
    void deliverCall(long[] state, int base, int caller) {
        deliver(state, base, ContextKind.IPI, rules.calls.function(state, caller));
        int frame = cpu.topFrame(state, base);
        rules.calls.take(state, base, frame);
        rules.calls.begin(state, base, frame, caller);
    }

    /** The thread is taken over; it still takes interrupts until all have arrived. */
    void stop(long[] state, int base) {
        push(state, base, ContextKind.STOPPER, steps.stopWait);
        rules.rendezvous.arrive(state, base);
    }

    void leave(long[] state, int base) {
        rules.window.endShadow(state, base);
        cpu.pop(state, base);
        rules.rendezvous.leave(state, base);
    }

    /** INT3 that the protocol does not own, right in front of the first site; returns whether the protocol's handler was called, to be asked first. */
    boolean foreignInt3(long[] state, int base, int frame) {
        if (!steps.handlesBreakpoints) {
            return false;
        }
        if (breakpoint(state, base, 0)) {
            cpu.place.set(state, frame, BEHIND_FOREIGN_INT3);
        }
        return true;
    }

    /** Whether a context has hit a breakpoint that is none of the sites'. */
    boolean atForeignInt3(long[] state, int frame) {
        return cpu.place.isSet(state, frame) && steps.foreign[cpu.pc.getInt(state, frame)];
    }

    /** Whether a breakpoint handler was called for a breakpoint that is none of the sites'. */
    boolean handlesForeignInt3(long[] state, int base, int frame) {
        return cpu.kind.getInt(state, frame) == ContextKind.BP.ordinal()
                && atForeignInt3(state, cpu.frame(base, cpu.top.getInt(state, base) - 1));
    }

    /** The protocol's handler of such a breakpoint has returned: the context continues after it, or has been led astray. */
    void afterForeignInt3(long[] state, int frame) {
        if (cpu.place.getInt(state, frame) != BEHIND_FOREIGN_INT3 || cpu.returnTo.isSet(state, frame)) {
            log.incident(Incident.WRONG_TARGET);
            return;
        }
        cpu.place.set(state, frame, 0);
        cpu.pc.set(state, frame, cpu.pc.get(state, frame) + 1);
    }

    /** Returns from a handler; the place of the breakpoint that it handled, 0 if it was none. */
    int iret(long[] state, int base) {
        int frame = cpu.topFrame(state, base);
        ContextKind kind = ContextKind.of(cpu.kind.getInt(state, frame));
        int trapped = cpu.trapped.getInt(state, frame);
        rules.window.endShadow(state, base);
        cpu.pop(state, base);
        if (rules.serialization.byIret()) {
            fetchViews.serialize(state, base);
        }
        rules.nmi.handlerReturned(state, base, kind);
        if (kind == ContextKind.MC) {
            rules.machineCheck.handlerReturned(state, base);
        } else if (kind == ContextKind.IRQ) {
            rules.service.end(state, base);
        }
        return trapped;
    }
}
