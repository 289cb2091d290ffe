// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Field;
import dev.pokecheck.data.FieldPacker;
import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Graph;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.TextStore;
import dev.pokecheck.text.Views;
import java.util.Arrays;
import java.util.List;

/** Where everything is in a packed state: what all CPUs share, then one part for each CPU. */
public final class Layout {
    /** Each cell is in every state; with more than a quarter of a megabyte a state no search gets far. */
    private static final int MAX_CELLS = 1 << 16;

    /** The cells of shared variables, kept as distance from the least value. */
    public final Field[] cells;
    /** Whether each object is alive. */
    public final Field[] alive;
    /** The content of each site. */
    public final Field[] content;
    /** The version of each site whose patch call has begun last. */
    public final Field[] begun;
    /** The version of each site whose patch call has returned last. */
    public final Field[] returned;
    /** The newest version of each site that a complete execution has seen. */
    public final Field[] seen;
    /** How far a stop_machine is: an ordinal of {@link dev.pokecheck.cpu.rules.Rendezvous.Phase}. */
    final Field stopPhase;
    /** The CPU that called stop_machine. */
    final Field stopper;

    /** Where everything is in the part of a CPU. */
    public final CpuLayout cpu;
    /** The number of CPUs. */
    public final int cpus;
    /** Where the parts of the CPUs lie. */
    final CpuParts parts;

    Layout(Scenario scenario, Protocol protocol, Graph graph, SiteText[] texts, Views[] views, int functions) {
        Setting setting = protocol.setting();
        cpus = scenario.cpus();
        FieldPacker shared = new FieldPacker();
        int cellCount = cellCount(protocol);
        cells = new Field[cellCount];
        int next = 0;
        int valueBits = 0;
        for (Var var : protocol.variables()) {
            for (int i = 0; i < var.length(); i++) {
                cells[next++] = shared.take(var.bits());
            }
            valueBits = Math.max(valueBits, var.bits());
        }
        alive = new Field[protocol.objects().size()];
        for (int i = 0; i < alive.length; i++) {
            alive[i] = shared.take(1);
        }
        int sites = texts.length;
        int versionBits = Field.bitsFor(setting.versions() - 1L);
        content = new Field[sites];
        begun = new Field[sites];
        returned = new Field[sites];
        seen = new Field[sites];
        for (int s = 0; s < sites; s++) {
            content[s] = shared.take(texts[s].width());
            begun[s] = shared.take(versionBits);
            returned[s] = shared.take(versionBits);
            seen[s] = shared.take(scenario.watch().backwards() ? versionBits : 0);
        }
        stopPhase = shared.take(graph.needs(Facility.STOP_MACHINE) ? 2 : 0);
        stopper = shared.take(graph.needs(Facility.STOP_MACHINE) ? Field.bitsFor(cpus - 1L) : 0);
        int firstCpu = shared.words();

        cpu = new CpuLayout(widths(scenario, graph, setting, views, functions, valueBits));
        parts = new CpuParts(cpus, firstCpu, cpu.words());
    }

    private CpuLayout.Widths widths(
            Scenario scenario, Graph graph, Setting setting, Views[] views, int functions, int valueBits) {
        boolean tso = scenario.data() == DataModel.TSO;
        return new CpuLayout.Widths(
                cpus,
                Arrays.stream(views).map(Views::bits).toList(),
                depth(scenario, graph),
                graph.needs(Facility.GRACE_PERIODS),
                scenario.nmi() == NmiModel.HARDWARE,
                Math.max(scenario.nmis(), Math.max(scenario.irqs(), scenario.mcs())),
                Field.bitsFor(graph.size() - 1L),
                Field.bitsFor(setting.places().firstFunction() + functions - 1L),
                setting.versions(),
                scenario.watch().stale(),
                scenario.watch().backwards(),
                scenario.watch().group() && content.length > 1,
                pieces(graph.textStores(), scenario.split()),
                tso ? scenario.bufferDepth() : 0,
                Field.bitsFor((long) cells.length + graph.textStores().size()),
                valueBits,
                graph.localSpans().stream().map(Field::bitsFor).toList());
    }

    /** The contexts that can be on top of each other, and one more to notice recursion by. */
    private static int depth(Scenario scenario, Graph graph) {
        int depth = 2;
        depth += graph.needs(Facility.STOP_MACHINE) ? 1 : 0;
        depth += scenario.irqs() > 0 ? 1 : 0;
        depth += scenario.nmis() > 0 || graph.needs(Facility.NMIS) ? 2 : 0;
        depth += scenario.mcs() > 0 ? 2 : 0;
        return depth;
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

    private static int pieces(List<TextStore> stores, StoreSplit split) {
        return stores.stream()
                .mapToInt(store -> split.pieces(store).size())
                .max()
                .orElse(1);
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
