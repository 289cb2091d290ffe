// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.step.Cell;
import dev.pokecheck.step.Code;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Owing;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.text.Site;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A host with one primitive that is wrong: it does nothing, or gives another answer. */
final class FaultyHost extends Host {
    /** What a primitive with an answer does wrong. */
    enum Wrong {
        /** Nothing is done; a number is one more, a text is empty, a question is answered "no". */
        LEFT_OUT,
        /** All is done that is to be done, and the answer is "yes". */
        YES,
        /** The same, and the answer is "no". */
        NO
    }

    /** A primitive, and what is wrong with it. */
    record Fault(String primitive, Wrong wrong) {
        @Override
        public String toString() {
            return primitive + (wrong == Wrong.LEFT_OUT ? "" : "=" + wrong);
        }

        Host in(Host host) {
            return new FaultyHost(host, this, primitive -> {});
        }
    }

    private static final Fault NONE = new Fault("", Wrong.LEFT_OUT);

    private final Host host;
    private final Fault fault;
    private final Consumer<String> asked;

    private FaultyHost(Host host, Fault fault, Consumer<String> asked) {
        this.host = host;
        this.fault = fault;
        this.asked = asked;
    }

    /** A host that is right and tells of each primitive that is asked for: without it, the fault of a primitive changes nothing. */
    static Host telling(Host host, Consumer<String> asked) {
        return new FaultyHost(host, NONE, asked);
    }

    /** One of each primitive, and three of each that answers yes or no. */
    static List<Fault> all() {
        List<Fault> all = new ArrayList<>();
        Stream.of(Host.class.getDeclaredMethods())
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .sorted(Comparator.comparing(Method::getName))
                .forEach(method -> {
                    all.add(new Fault(method.getName(), Wrong.LEFT_OUT));
                    if (method.getReturnType() == boolean.class) {
                        all.add(new Fault(method.getName(), Wrong.YES));
                        all.add(new Fault(method.getName(), Wrong.NO));
                    }
                });
        return all;
    }

    private boolean does(String primitive) {
        asked.accept(primitive);
        return !fault.primitive().equals(primitive);
    }

    private boolean answer(String primitive, BooleanSupplier right) {
        if (does(primitive)) {
            return right.getAsBoolean();
        }
        if (fault.wrong() == Wrong.LEFT_OUT) {
            return false;
        }
        boolean ignored = right.getAsBoolean();
        return fault.wrong() == Wrong.YES;
    }

    @Override
    public void goTo(int target) {
        if (does("goTo")) {
            host.goTo(target);
        }
    }

    @Override
    public void stay() {
        if (does("stay")) {
            host.stay();
        }
    }

    @Override
    public int way() {
        return does("way") ? host.way() : host.way() + 1;
    }

    @Override
    public void wentBack() {
        if (does("wentBack")) {
            host.wentBack();
        }
    }

    @Override
    public void rest() {
        if (does("rest")) {
            host.rest();
        }
    }

    @Override
    public void ensure(boolean holds) {
        if (does("ensure")) {
            host.ensure(holds);
        }
    }

    @Override
    public void storeGhost(Cell cell, int value) {
        if (does("storeGhost")) {
            host.storeGhost(cell, value);
        }
    }

    @Override
    public void beginPath() {
        if (does("beginPath")) {
            host.beginPath();
        }
    }

    @Override
    public boolean mayBeginFunction() {
        return answer("mayBeginFunction", () -> host.mayBeginFunction());
    }

    @Override
    public void beginFunction() {
        if (does("beginFunction")) {
            host.beginFunction();
        }
    }

    @Override
    public boolean mayReturn() {
        return answer("mayReturn", () -> host.mayReturn());
    }

    @Override
    public void endRoutine() {
        if (does("endRoutine")) {
            host.endRoutine();
        }
    }

    @Override
    public int value(Code code) {
        return does("value") ? host.value(code) : host.value(code) + 1;
    }

    @Override
    public boolean failed() {
        return answer("failed", () -> host.failed());
    }

    @Override
    public void assign(int local, int value) {
        if (does("assign")) {
            host.assign(local, value);
        }
    }

    @Override
    public boolean hasRoom() {
        return answer("hasRoom", () -> host.hasRoom());
    }

    @Override
    public boolean isDrained() {
        return answer("isDrained", () -> host.isDrained());
    }

    @Override
    public void store(Cell cell, int value) {
        if (does("store")) {
            host.store(cell, value);
        }
    }

    @Override
    public void update(Cell cell, RmwOp op, int operand, int old) {
        if (does("update")) {
            host.update(cell, op, operand, old);
        }
    }

    @Override
    public void exchange(Cell cell, int expected, int desired, int success, int old) {
        if (does("exchange")) {
            host.exchange(cell, expected, desired, success, old);
        }
    }

    @Override
    public boolean acquire(Cell cell, int free, int taken) {
        return answer("acquire", () -> host.acquire(cell, free, taken));
    }

    @Override
    public boolean wouldAcquire(Cell cell, Code free) {
        return answer("wouldAcquire", () -> host.wouldAcquire(cell, free));
    }

    @Override
    public boolean memoryHolds(Cell cell, int expected) {
        return answer("memoryHolds", () -> host.memoryHolds(cell, expected));
    }

    @Override
    public String memoryText(Cell cell, ValueText values) {
        return does("memoryText") ? host.memoryText(cell, values) : "";
    }

    @Override
    public void setAlive(int object, boolean alive) {
        if (does("setAlive")) {
            host.setAlive(object, alive);
        }
    }

    @Override
    public void check(boolean failed) {
        if (does("check")) {
            host.check(failed);
        }
    }

    @Override
    public boolean pokeText(int store) {
        return answer("pokeText", () -> host.pokeText(store));
    }

    @Override
    public int readText(int read) {
        return does("readText") ? host.readText(read) : host.readText(read) + 1;
    }

    @Override
    public boolean exchangeText(int read, int store) {
        return answer("exchangeText", () -> host.exchangeText(read, store));
    }

    @Override
    public void mark(Site site, int version, Moment moment) {
        if (does("mark")) {
            host.mark(site, version, moment);
        }
    }

    @Override
    public void execute(Site site, int version) {
        if (does("execute")) {
            host.execute(site, version);
        }
    }

    @Override
    public boolean mayExecute(Sync sync) {
        return answer("mayExecute", () -> host.mayExecute(sync));
    }

    @Override
    public boolean serializes(Sync sync) {
        return answer("serializes", () -> host.serializes(sync));
    }

    @Override
    public void executeSync(Sync sync) {
        if (does("executeSync")) {
            host.executeSync(sync);
        }
    }

    @Override
    public void requestSync(Sync sync) {
        if (does("requestSync")) {
            host.requestSync(sync);
        }
    }

    @Override
    public boolean othersOweNothing(Owing owing) {
        return answer("othersOweNothing", () -> host.othersOweNothing(owing));
    }

    @Override
    public boolean maySendUnfenced() {
        return host.maySendUnfenced();
    }

    @Override
    public void sendSync() {
        if (does("sendSync")) {
            host.sendSync();
        }
    }

    @Override
    public void beginGrace(Quiescence quiescence) {
        if (does("beginGrace")) {
            host.beginGrace(quiescence);
        }
    }

    @Override
    public void sendNmi(int cpu) {
        if (does("sendNmi")) {
            host.sendNmi(cpu);
        }
    }

    @Override
    public void setInterruptFlag(boolean enabled) {
        if (does("setInterruptFlag")) {
            host.setInterruptFlag(enabled);
        }
    }

    @Override
    public void sti() {
        if (does("sti")) {
            host.sti();
        }
    }

    @Override
    public void callOthers(int statement, int targets) {
        if (does("callOthers")) {
            host.callOthers(statement, targets);
        }
    }

    @Override
    public void saveInterruptFlag() {
        if (does("saveInterruptFlag")) {
            host.saveInterruptFlag();
        }
    }

    @Override
    public void restoreInterruptFlag() {
        if (does("restoreInterruptFlag")) {
            host.restoreInterruptFlag();
        }
    }

    @Override
    public boolean maySuspend(int target) {
        return answer("maySuspend", () -> host.maySuspend(target));
    }

    @Override
    public void suspend(int target) {
        if (does("suspend")) {
            host.suspend(target);
        }
    }

    @Override
    public boolean isSuspended(int target) {
        return answer("isSuspended", () -> host.isSuspended(target));
    }

    @Override
    public int contextOf(int target) {
        return host.contextOf(target) + (does("contextOf") ? 0 : 1);
    }

    @Override
    public void setContext(int target, int place) {
        if (does("setContext")) {
            host.setContext(target, place);
        }
    }

    @Override
    public void resume(int target) {
        if (does("resume")) {
            host.resume(target);
        }
    }

    @Override
    public boolean mayGoOffline() {
        return answer("mayGoOffline", () -> host.mayGoOffline());
    }

    @Override
    public void goOffline() {
        if (does("goOffline")) {
            host.goOffline();
        }
    }

    @Override
    public boolean mayBringOnline(int target) {
        return answer("mayBringOnline", () -> host.mayBringOnline(target));
    }

    @Override
    public void bringOnline(int target) {
        if (does("bringOnline")) {
            host.bringOnline(target);
        }
    }

    @Override
    public void endOfInterrupt() {
        if (does("endOfInterrupt")) {
            host.endOfInterrupt();
        }
    }

    @Override
    public void setPreemption(boolean enabled) {
        if (does("setPreemption")) {
            host.setPreemption(enabled);
        }
    }

    @Override
    public boolean nobodyStops() {
        return answer("nobodyStops", () -> host.nobodyStops());
    }

    @Override
    public boolean beginStop() {
        return answer("beginStop", () -> host.beginStop());
    }

    @Override
    public void runStopped(int function) {
        if (does("runStopped")) {
            host.runStopped(function);
        }
    }

    @Override
    public void letGo() {
        if (does("letGo")) {
            host.letGo();
        }
    }

    @Override
    public void endStop() {
        if (does("endStop")) {
            host.endStop();
        }
    }

    @Override
    public boolean hitForeignBreakpoint() {
        return answer("hitForeignBreakpoint", () -> host.hitForeignBreakpoint());
    }

    @Override
    public boolean unclaimed() {
        return answer("unclaimed", () -> host.unclaimed());
    }

    @Override
    public void setSavedAddress(int place) {
        if (does("setSavedAddress")) {
            host.setSavedAddress(place);
        }
    }

    @Override
    public void pushReturn(int place, boolean gap) {
        if (does("pushReturn")) {
            host.pushReturn(place, gap);
        }
    }

    @Override
    public void emulate(Site site, int version, boolean gap, boolean jumps) {
        if (does("emulate")) {
            host.emulate(site, version, gap, jumps);
        }
    }
}
