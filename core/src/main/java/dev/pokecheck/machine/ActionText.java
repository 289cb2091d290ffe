// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.StoreSplit.Piece;

/** The names of actions: {@code cpu1.nmi fetch site0 [e8 1f 44 00 00]}. */
final class ActionText {
    private final MachineTables tables;

    ActionText(MachineTables tables) {
        this.tables = tables;
    }

    String name(long[] state, int action) {
        int c = ActionKind.cpu(action);
        CpuLayout cpu = tables.layout.cpu;
        int base = tables.layout.cpuBase(c);
        int frame = cpu.topFrame(state, base);
        int detail = ActionKind.detail(action);
        String what = switch (ActionKind.of(action)) {
            case STEP -> step(state, cpu, frame, detail);
            case FETCH -> fetch(state, frame, action);
            case CALLEE -> "callee " + callee(state, cpu, frame);
            case RETURN -> "ret " + callee(state, cpu, frame);
            case IRET -> "iret";
            case DRAIN -> "drain " + drain(state, cpu, base, detail);
            case NMI -> "nmi";
            case NMI_SENT -> "nmi sent";
            case IRQ -> "irq";
            case MC -> "mc";
            case IPI -> "ipi";
            case STOP -> "stop";
            case LEAVE -> "leave";
            case SUSPEND -> "suspended";
            case CALL -> "ipi from cpu" + detail;
        };
        String context = ContextKind.of(cpu.kind.getInt(state, frame)).text();
        // A drain belongs to the CPU, not to a context.
        boolean ofContext = !context.isEmpty() && ActionKind.of(action) != ActionKind.DRAIN;
        return "cpu" + c + (ofContext ? "." + context : "") + " " + what;
    }

    private String step(long[] state, CpuLayout cpu, int frame, int way) {
        int pc = cpu.pc.getInt(state, frame);
        Step step = tables.graph.step(pc);
        String label = step.label().isEmpty() ? "local" : step.label();
        return switch (step.ways()) {
            case JUMP_OR_NOT -> way == 1 ? label + " jumps" : label;
            case WAIT_OR_NOT -> way == 1 ? label + " times out" : label;
            case NUMBERS -> label + " " + way;
            case PIECES -> {
                int store = tables.steps.textStore[pc];
                boolean torn = tables.pieces.count(store) > 1 && cpu.buffer.depth() == 0;
                yield torn ? label + " " + piece(store, way) : label;
            }
            case ONE -> label + guess(state, pc, way);
            case FETCHES -> label;
            // All other returns are actions of their own kinds.
            case RETURN -> "next call from cpu" + way;
        };
    }

    /** What a step finds in a dead object. */
    private String guess(long[] state, int pc, int way) {
        StringBuilder found = new StringBuilder();
        for (int field : tables.steps.guesses[pc]) {
            Var var = tables.memory.variable(field);
            if (tables.isGuessed(state, var)) {
                found.append(found.isEmpty() ? " finds " : " ").append(tables.guess(state, pc, var, way));
            }
        }
        return found.toString();
    }

    private String piece(int store, int number) {
        Piece piece = tables.pieces.piece(store, number);
        return tables.sites[tables.pieces.site(store)].name() + "+" + piece.from() + " ["
                + Printer.hex(tables.pieces.bytes(store, number)) + "]";
    }

    private String fetch(long[] state, int frame, int action) {
        int site = tables.fetchedFrom(state, frame);
        Fetched fetched = tables.views[site].fetched(ActionKind.fetched(action));
        String at = fetched.offset() == 0 ? "" : "+" + fetched.offset();
        String jumps = ActionKind.jumps(action) ? " jumps" : "";
        return "fetch " + tables.sites[site].name() + at + " [" + Printer.hex(fetched.bytes()) + "]" + jumps;
    }

    private String callee(long[] state, CpuLayout cpu, int frame) {
        int function = cpu.place.getInt(state, frame) - tables.places.firstFunction();
        return tables.functions.name(function);
    }

    private String drain(long[] state, CpuLayout cpu, int base, int piece) {
        int target = cpu.buffer.target(state, base, 0);
        Memory memory = tables.memory;
        if (target < memory.cells()) {
            return memory.name(target) + "=" + memory.decode(target, cpu.buffer.value(state, base, 0));
        }
        return piece(target - memory.cells(), piece);
    }
}
