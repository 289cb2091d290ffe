// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.Profile;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.StateView.Context;
import dev.pokecheck.machine.StateView.Cpu;
import dev.pokecheck.machine.StateView.Execution;
import dev.pokecheck.machine.StateView.Patch;
import dev.pokecheck.machine.StateView.Shared;
import dev.pokecheck.machine.StateView.Stop;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Reads a packed state into the words of a {@link StateView}. */
final class Portrait {
    private final Machine machine;
    private final long[] state;
    private final CpuLayout cpu;
    private final SourceMap source;
    private final ValueNames names;

    Portrait(Machine machine, long[] state) {
        this.machine = machine;
        this.state = state;
        cpu = machine.layout().cpu;
        source = new SourceMap(machine.program(), machine.protocol());
        names = new ValueNames(machine.protocol().variables(), machine.program().ops);
    }

    ValueNames names() {
        return names;
    }

    List<Cpu> cpus() {
        return IntStream.range(0, machine.agents()).mapToObj(this::cpu).toList();
    }

    private Cpu cpu(int c) {
        int base = machine.layout().cpuBase(c);
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
                Stop.values()[cpu.stopState.getInt(state, base)],
                stores(base),
                fetchable);
    }

    private List<String> contents(int site, int view) {
        List<String> contents = new ArrayList<>();
        for (long content : machine.views(site).contents(view)) {
            contents.add(Printer.hex(machine.text(site).bytes(content)));
        }
        return List.copyOf(contents);
    }

    private List<String> stores(int base) {
        List<String> stores = new ArrayList<>();
        for (int i = 0; i < cpu.buffer.size(state, base); i++) {
            int target = cpu.buffer.target(state, base, i);
            Memory memory = machine.memory();
            if (target < memory.cells()) {
                int value = memory.decode(target, cpu.buffer.value(state, base, i));
                stores.add(memory.name(target) + " = " + names.text(memory.variableOf(target), value));
            } else {
                var store = machine.pieces().store(target - memory.cells());
                stores.add(store.site().name() + "+" + store.offset() + " = " + Printer.hex(store.data()));
            }
        }
        return List.copyOf(stores);
    }

    private Context context(int c, int frame) {
        int pc = cpu.pc.getInt(state, frame);
        Op op = machine.program().ops[pc];
        return new Context(
                ContextKind.of(cpu.kind.getInt(state, frame)),
                source.routine(pc),
                source.functions(pc),
                op.label,
                source.text(pc, condition -> new ConditionText(machine, names, state, c, frame).of(condition)),
                place(cpu.trapped.getInt(state, frame)),
                execution(frame));
    }

    private Optional<Execution> execution(int frame) {
        int versions = cpu.versions.getInt(state, frame);
        int place = cpu.place.getInt(state, frame);
        boolean foreign = machine.program().ops[cpu.pc.getInt(state, frame)].code == OpCode.FOREIGN_INT3;
        if ((versions == 0 && place == 0) || foreign) {
            return Optional.empty();
        }
        return Optional.of(new Execution(place(place), place(cpu.returnTo.getInt(state, frame)), bits(versions)));
    }

    /** The name of a place: {@code site0+1}, or the address of a function. */
    private String place(int place) {
        if (place == 0) {
            return "";
        }
        int first = machine.places().firstFunction();
        if (place >= first) {
            return "0x" + Long.toHexString(machine.functions().target(place - first));
        }
        return machine.site(machine.places().siteAt(place)).name() + "+"
                + machine.places().offset(place);
    }

    private static List<Integer> bits(int set) {
        return IntStream.range(0, Integer.SIZE)
                .filter(i -> (set >>> i & 1) != 0)
                .boxed()
                .toList();
    }

    List<Shared> variables() {
        List<Shared> all = new ArrayList<>();
        for (int cell = 0; cell < machine.memory().cells(); cell++) {
            Var var = machine.memory().variableOf(cell);
            int value = machine.memory().read(state, cell);
            boolean alive =
                    var.object() < 0 || machine.layout().alive[var.object()].isSet(state, 0);
            all.add(new Shared(machine.memory().name(cell), value, names.text(var, value), alive));
        }
        return List.copyOf(all);
    }

    private int sites() {
        return machine.protocol().setting().sites().size();
    }

    List<Patch> patches() {
        return IntStream.range(0, sites())
                .mapToObj(s -> new Patch(
                        machine.site(s),
                        Printer.hex(machine.text(s)
                                .bytes(machine.layout().content[s].get(state, 0))),
                        machine.layout().begun[s].getInt(state, 0),
                        machine.layout().returned[s].getInt(state, 0),
                        machine.layout().seen[s].getInt(state, 0)))
                .toList();
    }

    /** The operation before the one at which the top context of a CPU stands. */
    String before(int c) {
        int frame = cpu.topFrame(state, machine.layout().cpuBase(c));
        int pc = cpu.pc.getInt(state, frame) - 1;
        return pc < 0 ? "" : source.text(pc, CText::of);
    }

    // ---- actions

    Optional<Fetched> fetched(int action) {
        return ActionKind.of(action) == ActionKind.FETCH
                ? Optional.of(machine.views(fetchedFrom(action).index()).fetched(ActionKind.detail(action) >> 1))
                : Optional.empty();
    }

    Site fetchedFrom(int action) {
        int frame = cpu.topFrame(state, machine.layout().cpuBase(ActionKind.cpu(action)));
        int place = cpu.place.getInt(state, frame);
        return machine.site(
                place == 0
                        ? machine.program().ops[cpu.pc.getInt(state, frame)].number
                        : machine.places().siteAt(place));
    }

    boolean storesPiece(int action) {
        if (ActionKind.of(action) == ActionKind.DRAIN) {
            return true;
        }
        int frame = cpu.topFrame(state, machine.layout().cpuBase(ActionKind.cpu(action)));
        Op op = machine.program().ops[cpu.pc.getInt(state, frame)];
        return ActionKind.of(action) == ActionKind.STEP
                && op.code == OpCode.TEXT_POKE
                && machine.pieces().count(op.number) > 1
                && cpu.buffer.depth() == 0;
    }

    boolean serializes(int action) {
        Profile profile = machine.scenario().profile();
        boolean iret = profile.serializes(Sync.IRET);
        int frame = cpu.topFrame(state, machine.layout().cpuBase(ActionKind.cpu(action)));
        Op op = machine.program().ops[cpu.pc.getInt(state, frame)];
        return switch (ActionKind.of(action)) {
            case IRET -> iret;
            case IPI -> (iret && machine.program().ipiReturnsByIret) || profile.serializes(machine.program().ipiSync);
            case STEP -> profile.serializes(op.sync);
            default -> false;
        };
    }

    String outcome(int action) {
        if (ActionKind.of(action) != ActionKind.STEP) {
            return "";
        }
        int c = ActionKind.cpu(action);
        int base = machine.layout().cpuBase(c);
        int frame = cpu.topFrame(state, base);
        Op op = machine.program().ops[cpu.pc.getInt(state, frame)];
        Evaluator evaluator = machine.evaluator();
        evaluator.context(state, c, base, frame);
        return switch (op.code) {
            case ASSIGN -> read(op, evaluator.value(op.expr));
            case SERIALIZE -> serializes(action) ? "" : "does not serialize";
            case BRANCH_FALSE, BUG_ON -> evaluator.value(op.expr) != 0 ? "true" : "false";
            case RMW -> {
                int cell = evaluator.cell(op.variable, op.index);
                yield cell < 0 ? "" : "was " + named(cell, machine.memory().read(state, cell));
            }
            case COMPARE_EXCHANGE -> {
                int cell = evaluator.cell(op.variable, op.index);
                int expected = evaluator.value(op.expr);
                yield cell >= 0 && machine.memory().read(state, cell) == expected ? "succeeds" : "fails";
            }
            default -> "";
        };
    }

    private String read(Op op, int value) {
        int variable = Code.variable(op.expr);
        return variable < 0
                ? Integer.toString(value)
                : names.text(machine.memory().variable(variable), value);
    }

    private String named(int cell, int value) {
        return names.text(machine.memory().variableOf(cell), value);
    }
}
