// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.compact.LocalSlots;
import dev.pokecheck.step.compact.Shortcuts;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Set;
import java.util.stream.IntStream;

/** What the machine asks of each step again and again, by its number: arrays, so that nothing is allocated or looked up. */
public final class StepTable {
    final Step[] steps;
    final Ways[] ways;
    /** Whether a routine ends with it. */
    final boolean[] end;
    /** Whether it is merged into what comes before it. */
    final boolean[] merges;

    /** Whether it could be a step that need not be interleaved with anything. */
    final boolean[] mayBeSafe;

    /** Whether it can always be taken, and what others may do is the same afterwards. */
    final boolean[] isQuiet;

    /** Whether it is quiet and nothing comes of it but a value, a check and a way to go, so that it leaves the state as it was if it ends the run. */
    final boolean[] evaluates;

    final Visibility[] visibility;
    /** Whether it loads something, where that matters to the fetches behind it; so it can then not be safe either. */
    final boolean[] loads;
    /** Whether a thread that stands there owes nothing. */
    final boolean[] rest;
    /** Whether the CPU goes offline by it. */
    final boolean[] goesOffline;
    /** Whether it is a breakpoint that the protocol does not own. */
    public final boolean[] foreign;
    /** The site that it executes, or -1. */
    public final int[] site;
    /** The offset at which it enters that site. */
    final int[] entry;
    /** Among how many numbers it chooses. */
    final int[] choices;
    /** The local variable that it assigns, or -1. */
    final int[] assigned;
    /** The number of its store to text, or -1. */
    public final int[] textStore;
    /** For each step, the first from there on that does something; the step itself where local steps are actions of their own. */
    final int[] through;
    /** For each word of a frame, the bits that are not dead local variables there. */
    final long[][] keep;

    /** The fields of objects that a step reads and whose values it may have to guess, as the objects may be dead. */
    final int[][] guesses;

    final boolean handlesBreakpoints;
    final boolean sendsNmi;
    final boolean handlersEnable;
    final int breakpointStart;
    final int nmiStart;
    final int irqStart;
    final int mcStart;
    final int stopWait;

    /**
     * Asks each step once.
     *
     * @param guessed those whose values may have to be guessed
     */
    StepTable(Graph graph, LocalSlots slots, CpuLayout cpu, Scenario scenario, Set<Integer> guessed) {
        // Long: a final field can be assigned nowhere else.
        int n = graph.size();
        steps = graph.steps().toArray(Step[]::new);
        ways = new Ways[n];
        end = new boolean[n];
        merges = new boolean[n];
        isQuiet = new boolean[n];
        evaluates = new boolean[n];
        mayBeSafe = new boolean[n];
        visibility = new Visibility[n];
        loads = new boolean[n];
        rest = new boolean[n];
        goesOffline = new boolean[n];
        foreign = new boolean[n];
        site = new int[n];
        entry = new int[n];
        choices = new int[n];
        assigned = new int[n];
        textStore = new int[n];
        keep = new long[n][];
        guesses = new int[n][];
        // Where an STI has a shadow, each step may end it.
        boolean shadows = graph.needs(Facility.INTERRUPT_SHADOW);
        for (int pc = 0; pc < n; pc++) {
            Footprint footprint = graph.footprint(pc);
            ways[pc] = steps[pc].ways();
            end[pc] = steps[pc].isEnd();
            merges[pc] = steps[pc].isLocal() && !end[pc];
            visibility[pc] = footprint.visibility();
            loads[pc] = loads(footprint, scenario);
            isQuiet[pc] = !shadows
                    && (footprint.canOnlyEvaluate() || footprint.check().isPresent());
            evaluates[pc] = isQuiet[pc] && !loads[pc];
            guesses[pc] = footprint.reads().stream()
                    .filter(guessed::contains)
                    .mapToInt(field -> field)
                    .toArray();
            mayBeSafe[pc] = end[pc]
                    || (!steps[pc].isLocal()
                            && visibility[pc] != Visibility.SEEN
                            && guesses[pc].length == 0
                            && !loads[pc]);
            rest[pc] = graph.isRest(pc);
            goesOffline[pc] = footprint.goesOffline();
            foreign[pc] = steps[pc].needs().contains(Facility.FOREIGN_BREAKPOINTS);
            site[pc] = footprint.site().orElse(-1);
            entry[pc] = footprint.entry();
            choices[pc] = footprint.choices();
            assigned[pc] = footprint.assigned().orElse(-1);
            textStore[pc] = footprint.textStore().orElse(-1);
            keep[pc] = keep(cpu, slots.live(pc));
        }
        through = scenario.mergeLocal()
                ? Shortcuts.of(graph, slots)
                : IntStream.range(0, n).toArray();
        handlesBreakpoints = graph.handlesBreakpoints();
        sendsNmi = graph.needs(Facility.NMIS);
        handlersEnable = graph.handlersEnableInterrupts();
        breakpointStart = graph.routines().breakpoint();
        nmiStart = graph.routines().nmi();
        irqStart = graph.routines().irq();
        mcStart = graph.routines().mc();
        stopWait = graph.routines().stopWait();
    }

    private static boolean loads(Footprint footprint, Scenario scenario) {
        boolean locks = footprint.isLocked()
                || footprint.instruction().filter(Sync.LOCK::equals).isPresent();
        return scenario.fetch().window().endsByLoad()
                && (footprint.loads() || (locks && scenario.profile().lockOrdersFetch()));
    }

    /** Clears the bits of dead local variables, so that what can no longer matter is not told apart. */
    private static long[] keep(CpuLayout cpu, BitSet live) {
        long[] keep = new long[cpu.frameWords()];
        Arrays.fill(keep, -1L);
        for (int i = 0; i < cpu.locals.length; i++) {
            if (!live.get(i)) {
                Field field = cpu.locals[i];
                keep[field.word()] &= ~(field.max() << field.shift());
            }
        }
        return keep;
    }
}
