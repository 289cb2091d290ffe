// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.DeadObjects;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.compact.LocalSlots;
import dev.pokecheck.step.op.Lowering;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.TableRoom;
import dev.pokecheck.text.Views;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.LongStream;

/** What all parts of a machine share. Only the fetch histories change: they grow. */
public final class MachineTables {
    /** The scenario. */
    public final Scenario scenario;
    /** The protocol. */
    public final Protocol protocol;
    /** Its steps. */
    public final Graph graph;
    /** The sites, by their numbers. */
    public final Site[] sites;
    /** What each can hold. */
    public final SiteText[] texts;
    /** What CPUs may see of each. */
    public final Views[] views;
    /** Addresses as small numbers. */
    public final Places places;
    /** The functions that sites call. */
    public final Functions functions;
    /** Which sites are copies of others. */
    final Copies copies;
    /** The pieces in which stores to text reach memory. */
    public final TextPieces pieces;
    /** The loads of text. */
    final TextReads reads;
    /** Where everything is in a packed state. */
    public final Layout layout;
    /** Where everything is in the part of a CPU. */
    public final CpuLayout cpu;
    /** The local variables of contexts. */
    public final Locals locals;
    /** The cells of shared variables. */
    public final Memory memory;
    /** What is asked of each step again and again. */
    public final StepTable steps;
    /** What the patch calls ask for. */
    public final PatchCalls calls;
    /** Whose text stands where sites overlap. */
    final SharedBytes sharedBytes;
    /** The rules of CPUs. */
    public final CpuRules rules;
    /** Whether stores go through buffers. */
    public final boolean tso;

    MachineTables(Scenario scenario, Protocol protocol, TableRoom room) {
        this.scenario = scenario;
        this.protocol = protocol;
        graph = Lowering.of(protocol);
        sites = protocol.setting().sites().toArray(Site[]::new);
        places = protocol.setting().places();
        texts = new SiteText[sites.length];
        for (int s = 0; s < sites.length; s++) {
            texts[s] = new SiteText(sites[s], places.region(sites[s]), graph.textStores());
        }
        views = Views.of(texts, scenario.fetch(), scenario.chunk(), scenario.fetchCoherent(), room);
        functions = new Functions(protocol, places);
        copies = new Copies(protocol.copies(), places);
        pieces = new TextPieces(graph.textStores(), scenario.split(), texts, graph.textReads(), scenario.chunk());
        reads = new TextReads(graph.textReads(), texts);
        LocalSlots slots = new LocalSlots(graph);
        layout = new Layout(scenario, protocol, graph, slots, texts, views, functions.count());
        cpu = layout.cpu;
        locals = new Locals(graph, slots, cpu);
        memory = new Memory(protocol.variables(), layout);
        steps = new StepTable(graph, slots, cpu, scenario, guessed());
        calls = PatchCalls.of(protocol.callOrder(), layout, sites, places, steps.site);
        sharedBytes = new SharedBytes(calls, layout, texts, places);
        rules = new CpuRules(scenario, graph, layout, places, protocol.users());
        tso = scenario.data() == DataModel.TSO;
    }

    /** The site that a context executes, here or in a copy of it; -1 if it executes none. */
    int executed(long[] state, int frame) {
        return steps.site[cpu.pc.getInt(state, frame)];
    }

    /** The site in which a context has a place: of several the one that it executes. */
    public int siteAt(long[] state, int frame, int place) {
        return places.siteAt(place, executed(state, frame));
    }

    /** The site that a context fetches from next. */
    public int fetchedFrom(long[] state, int frame) {
        int place = cpu.place.getInt(state, frame);
        return place == 0 ? executed(state, frame) : siteAt(state, frame, place);
    }

    private Set<Integer> guessed() {
        Set<Integer> fields = new TreeSet<>();
        for (Var var : protocol.variables()) {
            if (scenario.deadObjects() == DeadObjects.ANY && var.object() >= 0) {
                fields.add(var.id());
            }
        }
        return fields;
    }

    /** Whether a variable is a field of an object that is dead, and what is read there is anybody's guess. */
    boolean isGuessed(long[] state, Var var) {
        return scenario.deadObjects() == DeadObjects.ANY
                && var.object() >= 0
                && !layout.alive[var.object()].isSet(state, 0);
    }

    /** Whether a step reads a field of a dead object, so that each of its ways is a guess. */
    boolean guesses(long[] state, int pc) {
        for (int field : steps.guesses[pc]) {
            if (isGuessed(state, memory.variable(field))) {
                return true;
            }
        }
        return false;
    }

    /** How many guesses a step has: one for each combination of values of the dead fields that it reads. */
    int guessCount(long[] state, int pc) {
        int count = 1;
        for (int field : steps.guesses[pc]) {
            Var var = memory.variable(field);
            count *= isGuessed(state, var) ? values(var) : 1;
        }
        return count;
    }

    /** The value of a dead field in one of a step's guesses. */
    int guess(long[] state, int pc, Var asked, int number) {
        int rest = number;
        for (int field : steps.guesses[pc]) {
            Var var = memory.variable(field);
            if (var.id() == asked.id()) {
                return var.min() + rest % values(var);
            }
            rest /= isGuessed(state, var) ? values(var) : 1;
        }
        return asked.min();
    }

    private static int values(Var var) {
        return var.max() - var.min() + 1;
    }

    /** Whether the IRET of a handler can execute: one that serializes waits for the store buffer. */
    boolean mayIret(long[] state, int base) {
        return drained(state, base) || !rules.serialization.byIret();
    }

    /** Whether the store buffer of a CPU is empty. */
    boolean drained(long[] state, int base) {
        return !tso || cpu.buffer.size(state, base) == 0;
    }

    /** The situations that were reached, then the fetch histories of each site. */
    long[] save(long reached) {
        LongStream.Builder out = LongStream.builder();
        out.add(reached);
        for (Views of : views) {
            long[] saved = of.save();
            out.add(saved.length);
            LongStream.of(saved).forEach(out::add);
        }
        return out.build().toArray();
    }

    /** Takes over what {@link #save} has returned. */
    void restore(long[] saved) {
        int at = 1;
        for (Views of : views) {
            if (at >= saved.length || saved[at] < 1 || saved[at] > saved.length - at - 1) {
                throw otherSites();
            }
            int from = at + 1;
            at = from + (int) saved[at];
            of.restore(Arrays.copyOfRange(saved, from, at));
        }
        if (at != saved.length) {
            throw otherSites();
        }
    }

    private static IllegalArgumentException otherSites() {
        return new IllegalArgumentException("the tables are those of a machine with other sites");
    }
}
