// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Var;
import dev.pokecheck.machine.StateView.Helper;
import dev.pokecheck.machine.StateView.Reason;
import dev.pokecheck.machine.StateView.Wait;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Stmt;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** What the top context of each CPU waits for, and on whom that depends. */
final class Waits {
    private static final Wait NOT_AT_ALL = new Wait(Reason.NOTHING, "", "", "", List.of());

    private final Machine machine;
    private final Portrait portrait;
    private final long[] state;
    private final Layout layout;
    private final CpuLayout cpu;
    /** The CPUs whose top context can take its next step. */
    private final TreeSet<Integer> moving = new TreeSet<>();

    Waits(Machine machine, Portrait portrait, long[] state) {
        this.machine = machine;
        this.portrait = portrait;
        this.state = state;
        layout = machine.layout();
        cpu = layout.cpu;
        ActionList actions = new ActionList();
        machine.enabled(state, actions);
        for (int i = 0; i < actions.size(); i++) {
            if (isOwnStep(ActionKind.of(actions.get(i)))) {
                moving.add(ActionKind.cpu(actions.get(i)));
            }
        }
    }

    private static boolean isOwnStep(ActionKind kind) {
        return switch (kind) {
            case STEP, FETCH, CALLEE, RETURN, IRET, LEAVE -> true;
            case DRAIN, NMI, NMI_SENT, IRQ, MC, IPI, STOP -> false;
        };
    }

    List<Wait> all() {
        return IntStream.range(0, machine.agents()).mapToObj(this::of).toList();
    }

    private Wait of(int c) {
        int base = layout.cpuBase(c);
        int frame = cpu.topFrame(state, base);
        Op op = machine.program().ops[cpu.pc.getInt(state, frame)];
        boolean thread = cpu.kind.getInt(state, frame) == ContextKind.THREAD.ordinal();
        if (machine.isAtRest(state, c)) {
            return new Wait(Reason.AT_REST, "", "", "", List.of());
        }
        if (thread && op.code == OpCode.END) {
            return new Wait(Reason.FINISHED, "", "", "", List.of());
        }
        if (moving.contains(c)) {
            return NOT_AT_ALL;
        }
        return switch (op.code) {
            case AWAIT -> condition(c, base, frame, op);
            case AWAIT_EXCHANGE -> lock(c, base, frame, op);
            case SYNC_WAIT -> others(c, op, Reason.SYNC, "every CPU has synchronised");
            case GRACE_WAIT -> others(c, op, Reason.GRACE_PERIOD, "every CPU has been quiescent");
            case STOP_RUN -> others(c, op, Reason.STOP_MACHINE, "every CPU is in stop_machine");
            case STOP_DONE -> others(c, op, Reason.STOP_MACHINE, "every CPU has done its function");
            case STOP_RETURN -> others(c, op, Reason.STOP_MACHINE, "every CPU has left stop_machine");
            case STOP_WAIT -> stopper("every CPU is in stop_machine", "arrived");
            case STOP_BEGIN -> stopper("the other stop_machine is over", "not begun");
            case END ->
                cpu.kind.getInt(state, frame) == ContextKind.STOPPER.ordinal()
                        ? stopper("every CPU has done its function", "done here")
                        : buffer(base);
            default -> buffer(base);
        };
    }

    private Wait buffer(int base) {
        return new Wait(
                Reason.STORE_BUFFER,
                "",
                "the store buffer has drained",
                cpu.buffer.size(state, base) + " stores wait",
                List.of());
    }

    private Wait stopper(String until, String now) {
        int stopper = layout.stopper.getInt(state, 0);
        return new Wait(Reason.STOP_MACHINE, "", until, now, List.of(new Helper(stopper, "runs stop_machine")));
    }

    private Wait others(int c, Op op, Reason reason, String until) {
        List<Helper> missing = new ArrayList<>();
        for (int other = 0; other < machine.agents(); other++) {
            if (other != c && machine.blocks(state, op, c, other)) {
                missing.add(new Helper(other, obstacle(op, other)));
            }
        }
        String names = String.join(
                ", ", missing.stream().map(helper -> "cpu" + helper.cpu()).toList());
        return new Wait(reason, "", until, "not yet " + names, missing);
    }

    /** Why a CPU does not take an IPI, or a thread of it does not go into or out of stop_machine. */
    private String obstacle(Op op, int other) {
        int base = layout.cpuBase(other);
        if (op.code == OpCode.GRACE_WAIT) {
            return cpu.sitesOwed.isSet(state, base) ? "is in a site" : "is in a handler";
        }
        boolean interruptible = op.code == OpCode.SYNC_WAIT || op.code == OpCode.STOP_RUN;
        if (interruptible && !cpu.interruptFlag.isSet(state, base)) {
            return "has IF=0";
        }
        if (op.code == OpCode.STOP_RUN && cpu.preemptOff.isSet(state, base)) {
            return "has preemption off";
        }
        return interruptible ? "can be interrupted" : "is not done";
    }

    // ---- conditions on shared variables

    private Wait condition(int c, int base, int frame, Op op) {
        Expr condition = op.source
                .filter(Stmt.Await.class::isInstance)
                .map(stmt -> ((Stmt.Await) stmt).condition())
                .orElseThrow();
        ConditionText text = new ConditionText(machine, portrait.names(), state, c, frame);
        Var var = machine.memory().variable(Code.variable(op.expr));
        Writers writers = new Writers(machine, state, c);
        Predicate<Op> helps = writer -> couldSatisfy(writer, c, base, frame, op);
        String until = text.of(condition);
        List<String> now = new ArrayList<>();
        now.add(present(c, base, frame, op, var));
        now.addAll(text.limits());
        return new Wait(Reason.CONDITION, var.name(), until, String.join(", ", now), helpers(writers, var, helps));
    }

    /** The value of the variable of a condition, as its context sees it. */
    private String present(int c, int base, int frame, Op op, Var var) {
        Evaluator evaluator = machine.evaluator();
        evaluator.context(state, c, base, frame);
        int end = 0;
        while (op.expr[end] != Code.READ) {
            end += 2;
        }
        int[] load = Arrays.copyOf(op.expr, end + 2);
        return var.name() + " is " + portrait.names().text(var, evaluator.value(load));
    }

    private List<Helper> helpers(Writers writers, Var var, Predicate<Op> helps) {
        List<Helper> helpers = new ArrayList<>();
        for (int c = 0; c < machine.agents(); c++) {
            int pc = writers.nearest(c, var.id(), helps);
            if (pc != Writers.NONE) {
                helpers.add(new Helper(c, "at " + machine.program().ops[pc].label));
            }
        }
        return helpers;
    }

    /** Whether the condition of a context would hold behind an operation; for those whose value is not known now, yes. */
    private boolean couldSatisfy(Op writer, int c, int base, int frame, Op waiting) {
        Var var = machine.memory().variable(Code.variable(waiting.expr));
        boolean known = writer.code == OpCode.STORE && writer.expr.length == 2 && writer.expr[0] == Code.CONSTANT;
        if (!known || var.length() != 1) {
            return true;
        }
        long[] then = state.clone();
        while (cpu.buffer.size(then, base) > 0) {
            cpu.buffer.removeOldest(then, base);
        }
        machine.memory().write(then, machine.memory().cell(var.id(), 0), writer.expr[1]);
        machine.evaluator().context(then, c, base, frame);
        return machine.evaluator().value(waiting.expr) != 0;
    }

    private Wait lock(int c, int base, int frame, Op op) {
        Var var = machine.memory().variable(op.variable);
        Evaluator evaluator = machine.evaluator();
        evaluator.context(state, c, base, frame);
        int cell = evaluator.cell(op.variable, op.index);
        int expected = evaluator.value(op.expr);
        int present = machine.memory().read(state, cell);
        if (present == expected) {
            return buffer(base);
        }
        Writers writers = new Writers(machine, state, c);
        List<Helper> holders = new ArrayList<>();
        for (int holder = 0; holder < machine.agents(); holder++) {
            int level = writers.holder(holder, op);
            if (level != Writers.NONE) {
                int held = cpu.frame(layout.cpuBase(holder), level);
                holders.add(new Helper(holder, "holds it in " + kind(held)));
            }
        }
        String name = machine.memory().name(cell);
        return new Wait(
                Reason.LOCK,
                name,
                name + " == " + portrait.names().text(var, expected),
                name + " is " + portrait.names().text(var, present),
                holders.isEmpty() ? helpers(writers, var, writer -> true) : holders);
    }

    private String kind(int frame) {
        ContextKind kind = ContextKind.of(cpu.kind.getInt(state, frame));
        return kind.text().isEmpty() ? "its thread" : kind.text() + " context";
    }
}
