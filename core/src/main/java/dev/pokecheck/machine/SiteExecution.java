// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.Views;

/** Executes sites: fetch, instruction, called function, and what a breakpoint handler makes of it. */
final class SiteExecution {
    private final MachineTables tables;
    private final StepTable steps;
    private final Layout layout;
    private final CpuLayout cpu;
    private final Places places;
    private final Functions functions;
    private final Site[] sites;
    private final Views[] views;
    private final PatchCalls calls;
    private final Watch watch;
    /** Whether serialization does what it should, so that something is meant by its absence. */
    private final boolean serializes;

    private final StepLog log;
    private final Locals locals;
    private final Stores stores;
    private final Contexts contexts;
    private final OwnStores own;
    /** Whether nobody can tell "in the called function" from "about to fetch at the return address". */
    private final boolean mergesReturns;

    SiteExecution(Hardware hw) {
        tables = hw.tables;
        locals = tables.locals;
        log = hw.log;
        stores = hw.stores;
        own = hw.ownStores;
        contexts = hw.contexts;
        steps = tables.steps;
        layout = tables.layout;
        cpu = tables.cpu;
        places = tables.places;
        functions = tables.functions;
        sites = tables.sites;
        views = tables.views;
        calls = tables.calls;
        watch = tables.scenario.watch();
        serializes = tables.scenario.fetch().window().endsBySerialization();
        mergesReturns = tables.scenario.mergeLocal() && !tables.rules.suspension.isUsed();
    }

    void fetch(long[] state, int base, int id, boolean jumps) {
        int frame = cpu.topFrame(state, base);
        int s = tables.fetchedFrom(state, frame);
        Site site = sites[s];
        tables.rules.window.endShadow(state, base);
        Fetched fetched = views[s].fetched(id);
        if (fetched.differsFrom(layout.content[s].get(state, 0))) {
            log.reach(Reached.STALE_FETCH);
        }
        int view = cpu.views[s].getInt(state, base);
        if (serializes && views[s].overlapsChange(view, id)) {
            log.reach(Reached.UNSYNCHRONISED);
        }
        cpu.views[s].set(state, base, views[s].afterFetch(view, id));
        if (!cpu.versions.isSet(state, frame)) {
            beginExecution(state, base, frame, s);
        }
        if (s != tables.executed(state, frame)) {
            fetchedFromCopy(state, base, frame, site, fetched, jumps);
            return;
        }
        if (fetched.offset() > 0 && calls.hasBegun(state, s)) {
            log.reach(Reached.RESUMED_INSIDE);
        }
        if (fetched.isBreakpoint()) {
            breakpoint(state, base, frame, site, fetched.offset());
            return;
        }
        if (fetched.versions() == 0) {
            boolean inside = calls.isInsideText(state, site, fetched.offset(), false);
            log.incident(inside ? Incident.MID_INSTRUCTION : Incident.TORN);
            return;
        }
        if (!calls.isBroughtByAnother(state, site, fetched)) {
            consistentWith(state, frame, fetched.versions(), Incident.MIXED);
        }
        if (log.canContinue()) {
            run(state, base, frame, site, fetched, jumps);
        }
    }

    /** A copy is not patched: its bytes are those of its first version. What of the site is left to execute they do. */
    private void fetchedFromCopy(long[] state, int base, int frame, Site copy, Fetched fetched, boolean jumps) {
        if ((fetched.versions() & 1) == 0) {
            log.incident(Incident.TORN);
        } else {
            run(state, base, frame, copy, fetched, jumps);
        }
    }

    private void beginExecution(long[] state, int base, int frame, int s) {
        log.event(Event.begin(layout.cpuAt(base), cpu.kind.getInt(state, frame), s));
        cpu.versions.set(state, frame, (1L << sites[s].versions()) - 1);
        calls.enter(state, frame, s);
        if (watch.backwards() && calls.newCodeWasSeen(state, s)) {
            log.reach(Reached.AFTER_NEW_CODE);
        }
        if (calls.isUnderWay(state, s)) {
            log.reach(Reached.SITE_DURING_PATCH);
        } else if (calls.hasBegun(state, s)) {
            log.reach(Reached.SITE_AFTER_PATCH);
        }
    }

    /** Narrows an execution to some versions; none left is the given incident, only too old ones left is staleness. */
    private void consistentWith(long[] state, int frame, int versions, Incident otherwise) {
        int left = cpu.versions.getInt(state, frame) & versions;
        if (left == 0) {
            log.incident(otherwise);
            return;
        }
        cpu.versions.set(state, frame, left);
        if (calls.isSureToBeStale(state, frame, left)) {
            log.incident(Incident.STALE);
        }
    }

    /** Executes an instruction that at least one version has at this place. */
    private void run(long[] state, int base, int frame, Site site, Fetched fetched, boolean jumps) {
        Insn insn = fetched.insn();
        int behind = places.of(site, fetched.next());
        if (insn.kind().branches(jumps)) {
            own.jump(state, base);
        }
        switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> {
                if (cpu.returnTo.isSet(state, frame)) {
                    log.incident(Incident.NESTED_CALL);
                    return;
                }
                cpu.returnTo.set(state, frame, behind);
                enter(state, base, frame, functions.placeOf(site, insn));
            }
            case JMP_REL32, JMP_REL8, JMP_INDIRECT -> enter(state, base, frame, functions.placeOf(site, insn));
            case JCC_REL32, JCC_REL8 -> enter(state, base, frame, jumps ? functions.placeOf(site, insn) : behind);
            case RET -> finishExecution(state, base, frame);
            case UD2 -> log.incident(Incident.UD2);
            case INLINE -> {
                if (functions.inlineHasEffect(site)) {
                    inlineEffect(state, base);
                }
                enter(state, base, frame, behind);
            }
            case NOP, ENDBR64, OTHER, INT3 -> enter(state, base, frame, behind);
        }
    }

    private void inlineEffect(long[] state, int base) {
        stores.store(state, base, functions.effectCell(tables.memory), functions.effectValue());
    }

    /** Moves an execution to a place: in its site, at its end, in a function, or, 0, out of it by RET. */
    private void enter(long[] state, int base, int frame, int place) {
        if (place == 0) {
            finishExecution(state, base, frame);
            return;
        }
        cpu.place.set(state, frame, place);
        if (place < places.firstFunction()) {
            int executed = tables.executed(state, frame);
            int s = places.siteAt(place, executed);
            boolean leaves = s != executed && places.haveOneText(s, executed);
            if (leaves || places.offset(place, s) == sites[s].length()) {
                finishExecution(state, base, frame);
            } else if (places.offset(place, s) == 0 && !cpu.returnTo.isSet(state, frame) && s == executed) {
                // Only a jump leads there; the next fetch begins another execution.
                endExecution(state, base, frame, sites[s]);
            }
        } else if (mergesReturns && !functions.hasEffect(place - places.firstFunction())) {
            returnFromCallee(state, base, frame);
        }
    }

    void callee(long[] state, int base) {
        inlineEffect(state, base);
        returnFromCallee(state, base, cpu.topFrame(state, base));
    }

    /** RET of a function: to the return address that the site pushed, or, after a jump, to the caller of the site. */
    void returnFromCallee(long[] state, int base, int frame) {
        own.jump(state, base);
        int to = cpu.returnTo.getInt(state, frame);
        if (to == 0) {
            finishExecution(state, base, frame);
        } else {
            cpu.returnTo.set(state, frame, 0);
            enter(state, base, frame, to);
        }
    }

    /** Control leaves the site. */
    private void finishExecution(long[] state, int base, int frame) {
        log.progress();
        tellVersion(state, frame, cpu.versions.getInt(state, frame));
        endExecution(state, base, frame, sites[tables.executed(state, frame)]);
        cpu.pc.set(state, frame, cpu.pc.get(state, frame) + 1);
    }

    /** Ends an execution and judges it as a whole. */
    private void endExecution(long[] state, int base, int frame, Site site) {
        int s = site.index();
        int versions = calls.narrowed(state, frame, s, cpu.versions.getInt(state, frame));
        log.event(Event.end(layout.cpuAt(base), cpu.kind.getInt(state, frame), s, versions));
        if (calls.isStale(state, frame, versions)) {
            log.incident(Incident.STALE);
        }
        if (watch.backwards()) {
            if (calls.goesBack(state, frame, versions)) {
                log.incident(Incident.BACKWARDS);
            }
            calls.complete(state, s, versions);
        }
        if (cpu.path.bits() > 0) {
            agreeWithPath(state, frame, s, versions);
        }
        if ((versions & 1) == 0) {
            log.reach(Reached.NEW_CODE);
        }
        cpu.versions.set(state, frame, 0);
        calls.leave(state, frame);
        cpu.place.set(state, frame, 0);
    }

    private void agreeWithPath(long[] state, int frame, int site, int versions) {
        long path = cpu.path.get(state, frame);
        if (path != 0 && calls.hasBegun(state, site)) {
            log.reach(Reached.SECOND_SITE);
        }
        long agreed = path == 0 ? versions : path & versions;
        if (agreed == 0) {
            log.incident(Incident.GROUP);
        }
        cpu.path.set(state, frame, agreed == 0 ? versions : agreed);
    }

    /** Tells the routine which version it was, if it asks. */
    private void tellVersion(long[] state, int frame, int versions) {
        int local = steps.assigned[cpu.pc.getInt(state, frame)];
        if (local >= 0 && !locals.assign(state, frame, local, Integer.numberOfTrailingZeros(versions))) {
            log.incident(Incident.RANGE);
        }
    }

    private void breakpoint(long[] state, int base, int frame, Site site, int offset) {
        log.reach(Reached.BREAKPOINT);
        if (cpu.inNmi.isSet(state, base)) {
            log.reach(Reached.BREAKPOINT_IN_NMI);
        }
        cpu.place.set(state, frame, places.of(site, offset) + 1L);
        if (!steps.handlesBreakpoints) {
            log.incident(Incident.UNHANDLED_INT3);
        } else {
            contexts.breakpoint(state, base, places.of(site, offset));
        }
    }

    /**
     * Whether the context resumes inside an instruction of the current or the pending version: past the site's first byte, before its end, and
     * where nothing it can fetch is a breakpoint or an instruction of any version.
     */
    private boolean resumesInsideInstruction(long[] state, int base, int frame, int place) {
        int s = tables.siteAt(state, frame, place);
        int offset = s < 0 ? 0 : places.offset(place, s);
        if (offset == 0 || offset == sites[s].length() || !calls.isInsideText(state, sites[s], offset, true)) {
            return false;
        }
        for (int id : views[s].fetches(cpu.views[s].getInt(state, base), offset)) {
            Fetched fetched = views[s].fetched(id);
            if (fetched.isBreakpoint() || fetched.versions() != 0) {
                return false;
            }
        }
        return true;
    }

    void setSavedAddress(long[] state, int base, int place) {
        int level = cpu.top.getInt(state, base);
        if (level == 0 || place < 0 || place > cpu.place.max()) {
            log.incident(Incident.RANGE);
            return;
        }
        cpu.place.set(state, cpu.frame(base, level - 1), place);
    }

    /** Pushes a return address onto the stack of the context below. */
    void pushReturn(long[] state, int base, int place, boolean gap) {
        int level = cpu.top.getInt(state, base);
        if (level == 0 || place <= 0 || place > cpu.returnTo.max()) {
            log.incident(Incident.RANGE);
            return;
        }
        int below = cpu.frame(base, level - 1);
        if (!gap) {
            log.incident(Incident.EMULATION_OVERWROTE_FRAME);
        } else if (cpu.returnTo.isSet(state, below)) {
            log.incident(Incident.NESTED_CALL);
        } else {
            cpu.returnTo.set(state, below, place);
        }
    }

    /** A context goes on at another place, where what it has done so far is right for some versions, or for none. */
    void goOnAt(long[] state, int base, int frame, int place, int right, Incident otherwise) {
        consistentWith(state, frame, right, otherwise);
        if (log.canContinue()
                && place < places.firstFunction()
                && resumesInsideInstruction(state, base, frame, place)) {
            log.incident(Incident.MID_INSTRUCTION);
        }
        if (log.canContinue()) {
            enter(state, base, frame, place);
        }
    }

    /**
     * @param gap whether there is room for what a call pushes
     * @param jumps what a conditional jump does
     */
    void emulate(long[] state, int base, Site site, int version, boolean gap, boolean jumps) {
        int own = cpu.topFrame(state, base);
        if (cpu.kind.getInt(state, own) != ContextKind.BP.ordinal()) {
            log.incident(Incident.BUG_ON);
            return;
        }
        Insn insn = site.emulated(version);
        int below = cpu.frame(base, cpu.top.getInt(state, base) - 1);
        int behind = places.of(site, insn.length());
        int executed = tables.executed(state, below);
        boolean overlaps = executed >= 0 && executed != site.index() && places.haveOneText(executed, site.index());
        if (!overlaps) {
            // Whether a probe was hit is up to the handler: what it displaces looks the same.
            consistentWith(state, below, site.versionsLike(version), Incident.WRONG_TARGET);
        }
        switch (insn.kind()) {
            case CALL_REL32, CALL_INDIRECT -> {
                if (!gap) {
                    log.incident(Incident.EMULATION_OVERWROTE_FRAME);
                } else if (cpu.returnTo.isSet(state, below)) {
                    log.incident(Incident.NESTED_CALL);
                } else {
                    cpu.returnTo.set(state, below, behind);
                    cpu.place.set(state, below, functions.placeOf(site, insn));
                }
            }
            case JMP_REL32, JMP_REL8, JMP_INDIRECT -> cpu.place.set(state, below, functions.placeOf(site, insn));
            case JCC_REL32, JCC_REL8 -> cpu.place.set(state, below, jumps ? functions.placeOf(site, insn) : behind);
            case RET -> cpu.place.set(state, below, 0);
            case NOP, ENDBR64 -> cpu.place.set(state, below, behind);
            default -> log.incident(Incident.BUG_ON);
        }
    }

    /** Returns from a handler, and judges what it made of the context below. */
    void iret(long[] state, int base) {
        int trapped = contexts.iret(state, base);
        int frame = cpu.topFrame(state, base);
        if (trapped != 0) {
            judge(state, base, frame, trapped);
        } else if (contexts.atForeignInt3(state, frame)) {
            contexts.afterForeignInt3(state, frame);
        }
    }

    /** Judges what a breakpoint handler made of the context that trapped, and lets it go on. */
    private void judge(long[] state, int base, int frame, int trapped) {
        int place = cpu.place.getInt(state, frame);
        log.reach(place == trapped ? Reached.WENT_BACK : Reached.EMULATED);
        if (place == trapped) {
            return;
        }
        int s = tables.siteAt(state, frame, trapped);
        Site site = sites[s];
        int offset = places.offset(trapped, s);
        if (place == trapped + 1 && calls.isInside(calls.pending(state, s), s, offset + 1)) {
            return;
        }
        int versions = cpu.versions.getInt(state, frame);
        int done = functions.doneBy(site, offset, versions, place, cpu.returnTo.getInt(state, frame));
        boolean skipped = place < places.firstFunction() && Functions.anyLeaves(site, offset, versions);
        goOnAt(state, base, frame, place, done, skipped ? Incident.LOST_CALL : Incident.WRONG_TARGET);
    }
}
