// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.rules.EventDelivery;
import dev.pokecheck.cpu.rules.FunctionCalls;
import dev.pokecheck.cpu.rules.InterruptService;
import dev.pokecheck.cpu.rules.InterruptWindow;
import dev.pokecheck.cpu.rules.IpiDelivery;
import dev.pokecheck.cpu.rules.MachineCheckBlocking;
import dev.pokecheck.cpu.rules.NmiBlocking;
import dev.pokecheck.cpu.rules.Rendezvous;
import dev.pokecheck.cpu.rules.Suspension;
import dev.pokecheck.cpu.rules.UserThreads;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Views;

/** Which actions are enabled in a state. */
class Enabling {
    private final MachineTables tables;
    private final StepTable steps;
    private final Layout layout;
    private final CpuLayout cpu;
    private final NmiBlocking nmi;
    private final MachineCheckBlocking machineCheck;
    private final InterruptWindow window;
    private final InterruptService service;
    private final EventDelivery delivery;
    private final IpiDelivery ipis;
    private final FunctionCalls calls;
    private final Suspension suspension;
    private final UserThreads users;
    private final Rendezvous rendezvous;
    private final Places places;
    private final StepLog log;
    private final PackedHost host;
    private final Stores stores;
    private final OwnStores own;
    private final boolean tso;
    private boolean together;

    Enabling(Hardware hw) {
        tables = hw.tables;
        log = hw.log;
        host = hw.host;
        stores = hw.stores;
        own = hw.ownStores;
        tso = hw.tables.tso;
        steps = tables.steps;
        layout = tables.layout;
        cpu = tables.cpu;
        nmi = tables.rules.nmi;
        machineCheck = tables.rules.machineCheck;
        window = tables.rules.window;
        service = tables.rules.service;
        delivery = tables.rules.delivery;
        ipis = tables.rules.ipis;
        calls = tables.rules.calls;
        suspension = tables.rules.suspension;
        users = tables.rules.users;
        rendezvous = tables.rules.rendezvous;
        places = tables.places;
    }

    /**
     * @param keepTogether whether pieces of a text store that nobody can tell apart keep together
     */
    void enabled(long[] state, ActionList actions, boolean keepTogether) {
        actions.clear();
        together = keepTogether;
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            if (tables.rules.hotplug.isOffline(state, base)) {
                continue;
            }
            enabledDrains(state, actions, c, base);
            int frame = cpu.topFrame(state, base);
            enabledSteps(state, actions, c, base, frame);
            enabledInterrupts(state, actions, c, base, frame);
        }
    }

    private void enabledDrains(long[] state, ActionList actions, int c, int base) {
        if (!tso || cpu.buffer.size(state, base) == 0) {
            return;
        }
        int target = cpu.buffer.target(state, base, 0);
        if (target < tables.memory.cells()) {
            actions.add(ActionKind.DRAIN.action(c));
        } else {
            addPieces(actions, ActionKind.DRAIN, c, target - tables.memory.cells(), cpu.drainedPieces.get(state, base));
        }
    }

    private void addPieces(ActionList actions, ActionKind kind, int c, int store, long done) {
        long left = together ? tables.pieces.groups(store).next(done) : tables.pieces.left(store, done);
        for (; left != 0; left &= left - 1) {
            actions.add(kind.action(c, Long.numberOfTrailingZeros(left)));
        }
    }

    private void enabledSteps(long[] state, ActionList actions, int c, int base, int frame) {
        if (suspension.holds(state, base) || delivery.isUnderWay(state, base)) {
            return;
        }
        int place = cpu.place.getInt(state, frame);
        if (place >= places.firstFunction()) {
            int function = place - places.firstFunction();
            if (!tables.functions.hasEffect(function)) {
                actions.add(ActionKind.RETURN.action(c));
            } else if (canTakeEffect(state, base)) {
                actions.add(ActionKind.CALLEE.action(c));
            }
            return;
        }
        if (place != 0) {
            int site = tables.siteAt(state, frame, place);
            addFetches(state, actions, c, base, site, places.offset(place, site));
            return;
        }
        int pc = cpu.pc.getInt(state, frame);
        Step step = steps.steps[pc];
        switch (steps.ways[pc]) {
            case ONE -> addOne(state, actions, pc, c, base, frame);
            case JUMP_OR_NOT -> addWays(actions, c, 0, 2);
            case WAIT_OR_NOT -> addWays(actions, c, mayBeReady(state, pc, c, base, frame) ? 0 : 1, 2);
            case NUMBERS -> addWays(actions, c, 0, steps.choices[pc]);
            case FETCHES -> addFetches(state, actions, c, base, steps.site[pc], steps.entry[pc]);
            case RETURN -> addReturn(state, actions, step, c, base, frame);
            case PIECES -> {
                if (!tso) {
                    addPieces(actions, ActionKind.STEP, c, steps.textStore[pc], cpu.storedPieces.get(state, frame));
                } else if (canStep(state, step, c, base, frame)) {
                    actions.add(ActionKind.STEP.action(c));
                }
            }
        }
    }

    private void addOne(long[] state, ActionList actions, int pc, int c, int base, int frame) {
        if (tables.guesses(state, pc)) {
            addGuesses(state, actions, pc, c, base, frame);
        } else if (canStep(state, steps.steps[pc], c, base, frame)) {
            actions.add(ActionKind.STEP.action(c));
        } else {
            log.reach(Reached.WAITED);
        }
    }

    /** A step that reads a field of a dead object can be taken with each value with which it is ready. */
    private void addGuesses(long[] state, ActionList actions, int pc, int c, int base, int frame) {
        int before = actions.size();
        int guesses = tables.guessCount(state, pc);
        for (int way = 0; way < guesses; way++) {
            if (isReady(state, steps.steps[pc], c, base, frame, way)) {
                actions.add(ActionKind.STEP.action(c, way));
            }
        }
        if (actions.size() == before) {
            log.reach(Reached.WAITED);
        }
    }

    /** Whether what a step waits for has come, by any guess of what is in dead objects. */
    private boolean mayBeReady(long[] state, int pc, int c, int base, int frame) {
        int guesses = tables.guessCount(state, pc);
        for (int way = 0; way < guesses; way++) {
            if (isReady(state, steps.steps[pc], c, base, frame, way)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a step that looks into dead objects, or may give up, can be taken by one guess of what is there. */
    boolean isReady(long[] state, Step step, int c, int base, int frame, int way) {
        host.look(state, c, base, frame);
        host.inWay(way);
        return step.ready(host);
    }

    private static void addWays(ActionList actions, int c, int from, int to) {
        for (int way = from; way < to; way++) {
            actions.add(ActionKind.STEP.action(c, way));
        }
    }

    private void addReturn(long[] state, ActionList actions, Step step, int c, int base, int frame) {
        long left = calls.left(state, frame);
        for (long callers = left; callers != 0; callers &= callers - 1) {
            actions.add(ActionKind.STEP.action(c, Long.numberOfTrailingZeros(callers)));
        }
        if (left != 0) {
            return;
        }
        int kind = cpu.kind.getInt(state, frame);
        boolean handler = ContextKind.of(kind).returnsByIret();
        if ((handler || kind == ContextKind.STOPPER.ordinal()) && canStep(state, step, c, base, frame)) {
            actions.add((handler ? ActionKind.IRET : ActionKind.LEAVE).action(c));
        }
    }

    private void addFetches(long[] state, ActionList actions, int c, int base, int site, int offset) {
        if (offset == tables.sites[site].length()) {
            // A breakpoint handler has gone astray to the end of the site; that was a violation, and nothing follows.
            return;
        }
        if (own.holdOff(state, base, site)) {
            return;
        }
        Views views = tables.views[site];
        for (int id : views.fetches(cpu.views[site].getInt(state, base), offset)) {
            Fetched fetched = views.fetched(id);
            if (fetched.isInline() && waitsForRoom(state, base, site, fetched)) {
                continue;
            }
            actions.add(ActionKind.fetch(c, id, false));
            if (fetched.isConditional()) {
                actions.add(ActionKind.fetch(c, id, true));
            }
        }
    }

    /** An inlined operation that stores executes once there is room for its store. */
    private boolean waitsForRoom(long[] state, int base, int site, Fetched inline) {
        return inline.versions() != 0
                && tables.functions.inlineHasEffect(tables.sites[site])
                && !canTakeEffect(state, base);
    }

    /** Whether what the code of a site, inlined or called, does to shared data can be done now. */
    boolean canTakeEffect(long[] state, int base) {
        return stores.hasRoom(state, base);
    }

    /** Whether a step that is no fetch can be taken now. */
    boolean canStep(long[] state, Step step, int c, int base, int frame) {
        return isReady(state, step, c, base, frame, 0);
    }

    private void enabledInterrupts(long[] state, ActionList actions, int c, int base, int frame) {
        if (cpu.nmiBudget.isSet(state, base) && nmi.letsIn(state, base)) {
            actions.add(ActionKind.NMI.action(c));
        }
        if (nmi.isPending(state, base) && nmi.letsIn(state, base)) {
            actions.add(ActionKind.NMI_SENT.action(c));
        }
        if (cpu.mcBudget.isSet(state, base) && machineCheck.letsIn(state, base)) {
            actions.add(ActionKind.MC.action(c));
        }
        boolean down = isOnItsWayDown(state, base, frame);
        if (down ? ipis.isAnswered(state, base) : ipis.letsIn(state, base)) {
            actions.add(ActionKind.IPI.action(c));
        }
        long asked = down ? calls.queued(state, base) : calls.delivered(state, base);
        for (long callers = asked; callers != 0; callers &= callers - 1) {
            actions.add(ActionKind.CALL.action(c, Long.numberOfTrailingZeros(callers)));
        }
        if (cpu.irqBudget.isSet(state, base) && window.isOpen(state, base) && service.letsIn(state, base)) {
            actions.add(ActionKind.IRQ.action(c));
        }
        if (suspension.letsIn(state, base)) {
            actions.add(ActionKind.SUSPEND.action(c));
        }
        if ((cpu.kind.get(state, frame) == ContextKind.THREAD.ordinal() || users.handles(state, base))
                && rendezvous.mayTakeOver(state, c, base)
                && window.isOpen(state, base)) {
            actions.add(ActionKind.STOP.action(c));
        }
    }

    /** Whether a CPU is about to go offline, so that it takes what it was asked whatever its IF. */
    private boolean isOnItsWayDown(long[] state, int base, int frame) {
        return steps.goesOffline[cpu.pc.getInt(state, frame)]
                && !cpu.place.isSet(state, frame)
                && !suspension.holds(state, base);
    }
}
