// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * The control-flow graph of a protocol: the steps of all routines, one after the other, and where each routine begins. The number of a step is
 * the program counter of the context that stands at it. Immutable.
 */
public final class Graph {
    private final Step[] steps;
    private final Footprint[] footprints;
    private final boolean[] rests;
    private final Routines routines;
    private final LocalRanges[] locals;
    private final List<TextStore> textStores;
    private final List<TextRead> textReads;
    private final Ipi ipi;

    /**
     * Where routines begin; -1 for one that there is not.
     *
     * @param threads the thread of each CPU
     * @param breakpoint the breakpoint handler
     * @param nmi the NMI handler
     * @param irq the IRQ handler
     * @param mc the machine check handler
     * @param stopWait what a thread taken over by {@code stop_machine} does before and after its function
     */
    public record Routines(List<Integer> threads, int breakpoint, int nmi, int irq, int mc, int stopWait) {
        /** Copies the list. */
        public Routines {
            threads = List.copyOf(threads);
        }
    }

    /**
     * What the handlers of IPIs do.
     *
     * @param sync the instruction that they execute
     * @param returnsByIret whether they return by IRET
     * @param calls the functions that other IPIs run, one for each statement that calls
     */
    public record Ipi(Sync sync, boolean returnsByIret, List<Call> calls) {
        /** Copies the list. */
        public Ipi {
            calls = List.copyOf(calls);
        }
    }

    /**
     * A function that runs in the handlers of IPIs.
     *
     * @param start its first step
     * @param waits whether the caller waits until it has run
     */
    public record Call(int start, boolean waits) {}

    /**
     * Puts the parts together.
     *
     * @param rests the steps at which a thread may stay for ever
     * @param locals for each step, the local variables of the routine that it belongs to
     */
    public Graph(
            List<Step> steps,
            Routines routines,
            List<Integer> rests,
            List<LocalRanges> locals,
            List<TextStore> textStores,
            List<TextRead> textReads,
            Ipi ipi) {
        this.steps = steps.toArray(Step[]::new);
        footprints = steps.stream().map(Step::footprint).toArray(Footprint[]::new);
        this.routines = routines;
        this.textStores = List.copyOf(textStores);
        this.textReads = List.copyOf(textReads);
        this.ipi = ipi;
        this.locals = locals.toArray(LocalRanges[]::new);
        this.rests = new boolean[this.steps.length];
        rests.forEach(this::markRest);
    }

    /** A thread at rest owes nothing; nor does one that has only local steps between itself and the place of rest. */
    private void markRest(int pc) {
        if (!rests[pc]) {
            rests[pc] = true;
            if (steps[pc].isLocal()) {
                next(pc).forEach(this::markRest);
            }
        }
    }

    /** The number of steps. */
    public int size() {
        return steps.length;
    }

    /** A step. */
    public Step step(int pc) {
        return steps[pc];
    }

    /** All steps, in order. */
    public List<Step> steps() {
        return List.of(steps);
    }

    /** What a step itself may read, write and set off. */
    public Footprint footprint(int pc) {
        return footprints[pc];
    }

    /** Whether a thread that stands at a step owes nothing. */
    public boolean isRest(int pc) {
        return rests[pc];
    }

    /** Where routines begin. */
    public Routines routines() {
        return routines;
    }

    /** The stores to text, by their numbers. */
    public List<TextStore> textStores() {
        return textStores;
    }

    /** The loads of text, by their numbers. */
    public List<TextRead> textReads() {
        return textReads;
    }

    /** What the handlers of IPIs do. */
    public Ipi ipi() {
        return ipi;
    }

    /** Whether the protocol handles breakpoints. */
    public boolean handlesBreakpoints() {
        return routines.breakpoint() >= 0;
    }

    /** Whether some step needs a facility. */
    public boolean needs(Facility facility) {
        for (Step step : steps) {
            if (step.needs().contains(facility)) {
                return true;
            }
        }
        return false;
    }

    /** Whether a handler of a breakpoint or an interrupt may set IF, so that a maskable interrupt can come while it runs. */
    public boolean handlersEnableInterrupts() {
        return IntStream.concat(
                        IntStream.of(routines.breakpoint(), routines.nmi(), routines.irq(), routines.mc()),
                        ipi.calls().stream().mapToInt(Call::start))
                .anyMatch(start -> reaches(start, Footprint::enables));
    }

    /** Whether the breakpoint handler may itself hit a breakpoint. */
    public boolean handlerTraps() {
        return reaches(routines.breakpoint(), Footprint::mayTrap);
    }

    /** Whether from the first step of a routine, if it is one, some step can be reached. */
    private boolean reaches(int start, Predicate<Footprint> wanted) {
        boolean[] seen = new boolean[steps.length];
        Deque<Integer> open = new ArrayDeque<>(start < 0 ? List.of() : List.of(start));
        while (!open.isEmpty()) {
            int pc = open.removeLast();
            if (!seen[pc]) {
                seen[pc] = true;
                if (wanted.test(footprints[pc])) {
                    return true;
                }
                open.addAll(next(pc));
            }
        }
        return false;
    }

    /** Whether some step asks which handlers CPUs are in. */
    public boolean asksForHandlers() {
        for (Footprint footprint : footprints) {
            if (footprint.codes().stream().anyMatch(Code::asksForHandlers)) {
                return true;
            }
        }
        return false;
    }

    /** Whether some expression asks whether every CPU has serialized since the last store to a site. */
    public boolean asksForSerialization(int site) {
        for (Footprint footprint : footprints) {
            if (footprint.codes().stream().anyMatch(code -> code.sitesAskedFor().contains(site))) {
                return true;
            }
        }
        return false;
    }

    /** The ranges of the local variables of the routine that a step belongs to. */
    public LocalRanges locals(int pc) {
        return locals[pc];
    }

    /** The least value of a local variable of the routine that a step belongs to. */
    public int localMin(int pc, int local) {
        return locals[pc].min(local);
    }

    /** The greatest value of a local variable of the routine that a step belongs to. */
    public int localMax(int pc, int local) {
        return locals[pc].max(local);
    }

    /** Whether a local variable of the routine that a step belongs to can have all values from one to another. */
    public boolean holds(int pc, int local, int min, int max) {
        return min >= localMin(pc, local) && max <= localMax(pc, local);
    }

    /** How many values an expression has in hand at most. */
    public int valuesInHand() {
        int most = 0;
        for (Footprint footprint : footprints) {
            for (Code code : footprint.codes()) {
                most = Math.max(most, code.depth());
            }
        }
        return most;
    }

    /** Whether a routine does nothing but local steps, which no other context can notice. */
    public boolean isEmpty(int start) {
        int pc = start;
        while (steps[pc].isLocal() && !steps[pc].isEnd()) {
            pc++;
        }
        return steps[pc].isEnd();
    }

    /** The steps to which control may go from a step. */
    public List<Integer> next(int pc) {
        Flow flow = steps[pc].flow();
        List<Integer> next = new ArrayList<>();
        if (flow.goesOn()) {
            next.add(pc + 1);
        }
        if (flow.target() != Flow.NOWHERE) {
            next.add(flow.target());
        }
        return next;
    }
}
