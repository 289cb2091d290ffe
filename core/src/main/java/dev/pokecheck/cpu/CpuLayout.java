// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import dev.pokecheck.data.Field;
import dev.pokecheck.data.FieldPacker;
import dev.pokecheck.data.StoreBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The fields of one CPU in a packed state: a header, the views of the sites, the store buffer, and the stack of contexts. All
 * offsets are relative to the first word of the CPU; those of a frame to the first word of the frame.
 */
public final class CpuLayout {
    /** The index of the top context. */
    public final Field top;
    /** IF. */
    public final Field interruptFlag;
    /** Whether STI holds maskable interrupts off. */
    public final Field interruptShadow;
    /** Whether an IRQ is in service. */
    public final Field irqInService;
    /** Whether the hardware blocks NMIs (not with {@link NmiModel#LATCHED}). */
    public final Field nmiBlocked;
    /** Whether an NMI handler is on the stack. */
    public final Field inNmi;
    /** Whether a machine check handler is on the stack. */
    public final Field inMc;
    /** Whether an NMI was sent and is not yet delivered. */
    public final Field nmiPending;
    /** The CPUs that wait for this one to synchronise, as bits. */
    public final Field syncRequests;
    /** The CPUs whose call this one has not taken, as bits. */
    public final Field callsQueued;
    /** The CPUs to which this one has to give a request back, as bits. */
    public final Field callsOwed;
    /** The CPUs whose function has ended here, and whose request is given back once the store buffer is empty, as bits. */
    public final Field callsEnded;
    /** The statement by which this CPU has called last. */
    public final Field calling;
    /** The CPUs whose grace period waits until this one's handlers are done, as bits. */
    public final Field handlersOwed;
    /** The CPUs whose grace period waits until this one's thread has left all sites, as bits. */
    public final Field sitesOwed;
    /** How many spontaneous NMIs may still come. */
    public final Field nmiBudget;
    /** How many spontaneous IRQs may still come. */
    public final Field irqBudget;
    /** How many machine checks may still come. */
    public final Field mcBudget;
    /** Whether the thread may not be taken off the CPU. */
    public final Field preemptOff;
    /** The part of this CPU in {@code stop_machine}: 0 none, 1 arrived, 2 its function is done. */
    public final Field stopState;
    /** Whether the CPU is offline. */
    public final Field offline;
    /** Whether the thread is suspended: 0 no, 1 somebody asks for it, 2 yes. */
    public final Field suspension;
    /** Which pieces of the oldest buffered text store have reached memory already. */
    public final Field drainedPieces;
    /** Whether something is delivered that waits until the store buffer is empty. */
    public final Field delivering;
    /** The view of each site; where one view is of all sites, the same field for each, and so where sites overlap. */
    public final Field[] views;
    /**
     * For each site, the bits of its content that this CPU has stored in place and no other has since, and which it is sure to fetch after its next
     * jump. Only where the profile asks for a jump. Sites that overlap have one field.
     */
    public final Field[] ownStores;
    /** For each site, whether this CPU has not serialized, or jumped, since the last store to it, as far as it needs to and a postcondition asks. */
    public final Field[] unserialized;
    /** For each site, the version that a patch call of this CPU is bringing, and 1; 0 if none is. Only where calls are free. */
    public final Field[] call;
    /** For each site, the versions in force when that call began, as bits; less those that came into force since. */
    public final Field[] callBefore;
    /** The store buffer. */
    public final StoreBuffer buffer;

    /** What a context is: an ordinal of {@link ContextKind}. */
    public final Field kind;
    /** The next statement of the routine. */
    public final Field pc;
    /** The place in a site or function: 0 while in the routine itself. */
    public final Field place;
    /** The return address on the modelled stack: a place; 0 if there is none. */
    public final Field returnTo;
    /** For #BP: the place of the breakpoint itself, to judge what the handler made of it. */
    public final Field trapped;
    /** For #BP: whether what all CPUs share has changed since the handler began. */
    public final Field changed;
    /** The versions with which the present execution of a site is consistent, as bits; 0 before it began. */
    public final Field versions;
    /** The newest version whose patch had returned when the present execution began; where calls are free, what it may see, as bits. */
    public final Field returned;
    /**
     * The newest version that a complete execution had seen when the present one began; where calls are free, what was overtaken then, as bits.
     */
    public final Field seen;
    /** The versions with which all executions of the present path are consistent, as bits. */
    public final Field path;
    /** IF of the context, saved while another lies on top of it. */
    public final Field savedInterruptFlag;
    /** In the handler of an IPI, the CPUs whose functions it has taken and not begun, as bits. */
    public final Field callsTaken;
    /** In the handler of an IPI, the CPU that waits for the function that it runs, and 1. */
    public final Field callOf;
    /** IF of the context, kept while it runs with IF=0 what it has asked all CPUs to run. */
    public final Field keptInterruptFlag;
    /** Which pieces of a text store in progress are done. */
    public final Field storedPieces;
    /** The local variables of the routine. */
    public final Field[] locals;

    private final int firstFrame;
    private final int frameWords;
    private final int depth;

    /**
     * The widths that depend on protocol and scenario.
     *
     * @param cpus the number of CPUs
     * @param regions for each site, the first of those that it overlaps, directly or through others, or itself
     * @param viewBits of the view of each site
     * @param commonView whether one view is of all sites
     * @param ownStoreBits of the content of each site, where a CPU has to jump before it is sure to fetch its own stores; else 0
     * @param asked for each site, whether it is asked who has serialized since the last store to it
     * @param depth the number of contexts that the stack holds
     * @param calls the number of statements that call functions on other CPUs
     * @param suspends whether threads can be suspended
     * @param hotplug whether CPUs can go offline
     * @param graces whether there are grace periods
     * @param shadow whether the shadow of STI is modelled
     * @param service whether an IRQ can be in service while others can come
     * @param nests whether a breakpoint handler may hit breakpoints itself
     * @param hardwareNmi whether blocking by hardware is modelled
     * @param maxBudget the largest budget of any interrupt
     * @param pcBits of a statement number
     * @param placeBits of a place
     * @param versionCount the largest number of versions of a site
     * @param freeCalls whether patch calls bring versions in any order
     * @param monitorReturned whether {@code stale} is watched
     * @param monitorSeen whether {@code backwards} is watched
     * @param monitorPath whether {@code group} is watched
     * @param pieces the largest number of pieces of a text store, 1 if every store is whole
     * @param bufferDepth of the store buffer, 0 for none
     * @param bufferTargetBits of a target in the buffer
     * @param bufferValueBits of a value in the buffer
     * @param localBits the widths of the local variables
     */
    public record Widths(
            int cpus,
            List<Integer> regions,
            List<Integer> viewBits,
            boolean commonView,
            List<Integer> ownStoreBits,
            List<Boolean> asked,
            int depth,
            int calls,
            boolean suspends,
            boolean hotplug,
            boolean graces,
            boolean shadow,
            boolean service,
            boolean nests,
            boolean hardwareNmi,
            int maxBudget,
            int pcBits,
            int placeBits,
            int versionCount,
            boolean freeCalls,
            boolean monitorReturned,
            boolean monitorSeen,
            boolean monitorPath,
            int pieces,
            int bufferDepth,
            int bufferTargetBits,
            int bufferValueBits,
            List<Integer> localBits) {}

    /** Lays a CPU out. */
    public CpuLayout(Widths w) {
        // Long: a final field can be assigned nowhere else.
        depth = w.depth;
        int budgetBits = Field.bitsFor(w.maxBudget);
        int versionBits = w.freeCalls ? w.versionCount : Field.bitsFor(w.versionCount - 1L);
        int callBits = w.freeCalls ? Field.bitsFor(w.versionCount) : 0;
        int pieceBits = w.pieces > 1 ? w.pieces : 0;
        FieldPacker header = new FieldPacker();
        top = header.take(Field.bitsFor(w.depth - 1L));
        interruptFlag = header.take(1);
        nmiBlocked = header.take(w.hardwareNmi ? 1 : 0);
        inNmi = header.take(1);
        inMc = header.take(1);
        nmiPending = header.take(1);
        syncRequests = header.take(w.cpus);
        handlersOwed = header.take(w.graces ? w.cpus : 0);
        sitesOwed = header.take(w.graces ? w.cpus : 0);
        nmiBudget = header.take(budgetBits);
        irqBudget = header.take(budgetBits);
        mcBudget = header.take(budgetBits);
        preemptOff = header.take(1);
        stopState = header.take(2);
        interruptShadow = header.take(w.shadow ? 1 : 0);
        irqInService = header.take(w.service ? 1 : 0);
        offline = header.take(w.hotplug ? 1 : 0);
        suspension = header.take(w.suspends ? 2 : 0);
        int callers = w.calls > 0 ? w.cpus : 0;
        callsQueued = header.take(callers);
        callsOwed = header.take(callers);
        callsEnded = header.take(callers);
        calling = header.take(w.calls > 0 ? Field.bitsFor(w.calls - 1L) : 0);
        drainedPieces = header.take(w.bufferDepth > 0 ? pieceBits : 0);
        delivering = header.take(w.bufferDepth > 0 ? 1 : 0);
        views = views(header, w);
        ownStores = header.take(w.regions, w.ownStoreBits);
        unserialized = w.asked.stream().map(asked -> header.take(asked ? 2 : 0)).toArray(Field[]::new);
        call = w.viewBits.stream().map(site -> header.take(callBits)).toArray(Field[]::new);
        callBefore = w.viewBits.stream()
                .map(site -> header.take(w.freeCalls ? w.versionCount : 0))
                .toArray(Field[]::new);
        buffer = new StoreBuffer(header, w.bufferDepth, w.bufferTargetBits, w.bufferValueBits);
        firstFrame = header.words();

        FieldPacker frame = new FieldPacker();
        kind = frame.take(3);
        pc = frame.take(w.pcBits);
        place = frame.take(w.placeBits);
        returnTo = frame.take(w.placeBits);
        trapped = frame.take(w.placeBits);
        changed = frame.take(w.nests ? 1 : 0);
        versions = frame.take(w.versionCount);
        returned = frame.take(w.monitorReturned ? versionBits : 0);
        seen = frame.take(w.monitorSeen ? versionBits : 0);
        path = frame.take(w.monitorPath ? w.versionCount : 0);
        savedInterruptFlag = frame.take(1);
        callsTaken = frame.take(callers);
        callOf = frame.take(w.calls > 0 ? Field.bitsFor(w.cpus) : 0);
        keptInterruptFlag = frame.take(w.calls > 0 ? 1 : 0);
        storedPieces = frame.take(w.bufferDepth > 0 ? 0 : pieceBits);
        List<Field> fields = new ArrayList<>();
        for (int bits : w.localBits) {
            fields.add(frame.take(bits));
        }
        locals = fields.toArray(Field[]::new);
        frameWords = frame.words();
    }

    private static Field[] views(FieldPacker header, Widths w) {
        if (w.commonView) {
            return Collections.nCopies(w.viewBits.size(), header.take(w.viewBits.get(0)))
                    .toArray(Field[]::new);
        }
        return header.take(w.regions, w.viewBits);
    }

    /** The words of one CPU. */
    public int words() {
        return firstFrame + depth * frameWords;
    }

    /** The number of contexts that the stack holds. */
    public int depth() {
        return depth;
    }

    /** The words of one frame. */
    public int frameWords() {
        return frameWords;
    }

    /** The first word of a frame. */
    public int frame(int base, int level) {
        return base + firstFrame + level * frameWords;
    }

    /** The first word of the top frame. */
    public int topFrame(long[] state, int base) {
        return frame(base, top.getInt(state, base));
    }

    /** Whether a handler of a kind is on the stack, at its top or under others. */
    public boolean isOnStack(long[] state, int base, ContextKind handler) {
        for (int level = top.getInt(state, base); level > 0; level--) {
            if (kind.getInt(state, frame(base, level)) == handler.ordinal()) {
                return true;
            }
        }
        return false;
    }

    /** Puts a context on top, with IF saved and cleared; its place and locals are zero. Returns its frame. */
    public int push(long[] state, int base, ContextKind what, int statement) {
        int level = top.getInt(state, base);
        savedInterruptFlag.set(state, frame(base, level), interruptFlag.get(state, base));
        interruptFlag.set(state, base, 0);
        top.set(state, base, level + 1L);
        int f = frame(base, level + 1);
        kind.set(state, f, what.ordinal());
        pc.set(state, f, statement);
        return f;
    }

    /** Takes the top context away and restores IF of the one below. */
    public void pop(long[] state, int base) {
        int level = top.getInt(state, base);
        int f = frame(base, level);
        for (int i = 0; i < frameWords; i++) {
            state[f + i] = 0;
        }
        top.set(state, base, level - 1L);
        int below = frame(base, level - 1);
        interruptFlag.set(state, base, savedInterruptFlag.get(state, below));
        savedInterruptFlag.set(state, below, 0);
    }
}
