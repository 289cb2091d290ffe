// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.Step;

/**
 * What the code from each step on may still do: which shared variables it may read and write, as sets of bits, and whether it may
 * interrupt others. It follows from the {@link Footprint} of each. Variables share bits modulo 64: an over-approximation, hence sound.
 */
class Accesses {
    /** For each step, the variables that it accesses itself. */
    final long[] own;
    /** For each step, what it and all that can follow it in its context may read. */
    final long[] reads;
    /** The same for writes. */
    final long[] writes;
    /** Whether it may interrupt threads of other CPUs, by sync* or stop_machine. */
    final boolean[] interrupts;
    /** What functions of stop_machine, started from here on, may read on other CPUs. */
    final long[] stopReads;
    /** The same for writes. */
    final long[] stopWrites;

    private final Graph graph;
    private final Protocol protocol;

    static Accesses of(Graph graph, Protocol protocol) {
        Accesses accesses = new Accesses(graph, protocol);
        accesses.gather();
        return accesses;
    }

    /** Knows of nothing that a step may do before {@link #gather}. */
    Accesses(Graph graph, Protocol protocol) {
        this.graph = graph;
        this.protocol = protocol;
        int n = graph.size();
        own = new long[n];
        reads = new long[n];
        writes = new long[n];
        interrupts = new boolean[n];
        stopReads = new long[n];
        stopWrites = new long[n];
    }

    /** Works out what follows from what each step does itself. */
    final void gather() {
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int pc = graph.size() - 1; pc >= 0; pc--) {
                changed |= update(pc);
            }
        }
    }

    private boolean update(int pc) {
        long r = reads[pc];
        long w = writes[pc];
        boolean d = interrupts[pc];
        long sr = stopReads[pc];
        long sw = stopWrites[pc];
        own(pc, graph.step(pc));
        for (int next : graph.next(pc)) {
            add(pc, next);
        }
        return r != reads[pc] || w != writes[pc] || d != interrupts[pc] || sr != stopReads[pc] || sw != stopWrites[pc];
    }

    private void add(int pc, int from) {
        reads[pc] |= reads[from];
        writes[pc] |= writes[from];
        interrupts[pc] |= interrupts[from];
        stopReads[pc] |= stopReads[from];
        stopWrites[pc] |= stopWrites[from];
    }

    /** Adds what a step does itself. */
    void own(int pc, Step step) {
        Footprint footprint = graph.footprint(pc);
        long read = bits(footprint.reads());
        long written = bits(footprint.writes());
        own[pc] = read | written;
        reads[pc] |= read;
        writes[pc] |= written;
        interrupts[pc] |= footprint.interrupts();
        if (footprint.mayTrap()) {
            if (graph.handlesBreakpoints()) {
                add(pc, graph.routines().breakpoint());
            }
            protocol.unlock()
                    .ifPresent(effect -> writes[pc] |= bit(effect.cell().var().id()));
        }
        footprint.object().ifPresent(object -> writes[pc] |= fieldsOf(object));
        footprint.routine().ifPresent(routine -> {
            stopReads[pc] |= reads[routine];
            stopWrites[pc] |= writes[routine];
        });
    }

    private long fieldsOf(int object) {
        return bits(protocol.variables().stream()
                .filter(var -> var.object() == object)
                .map(Var::id)
                .toList());
    }

    private static long bits(Iterable<Integer> variables) {
        long bits = 0;
        for (int variable : variables) {
            bits |= bit(variable);
        }
        return bits;
    }

    /** The bit of a variable. */
    static long bit(int variable) {
        return 1L << (variable & 63);
    }
}
