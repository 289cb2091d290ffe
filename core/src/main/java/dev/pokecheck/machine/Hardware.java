// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.TableRoom;
import dev.pokecheck.text.Views;

/** The tables that all parts of a machine share, and what the present step has run into. */
final class Hardware {
    /** A step begins an execution, ends one, or both, or marks a patch call. */
    private static final int MAX_EVENTS = 4;

    final Scenario scenario;
    final Protocol protocol;
    final Program program;
    final Op[] ops;
    final Site[] sites;
    final SiteText[] texts;
    final Views[] views;
    final Places places;
    final Functions functions;
    final TextPieces pieces;
    final Layout layout;
    final CpuLayout cpu;
    final Memory memory;
    final Evaluator evaluator;
    final boolean tso;
    final boolean hardwareNmi;
    final boolean iretSerializes;
    final boolean ipiSerializes;
    final boolean ipiDrains;

    /** What went wrong in the present step, as bits of {@link Incident}. */
    long incidents;
    /** Whether the present step has completed something: an execution, a patch call, the round of a thread. */
    boolean progressed;
    /** What the present step has added to the history of executions and patch calls: {@link Event}. */
    private final long[] events = new long[MAX_EVENTS];

    private int eventCount;

    /** The situations met so far, as bits of {@link Reached}. */
    long reached;

    Hardware(Scenario scenario, Protocol protocol, TableRoom room) {
        this.scenario = scenario;
        this.protocol = protocol;
        program = new Program(protocol);
        ops = program.ops;
        sites = protocol.setting().sites().toArray(Site[]::new);
        places = protocol.setting().places();
        texts = new SiteText[sites.length];
        views = new Views[sites.length];
        for (int s = 0; s < sites.length; s++) {
            texts[s] = new SiteText(sites[s], program.textStores);
            views[s] = new Views(texts[s], scenario.fetch(), scenario.chunk(), scenario.fetchCoherent(), room);
        }
        functions = new Functions(protocol, places);
        pieces = new TextPieces(program.textStores, scenario.split(), texts);
        layout = new Layout(scenario, protocol, program, texts, views, functions.count());
        cpu = layout.cpu;
        memory = new Memory(protocol.variables(), layout);
        evaluator = new Evaluator(layout, program, memory);
        tso = scenario.data() == DataModel.TSO;
        hardwareNmi = scenario.nmi() == NmiModel.HARDWARE;
        iretSerializes = scenario.profile().serializes(Sync.IRET);
        ipiSerializes = (iretSerializes && program.ipiReturnsByIret)
                || scenario.profile().serializes(program.ipiSync);
        ipiDrains = ipiSerializes || program.ipiSync.drainsStores();
        program.clearDeadLocals(cpu);
    }

    void clearEvents() {
        eventCount = 0;
    }

    void event(long event) {
        events[eventCount++] = event;
    }

    int events() {
        return eventCount;
    }

    long event(int number) {
        return events[number];
    }

    void incident(Incident incident) {
        incidents |= incident.bit();
    }

    void reach(Reached what) {
        reached |= what.bit();
    }

    void reachDuringPatch(long[] state, Reached what) {
        for (int s = 0; s < sites.length; s++) {
            if (layout.begun[s].get(state, 0) != layout.returned[s].get(state, 0)) {
                reach(what);
            }
        }
    }

    /** Whether the store buffer of a CPU is empty. */
    boolean drained(long[] state, int base) {
        return !tso || cpu.buffer.size(state, base) == 0;
    }

    /** Ends staleness for a CPU. */
    void serialize(long[] state, int base) {
        for (int s = 0; s < sites.length; s++) {
            long content = layout.content[s].get(state, 0);
            cpu.views[s].set(state, base, views[s].serialized(cpu.views[s].getInt(state, base), content));
        }
    }

    /** Whether nothing has happened behind which an execution means nothing. */
    boolean goesOn() {
        return (incidents & ~Incident.NOTED) == 0;
    }
}
