// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.List;

/** The statements of a routine: those that have others inside them here, the rest by {@link PrintedWords}. */
final class PrintedStatements {
    private final PrintedLines out;
    private final PrintedExpressions expressions;
    private final PrintedWords words;
    private final Functions functions;
    private final boolean isBreakpoint;
    private final Labelling labelling = new Labelling();
    private final Identifiers labels;
    private final Deque<Open> open = new ArrayDeque<>();
    /** How many statements around this one {@code return} cannot mean. */
    private int inside;

    /** Prints a routine that a statement names. */
    @FunctionalInterface
    interface Functions {
        /**
         * Its identifier.
         *
         * @param interrupts whether it runs on top of another context
         */
        String print(Routine routine, boolean interrupts);
    }

    /** A block that can be left, and its label. */
    private record Open(String block, String label) {}

    /**
     * The statements of a routine.
     *
     * @param isBreakpoint whether it is the breakpoint handler, which says by its value whether a breakpoint is its own
     */
    PrintedStatements(
            PrintedLines out,
            PrintedExpressions expressions,
            Collection<String> reserved,
            boolean isBreakpoint,
            Functions functions) {
        this.out = out;
        this.expressions = expressions;
        this.functions = functions;
        this.isBreakpoint = isBreakpoint;
        labels = new Identifiers(reserved);
        words = new PrintedWords(expressions);
    }

    void list(List<Stmt> statements) {
        statements.forEach(this::statement);
    }

    private void statement(Stmt stmt) {
        if (stmt instanceof ControlStmt.If branch) {
            branch(branch);
        } else if (stmt instanceof ControlStmt.While loop) {
            loop(loop);
        } else if (stmt instanceof ControlStmt.Call call) {
            call(call);
        } else if (stmt instanceof ControlStmt.Block block) {
            block(block);
        } else if (stmt instanceof ControlStmt.Leave leave) {
            leave(leave);
        } else if (stmt instanceof ControlStmt.Return) {
            out.add(inside > 0 ? "poke_return();" : isBreakpoint ? "return 1;" : "return;");
        } else if (stmt instanceof CpuStmt.Elsewhere elsewhere) {
            elsewhere(elsewhere);
        } else {
            PrintedWord word = stmt.accept(words);
            label(stmt.label(), word.operation(), word.object());
            out.add(stmt instanceof TextStmt.Unhandled && isBreakpoint && inside == 0 ? "return 0;" : word.text());
        }
    }

    /** Names a step, unless the reader will. */
    private void label(String label, String operation, String object) {
        if (!label.isEmpty()) {
            String relative = labelling.relative(label);
            if (!labelling.takes(operation, object, relative)) {
                out.add("poke_label(" + PrintedLines.quoted(relative) + ");");
            }
        }
    }

    private void branch(ControlStmt.If branch) {
        label(branch.label(), "if", Labelling.object(branch.condition()));
        String head = "if (" + expressions.of(branch.condition()) + ")";
        if (branch.otherwise().isEmpty()) {
            out.braced(head, () -> list(branch.then()));
        } else {
            out.braced(head, () -> list(branch.then()), () -> " else {");
            out.continued(() -> list(branch.otherwise()));
        }
    }

    private void loop(ControlStmt.While loop) {
        if (!loop.label().isEmpty()) {
            throw new IllegalArgumentException("a loop whose condition is a step, " + loop.label()
                    + ", which no recorder makes; branch on it inside a loop without end");
        }
        out.braced("while (" + expressions.of(loop.condition()) + ")", () -> list(loop.body()));
    }

    private void call(ControlStmt.Call call) {
        label(call.label(), Labelling.function(call.function()), "");
        String relative = labelling.relative(call.label());
        labelling.enter(relative);
        inner("poke_inline(" + PrintedLines.quoted(call.function()) + ")", call.body());
        labelling.leave();
    }

    /** Statements inside one that runs them as a function of their own. */
    private void inner(String head, List<Stmt> statements) {
        inside++;
        out.braced(head, () -> list(statements));
        inside--;
    }

    private void block(ControlStmt.Block block) {
        String label = labels.of(block.name());
        open.push(new Open(block.name(), label));
        out.braced("", () -> list(block.body()));
        open.pop();
        out.add(label + ": ;");
    }

    private void leave(ControlStmt.Leave leave) {
        String label = open.stream()
                .filter(it -> it.block().equals(leave.block()))
                .map(Open::label)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no block " + leave.block() + " to leave"));
        out.add("goto " + label + ";");
    }

    private void elsewhere(CpuStmt.Elsewhere stmt) {
        String other = functions.print(stmt.elsewhere(), stmt instanceof CpuStmt.CallCpus);
        if (stmt instanceof CpuStmt.CallCpus call) {
            label(call.label(), Labelling.calls(call.target()), "");
            String arguments = other + ", " + (call.waits() ? 1 : 0) + ")";
            if (call.target().isHere()) {
                labelling.enter(labelling.relative(call.label()));
                inner("poke_on_each_cpu(" + arguments, call.here());
                labelling.leave();
            } else {
                String some = call.target()
                        .others()
                        .map(cpus -> "poke_call_some(" + expressions.of(cpus) + ", ")
                        .orElse("poke_call_others(");
                out.add(some + arguments + ";");
            }
        } else {
            label(stmt.label(), "stop_machine", "");
            inner("poke_stop_machine(" + other + ")", stmt.here());
        }
    }
}
