// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.rules.Serialization;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.MachineTables;
import dev.pokecheck.machine.Memory;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.view.StateView.Changed;
import dev.pokecheck.view.StateView.Context;
import dev.pokecheck.view.StateView.Cpu;
import dev.pokecheck.view.StateView.Execution;
import dev.pokecheck.view.StateView.Patch;
import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a packed state into the words of a {@link StateView}. */
final class Portrait {
    private final Machine machine;
    private final MachineTables tables;
    private final long[] state;
    private final CpuLayout cpu;
    private final SourceMap source;
    private final ValueNames names;

    Portrait(Machine machine, long[] state) {
        this(
                machine,
                state,
                new SourceMap(machine.model().graph, machine.protocol()),
                new ValueNames(
                        machine.protocol().variables(),
                        machine.model().graph.steps(),
                        machine.protocol().origins()));
    }

    private Portrait(Machine machine, long[] state, SourceMap source, ValueNames names) {
        this.machine = machine;
        this.state = state;
        this.source = source;
        this.names = names;
        cpu = machine.model().cpu;
        tables = machine.model();
    }

    /** Another state of the same machine. */
    Portrait of(long[] other) {
        return new Portrait(machine, other, source, names);
    }

    /** The label of a step, and what a reader is told of its place. */
    String labelAndPlace(int pc) {
        return source.labelAndPlace(pc);
    }

    ValueNames names() {
        return names;
    }

    List<Cpu> cpus() {
        return IntStream.range(0, machine.agents()).mapToObj(this::cpu).toList();
    }

    private Cpu cpu(int c) {
        int base = tables.layout.cpuBase(c);
        List<Context> contexts = IntStream.rangeClosed(0, cpu.top.getInt(state, base))
                .mapToObj(level -> context(c, cpu.frame(base, level)))
                .toList();
        List<List<String>> fetchable = IntStream.range(0, sites())
                .mapToObj(s -> contents(s, cpu.views[s].getInt(state, base)))
                .toList();
        return new Cpu(
                c,
                contexts,
                cpu.interruptFlag.isSet(state, base),
                cpu.nmiBlocked.isSet(state, base),
                cpu.inNmi.isSet(state, base),
                cpu.nmiPending.isSet(state, base),
                bits(cpu.syncRequests.getInt(state, base)),
                !cpu.preemptOff.isSet(state, base),
                tables.rules.rendezvous.part(state, base),
                stores(base),
                fetchable);
    }

    private List<String> contents(int site, int view) {
        List<String> contents = new ArrayList<>();
        for (long content : tables.views[site].contents(view)) {
            contents.add(Printer.hex(tables.texts[site].bytes(content)));
        }
        return List.copyOf(contents);
    }

    private List<String> stores(int base) {
        List<String> stores = new ArrayList<>();
        for (int i = 0; i < cpu.buffer.size(state, base); i++) {
            int target = cpu.buffer.target(state, base, i);
            Memory memory = tables.memory;
            if (target < memory.cells()) {
                int value = memory.decode(target, cpu.buffer.value(state, base, i));
                stores.add(memory.name(target) + " = " + names.text(memory.variableOf(target), value));
            } else {
                var store = tables.pieces.store(target - memory.cells());
                stores.add(store.site().name() + "+" + store.offset() + " = " + Printer.hex(store.data()));
            }
        }
        return List.copyOf(stores);
    }

    private Context context(int c, int frame) {
        int pc = cpu.pc.getInt(state, frame);
        Step step = tables.graph.step(pc);
        return new Context(
                ContextKind.of(cpu.kind.getInt(state, frame)),
                source.routine(pc),
                source.functions(pc),
                step.label(),
                step.source()
                        .flatMap(statement -> names.text(statement, step.words()))
                        .orElseGet(() -> step.words()
                                .text(condition -> new ConditionText(tables, names, state, c, frame).of(condition))),
                source.origin(pc),
                place(frame - cpu.frameWords(), cpu.trapped.getInt(state, frame)),
                execution(frame));
    }

    private Optional<Execution> execution(int frame) {
        int versions = cpu.versions.getInt(state, frame);
        int place = cpu.place.getInt(state, frame);
        boolean foreign = tables.steps.foreign[cpu.pc.getInt(state, frame)];
        if ((versions == 0 && place == 0) || foreign) {
            return Optional.empty();
        }
        return Optional.of(
                new Execution(place(frame, place), place(frame, cpu.returnTo.getInt(state, frame)), bits(versions)));
    }

    /** The name of a place: {@code site0+1}, or the address of a function. */
    private String place(int frame, int place) {
        if (place == 0) {
            return "";
        }
        int first = tables.places.firstFunction();
        if (place >= first) {
            return tables.functions.text(place - first);
        }
        int site = tables.siteAt(state, frame, place);
        return tables.sites[site].name() + "+" + tables.places.offset(place, site);
    }

    private static List<Integer> bits(int set) {
        return IntStream.range(0, Integer.SIZE)
                .filter(i -> (set >>> i & 1) != 0)
                .boxed()
                .toList();
    }

    List<Shared> variables() {
        List<Shared> all = new ArrayList<>();
        for (int cell = 0; cell < tables.memory.cells(); cell++) {
            all.add(shared(cell));
        }
        return List.copyOf(all);
    }

    private Shared shared(int cell) {
        Var var = tables.memory.variableOf(cell);
        int value = tables.memory.read(state, cell);
        return new Shared(tables.memory.name(cell), value, names.text(var, value), isAlive(var));
    }

    private boolean isAlive(Var var) {
        return var.object() < 0 || tables.layout.alive[var.object()].isSet(state, 0);
    }

    /** The shared variables that an earlier state had otherwise. Only these are named: a long run of many variables has few changes. */
    List<Changed> changedSince(Portrait earlier) {
        List<Changed> changed = new ArrayList<>();
        for (int cell = 0; cell < tables.memory.cells(); cell++) {
            Var var = tables.memory.variableOf(cell);
            if (tables.memory.read(state, cell) != tables.memory.read(earlier.state, cell)
                    || isAlive(var) != earlier.isAlive(var)) {
                changed.add(new Changed(earlier.shared(cell), shared(cell)));
            }
        }
        return changed;
    }

    private int sites() {
        return machine.protocol().setting().sites().size();
    }

    List<Patch> patches() {
        return IntStream.range(0, sites())
                .mapToObj(s -> new Patch(
                        tables.sites[s],
                        Printer.hex(tables.texts[s].bytes(tables.layout.content[s].get(state, 0))),
                        tables.calls.begun(state, s),
                        tables.calls.returned(state, s),
                        tables.calls.newestSeen(state, s),
                        bits(tables.calls.isUnderWay(state, s) ? tables.calls.pending(state, s) : 0),
                        bits(tables.calls.inForce(state, s))))
                .toList();
    }

    /** The step before the one at which the top context of a CPU stands. */
    String before(int c) {
        int frame = cpu.topFrame(state, tables.layout.cpuBase(c));
        int pc = cpu.pc.getInt(state, frame) - 1;
        return pc < 0 ? "" : tables.graph.step(pc).words().text(CText::of);
    }

    // ---- actions

    Optional<Fetched> fetched(int action) {
        return ActionKind.of(action) == ActionKind.FETCH
                ? Optional.of(tables.views[fetchedFrom(action).index()].fetched(ActionKind.fetched(action)))
                : Optional.empty();
    }

    Site fetchedFrom(int action) {
        int frame = cpu.topFrame(state, tables.layout.cpuBase(ActionKind.cpu(action)));
        return tables.sites[tables.fetchedFrom(state, frame)];
    }

    boolean storesPiece(int action) {
        if (ActionKind.of(action) == ActionKind.DRAIN) {
            return true;
        }
        int frame = cpu.topFrame(state, tables.layout.cpuBase(ActionKind.cpu(action)));
        int store = tables.steps.textStore[cpu.pc.getInt(state, frame)];
        return ActionKind.of(action) == ActionKind.STEP
                && store >= 0
                && tables.pieces.count(store) > 1
                && cpu.buffer.depth() == 0;
    }

    boolean serializes(int action) {
        Serialization serialization = tables.rules.serialization;
        return switch (ActionKind.of(action)) {
            case IRET -> serialization.byIret();
            case IPI -> serialization.byIpi();
            case STEP ->
                step(action).footprint().instruction().map(serialization::by).orElse(false);
            default -> false;
        };
    }

    private Step step(int action) {
        int frame = cpu.topFrame(state, tables.layout.cpuBase(ActionKind.cpu(action)));
        return tables.graph.step(cpu.pc.getInt(state, frame));
    }

    String outcome(int action) {
        if (ActionKind.of(action) != ActionKind.STEP) {
            return "";
        }
        machine.host().at(state, ActionKind.cpu(action));
        machine.host().inWay(ActionKind.detail(action));
        return step(action).finds(machine.host(), this::value);
    }

    private String value(int variable, int value) {
        return names.text(tables.memory.variable(variable), value);
    }
}
