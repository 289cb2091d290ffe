// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.rules.Serialization;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.text.Site;

/** The host of the search: the top context of one CPU in a packed state. {@link #at} and {@link #begin} say which; all else is about that one. */
public final class PackedHost extends CpuHost {
    private final MachineTables tables;
    private final CpuRules rules;
    private final Serialization serialization;
    private final StepLog log;
    private final Stores stores;
    private final FetchViews fetchViews;
    private final OwnStores ownStores;
    private final Contexts contexts;
    private final SiteExecution execution;

    private int next;

    PackedHost(Hardware hw) {
        super(hw);
        tables = hw.tables;
        log = hw.log;
        stores = hw.stores;
        contexts = hw.contexts;
        execution = hw.execution;
        fetchViews = hw.fetchViews;
        ownStores = hw.ownStores;
        rules = tables.rules;
        serialization = rules.serialization;
    }

    /** Says about the top context of which CPU the next questions are. */
    public void at(long[] inState, int number) {
        int cpuBase = layout.cpuBase(number);
        look(inState, number, cpuBase, cpu.topFrame(inState, cpuBase));
    }

    /** The same for a step that is taken, in one of its ways. */
    void begin(long[] inState, int number, int cpuBase, int topFrame, int pc, int way) {
        look(inState, number, cpuBase, topFrame);
        inWay(way);
        next = pc + 1;
        startsNone();
        rules.window.endShadow(inState, cpuBase);
    }

    /** The same for a step that only evaluates, in the one way that it has. */
    void beginEvaluation(long[] inState, int number, int cpuBase, int topFrame, int pc) {
        look(inState, number, cpuBase, topFrame);
        next = pc + 1;
    }

    /** The step at which control goes on. */
    int next() {
        return next;
    }

    // ---- control

    @Override
    public void goTo(int target) {
        next = target;
    }

    @Override
    public void stay() {
        next = cpu.pc.getInt(state, frame);
    }

    @Override
    public void wentBack() {
        log.reach(Reached.WENT_BACK);
    }

    @Override
    public void rest() {
        log.progress();
    }

    @Override
    public void beginPath() {
        cpu.path.set(state, frame, 0);
    }

    /** {@inheritDoc} Never: the CPU that calls stop_machine lets all functions begin. */
    @Override
    public boolean mayBeginFunction() {
        return false;
    }

    @Override
    public void beginFunction() {
        throw new IllegalStateException("functions of stop_machine begin together");
    }

    @Override
    public boolean mayReturn() {
        return cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                ? rules.rendezvous.isLeaving(state)
                : tables.mayIret(state, base);
    }

    @Override
    public void endRoutine() {
        if (cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()) {
            contexts.leave(state, base);
        } else if (rules.calls.left(state, frame) != 0) {
            next = rules.calls.begin(state, base, frame, way());
            cpu.path.set(state, frame, 0);
        } else {
            execution.iret(state, base);
        }
    }

    // ---- shared data

    @Override
    public boolean hasRoom() {
        return stores.hasRoom(state, base);
    }

    @Override
    public boolean isDrained() {
        return tables.drained(state, base);
    }

    @Override
    public void store(Cell cell, int value) {
        stores.store(state, base, cell(cell), value);
    }

    @Override
    public void update(Cell cell, RmwOp op, int operand, int old) {
        int at = cell(cell);
        if (at >= 0) {
            int before = inMemory(at);
            if (stores.replace(state, at, op.apply(before, operand))) {
                assign(old, before);
            }
        }
    }

    @Override
    public void exchange(Cell cell, int expected, int desired, int success, int old) {
        int at = cell(cell);
        if (at >= 0) {
            int before = inMemory(at);
            assign(success, exchange(at, expected, desired) ? 1 : 0);
            assign(old, before);
        }
    }

    @Override
    public boolean acquire(Cell cell, int free, int taken) {
        int at = cell(cell);
        if (at >= 0) {
            exchange(at, free, taken);
        }
        return true;
    }

    private boolean exchange(int at, int expected, int desired) {
        boolean success = inMemory(at) == expected;
        if (success) {
            stores.replace(state, at, desired);
        }
        return success;
    }

    @Override
    public boolean wouldAcquire(Cell cell, Code free) {
        int at = cell(cell);
        return at < 0 || failed() || inMemory(at) == value(free);
    }

    @Override
    public void setAlive(int object, boolean alive) {
        if (!alive && !layout.alive[object].isSet(state, 0)) {
            log.reach(Reached.DEAD_OBJECT_USED);
            log.incident(Incident.ENDED_TWICE);
        }
        layout.alive[object].set(state, 0, alive ? 1 : 0);
    }

    @Override
    public void check(boolean failed) {
        log.reach(Reached.ASSERTED);
        if (failed) {
            log.incident(Incident.BUG_ON);
        }
    }

    @Override
    public void ensure(boolean holds) {
        log.reach(Reached.ENSURED);
        if (!holds) {
            log.incident(Incident.ENSURE);
        }
    }

    @Override
    public void storeGhost(Cell cell, int value) {
        stores.replace(state, cell(cell), value);
    }

    // ---- text

    @Override
    public boolean pokeText(int store) {
        return stores.textPoke(state, base, frame, store, way());
    }

    @Override
    public int readText(int read) {
        return stores.readText(state, base, read);
    }

    @Override
    public boolean exchangeText(int read, int store) {
        return stores.exchangeText(state, base, read, store);
    }

    @Override
    public void mark(Site site, int version, Moment moment) {
        if (!tables.calls.fits(state, c, site.index(), version, moment)) {
            log.incident(Incident.PATCH_MARK);
            return;
        }
        tables.sharedBytes.mark(state, site.index(), moment);
        tables.calls.mark(state, c, site.index(), version, moment);
        log.event(Event.call(site.index(), version, moment));
        if (moment != Moment.BEGINS) {
            log.progress();
        }
    }

    @Override
    public void execute(Site site, int version) {
        throw new IllegalStateException("each fetch of a site is a step of its own");
    }

    // ---- synchronisation

    @Override
    public boolean mayExecute(Sync sync) {
        return isDrained() || !serialization.waitsForBuffer(sync);
    }

    @Override
    public boolean serializes(Sync sync) {
        return serialization.by(sync);
    }

    @Override
    public void executeSync(Sync sync) {
        if (serialization.by(sync)) {
            fetchViews.serialize(state, base);
        }
        if (sync == Sync.IRET) {
            rules.nmi.iret(state, base);
        } else if (sync == Sync.JUMP) {
            ownStores.jump(state, base);
        }
    }

    @Override
    public void requestSync(Sync sync) {
        if (serialization.by(sync)) {
            fetchViews.serialize(state, base);
        }
        sendSync();
    }

    @Override
    public boolean maySendUnfenced() {
        return isDrained() || rules.ipis.passesStores();
    }

    @Override
    public void sendSync() {
        rules.ipis.send(state, c);
    }

    // ---- breakpoints

    @Override
    public boolean hitForeignBreakpoint() {
        return contexts.foreignInt3(state, base, frame);
    }

    @Override
    public boolean unclaimed() {
        boolean foreign = contexts.handlesForeignInt3(state, base, frame);
        if (!foreign) {
            log.incident(Incident.UNHANDLED_INT3);
        }
        return foreign;
    }

    @Override
    public void setSavedAddress(int place) {
        execution.setSavedAddress(state, base, place);
    }

    @Override
    public void pushReturn(int place, boolean gap) {
        execution.pushReturn(state, base, place, gap);
    }

    @Override
    public void emulate(Site site, int version, boolean gap, boolean jumps) {
        execution.emulate(state, base, site, version, gap, jumps);
    }
}
