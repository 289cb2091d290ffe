// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Field;
import dev.pokecheck.data.FieldPacker;
import dev.pokecheck.data.Var;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.StoreSplit;
import dev.pokecheck.text.TextStore;
import dev.pokecheck.text.Views;
import java.util.Arrays;
import java.util.List;

/** Where everything is in a packed state: what all CPUs share, then one part for each CPU. */
final class Layout {
    /** Each cell is in every state; with more than a quarter of a megabyte a state no search gets far. */
    private static final int MAX_CELLS = 1 << 16;

    /** The cells of shared variables, kept as distance from the least value. */
    final Field[] cells;
    /** Whether each object is alive. */
    final Field[] alive;
    /** The content of each site. */
    final Field[] content;
    /** The version of each site whose patch call has begun last. */
    final Field[] begun;
    /** The version of each site whose patch call has returned last. */
    final Field[] returned;
    /** The newest version of each site that a complete execution has seen. */
    final Field[] seen;
    /** 0 no stop_machine, 1 it waits for the CPUs to arrive, 2 the functions run, 3 the CPUs leave. */
    final Field stopPhase;
    /** The CPU that called stop_machine. */
    final Field stopper;

    final CpuLayout cpu;
    final int cpus;

    private final int firstCpu;

    Layout(Scenario scenario, Protocol protocol, Program program, SiteText[] texts, Views[] views, int functions) {
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
        stopPhase = shared.take(program.stops ? 2 : 0);
        stopper = shared.take(program.stops ? Field.bitsFor(cpus - 1L) : 0);
        firstCpu = shared.words();

        boolean tso = scenario.data() == DataModel.TSO;
        cpu = new CpuLayout(new CpuLayout.Widths(
                cpus,
                Arrays.stream(views).map(Views::bits).toList(),
                depth(scenario, program),
                program.waitsForGrace,
                scenario.nmi() == NmiModel.HARDWARE,
                Math.max(scenario.nmis(), Math.max(scenario.irqs(), scenario.mcs())),
                Field.bitsFor(program.ops.length - 1L),
                Field.bitsFor(setting.places().firstFunction() + functions - 1L),
                setting.versions(),
                scenario.watch().stale(),
                scenario.watch().backwards(),
                scenario.watch().group() && sites > 1,
                pieces(program.textStores, scenario.split()),
                tso ? scenario.bufferDepth() : 0,
                Field.bitsFor((long) cellCount + program.textStores.size()),
                valueBits,
                program.localBits));
    }

    /** The contexts that can be on top of each other, and one more to notice recursion by. */
    private static int depth(Scenario scenario, Program program) {
        int depth = 2;
        depth += program.stops ? 1 : 0;
        depth += scenario.irqs() > 0 ? 1 : 0;
        depth += scenario.nmis() > 0 || program.sendsNmi ? 2 : 0;
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
        return firstCpu + cpus * cpu.words();
    }

    int cpuBase(int number) {
        return firstCpu + number * cpu.words();
    }

    /** The number of the CPU whose part begins at a word. */
    int cpuAt(int base) {
        return (base - firstCpu) / cpu.words();
    }

    int[] partStarts() {
        int[] starts = new int[cpus + 1];
        for (int c = 0; c < cpus; c++) {
            starts[c + 1] = cpuBase(c);
        }
        return starts;
    }
}
