// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Field;
import dev.pokecheck.data.FieldPacker;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.compact.LocalSlots;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.TextStore;
import dev.pokecheck.text.Views;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Where everything is in a packed state: what all CPUs share, then one part for each CPU. */
public final class Layout {
    /** Each cell is in every state; with more than a quarter of a megabyte a state no search gets far. */
    private static final int MAX_CELLS = 1 << 16;

    /** The cells of shared variables, kept as distance from the least value. */
    public final Field[] cells;
    /** Whether each object is alive. */
    public final Field[] alive;
    /** The content of each site; sites that overlap have one. */
    public final Field[] content;
    /** The version of each site whose patch call has begun last, where calls are ascending. */
    final Field[] begun;
    /** The version of each site whose patch call has returned last, where calls are ascending. */
    final Field[] returned;
    /** The newest version of each site that a complete execution has seen, where calls are ascending. */
    final Field[] seen;
    /** The versions of each site that any patch call was to bring, where calls are free. */
    final Field[] brought;
    /** The versions of each site that are in force, where calls are free. */
    final Field[] inForce;
    /** The versions of each site that are older than one that a complete execution has seen, where calls are free. */
    final Field[] overtaken;
    /** For each site, those that overlap it and whose last patch call is sure to have taken effect later than its own, as bits. */
    final Field[] beneath;
    /** For each site, those that overlap it and no patch call of which has returned since its own last one began, as bits. */
    final Field[] before;
    /** How far a stop_machine is: an ordinal of {@link dev.pokecheck.cpu.rules.Rendezvous.Phase}. */
    final Field stopPhase;
    /** The CPU that called stop_machine. */
    final Field stopper;
    /** The IF that it had. */
    final Field stopFlag;

    /** Where everything is in the part of a CPU. */
    public final CpuLayout cpu;
    /** The number of CPUs. */
    public final int cpus;
    /** Where the parts of the CPUs lie. */
    final CpuParts parts;

    Layout(
            Scenario scenario,
            Protocol protocol,
            Graph graph,
            LocalSlots slots,
            SiteText[] texts,
            Views[] views,
            int functions) {
        Setting setting = protocol.setting();
        cpus = scenario.cpus();
        FieldPacker shared = new FieldPacker();
        int cellCount = cellCount(protocol);
        cells = new Field[cellCount];
        int next = 0;
        for (Var var : protocol.variables()) {
            for (int i = 0; i < var.length(); i++) {
                cells[next++] = shared.take(var.bits());
            }
        }
        alive = new Field[protocol.objects().size()];
        for (int i = 0; i < alive.length; i++) {
            alive[i] = shared.take(1);
        }
        int sites = texts.length;
        int versionBits = Field.bitsFor(setting.versions() - 1L);
        content = new Field[sites];
        boolean free = !protocol.callOrder().isAscending();
        begun = new Field[sites];
        returned = new Field[sites];
        seen = new Field[sites];
        brought = new Field[sites];
        inForce = new Field[sites];
        overtaken = new Field[sites];
        beneath = new Field[sites];
        before = new Field[sites];
        for (int s = 0; s < sites; s++) {
            takeContent(s, texts[s], shared);
            takeCalls(s, shared, free ? 0 : versionBits, free ? setting.versions() : 0, scenario.watch());
        }
        stopPhase = shared.take(graph.needs(Facility.STOP_MACHINE) ? 2 : 0);
        stopper = shared.take(graph.needs(Facility.STOP_MACHINE) ? Field.bitsFor(cpus - 1L) : 0);
        stopFlag = shared.take(graph.needs(Facility.STOP_MACHINE) ? 1 : 0);
        cpu = new CpuLayout(
                widths(scenario, protocol, graph, slots, regions(texts), views, functions, valueBits(protocol), free));
        parts = new CpuParts(cpus, shared.words(), cpu.words());
    }

    private static int valueBits(Protocol protocol) {
        return protocol.variables().stream().mapToInt(Var::bits).max().orElse(0);
    }

    private static List<Integer> regions(SiteText[] texts) {
        return Arrays.stream(texts).map(text -> text.region().number()).toList();
    }

    private void takeContent(int site, SiteText text, FieldPacker shared) {
        int region = text.region().number();
        content[site] = region == site ? shared.take(text.width()) : content[region];
        int others = text.region().isAlone() ? 0 : content.length;
        beneath[site] = shared.take(others);
        before[site] = shared.take(others);
    }

    private void takeCalls(int site, FieldPacker shared, int numberBits, int setBits, Watch watch) {
        begun[site] = shared.take(numberBits);
        returned[site] = shared.take(numberBits);
        seen[site] = shared.take(watch.backwards() ? numberBits : 0);
        brought[site] = shared.take(setBits);
        inForce[site] = shared.take(setBits);
        overtaken[site] = shared.take(watch.backwards() ? setBits : 0);
    }

    private CpuLayout.Widths widths(
            Scenario scenario,
            Protocol protocol,
            Graph graph,
            LocalSlots slots,
            List<Integer> regions,
            Views[] views,
            int functions,
            int valueBits,
            boolean free) {
        Setting setting = protocol.setting();
        boolean tso = scenario.data() == DataModel.TSO;
        return new CpuLayout.Widths(
                cpus,
                regions,
                Arrays.stream(views).map(Views::bits).toList(),
                Views.areCommon(scenario.fetch()),
                ownStoreBits(scenario, graph),
                IntStream.range(0, views.length)
                        .mapToObj(graph::asksForSerialization)
                        .toList(),
                depth(scenario, graph, !protocol.users().isEmpty()),
                graph.ipi().calls().size(),
                graph.needs(Facility.SUSPENSION),
                graph.needs(Facility.HOTPLUG),
                graph.needs(Facility.GRACE_PERIODS),
                graph.needs(Facility.INTERRUPT_SHADOW),
                scenario.irqs() > 0 && graph.handlersEnableInterrupts(),
                graph.handlerTraps(),
                scenario.nmi() != NmiModel.LATCHED,
                Math.max(scenario.nmis(), Math.max(scenario.irqs(), scenario.mcs())),
                Field.bitsFor(graph.size() - 1L),
                Field.bitsFor(setting.places().firstFunction() + functions - 1L),
                setting.versions(),
                free,
                scenario.watch().stale(),
                scenario.watch().backwards(),
                scenario.watch().group() && content.length > 1,
                pieces(graph.textStores(), scenario.split()),
                tso ? scenario.bufferDepth() : 0,
                Field.bitsFor((long) cells.length + graph.textStores().size()),
                OwnStores.needJumps(scenario, graph) ? Math.max(1, valueBits) : valueBits,
                slots.spans().stream().map(Field::bitsFor).toList());
    }

    /**
     * The contexts that can be on top of each other: each interrupt with its breakpoint, and where the breakpoint handler may hit
     * breakpoints, one for each site.
     */
    private static int depth(Scenario scenario, Graph graph, boolean users) {
        if (scenario.depth() > 0) {
            return scenario.depth();
        }
        int breakpoints = graph.handlerTraps() ? 1 + scenario.sites().size() : 1;
        int depth = 1 + breakpoints;
        depth += graph.needs(Facility.STOP_MACHINE) ? 1 : 0;
        // In a thread with an IRQ, only one of the two is at a breakpoint, unless a handler runs with IF=1.
        depth += scenario.irqs() == 0 ? 0 : users || graph.handlersEnableInterrupts() ? 1 + breakpoints : 1;
        depth += graph.needs(Facility.CALLS) ? 1 + breakpoints : 0;
        depth += nestedNmis(scenario, graph) * (1 + breakpoints);
        depth += scenario.mcs() > 0 ? 1 + breakpoints : 0;
        return depth;
    }

    /** How many NMI handlers can be on a stack: no more than one, except where frames lie on stack levels. */
    private static int nestedNmis(Scenario scenario, Graph graph) {
        int sent = graph.needs(Facility.NMIS) ? 1 : 0;
        return scenario.nmi() == NmiModel.FRED ? scenario.nmis() + sent : Math.min(1, scenario.nmis() + sent);
    }

    private static int cellCount(Protocol protocol) {
        long count = protocol.variables().stream().mapToLong(Var::length).sum();
        if (count > MAX_CELLS) {
            throw new IllegalArgumentException(
                    protocol.name() + " shares " + count + " variables and elements of arrays,"
                            + " and a state holds at most " + MAX_CELLS + "; declare shorter arrays");
        }
        return (int) count;
    }

    private List<Integer> ownStoreBits(Scenario scenario, Graph graph) {
        boolean jumps = OwnStores.keeps(scenario, graph);
        return Arrays.stream(content)
                .map(site -> jumps ? Long.bitCount(site.max()) : 0)
                .toList();
    }

    private static int pieces(List<TextStore> stores, StoreSplit split) {
        return stores.stream()
                .mapToInt(store -> split.pieces(store).size())
                .max()
                .orElse(1);
    }

    /** The words that belong to no CPU: variables, objects, text, and what is marked of it. */
    int sharedWords() {
        return parts.base(0);
    }

    int words() {
        return parts.base(cpus);
    }

    /** The first word of the part of a CPU. */
    public int cpuBase(int number) {
        return parts.base(number);
    }

    /** The number of the CPU whose part begins at a word. */
    int cpuAt(int base) {
        return parts.numberAt(base);
    }

    int[] partStarts() {
        int[] starts = new int[cpus + 1];
        for (int c = 0; c < cpus; c++) {
            starts[c + 1] = cpuBase(c);
        }
        return starts;
    }
}
