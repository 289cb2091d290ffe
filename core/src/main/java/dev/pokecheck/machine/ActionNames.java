// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.insn.Printer;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.StoreSplit.Piece;

/** The names of actions: {@code cpu1.nmi fetch site0 [e8 1f 44 00 00]}. */
final class ActionNames {
    private final Machine machine;

    ActionNames(Machine machine) {
        this.machine = machine;
    }

    String name(long[] state, int action) {
        int c = ActionKind.cpu(action);
        CpuLayout cpu = machine.layout().cpu;
        int base = machine.layout().cpuBase(c);
        int frame = cpu.topFrame(state, base);
        int detail = ActionKind.detail(action);
        String what = switch (ActionKind.of(action)) {
            case STEP -> step(state, cpu, frame, detail);
            case FETCH -> fetch(state, cpu, frame, detail);
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
        };
        String context = ContextKind.of(cpu.kind.getInt(state, frame)).text();
        // A drain belongs to the CPU, not to a context.
        boolean ofContext = !context.isEmpty() && ActionKind.of(action) != ActionKind.DRAIN;
        return "cpu" + c + (ofContext ? "." + context : "") + " " + what;
    }

    private String step(long[] state, CpuLayout cpu, int frame, int piece) {
        Op op = machine.program().ops[cpu.pc.getInt(state, frame)];
        String label = op.label.isEmpty() ? "local" : op.label;
        if (op.code == OpCode.TEXT_POKE && machine.pieces().count(op.number) > 1 && cpu.buffer.depth() == 0) {
            return label + " " + piece(op.number, piece);
        }
        return op.code == OpCode.EMULATE && piece == 1 ? label + " jumps" : label;
    }

    private String piece(int store, int number) {
        Piece piece = machine.pieces().piece(store, number);
        return machine.site(machine.pieces().site(store)).name() + "+" + piece.from() + " ["
                + Printer.hex(machine.pieces().bytes(store, number)) + "]";
    }

    private String fetch(long[] state, CpuLayout cpu, int frame, int detail) {
        int place = cpu.place.getInt(state, frame);
        int site = place == 0
                ? machine.program().ops[cpu.pc.getInt(state, frame)].number
                : machine.places().siteAt(place);
        Fetched fetched = machine.views(site).fetched(detail >> 1);
        String at = fetched.offset() == 0 ? "" : "+" + fetched.offset();
        String jumps = (detail & 1) == 0 ? "" : " jumps";
        return "fetch " + machine.site(site).name() + at + " [" + Printer.hex(fetched.bytes()) + "]" + jumps;
    }

    private String callee(long[] state, CpuLayout cpu, int frame) {
        int function = cpu.place.getInt(state, frame) - machine.places().firstFunction();
        return Long.toHexString(machine.functions().target(function));
    }

    private String drain(long[] state, CpuLayout cpu, int base, int piece) {
        int target = cpu.buffer.target(state, base, 0);
        Memory memory = machine.memory();
        if (target < memory.cells()) {
            return memory.name(target) + "=" + memory.decode(target, cpu.buffer.value(state, base, 0));
        }
        return piece(target - memory.cells(), piece);
    }
}
