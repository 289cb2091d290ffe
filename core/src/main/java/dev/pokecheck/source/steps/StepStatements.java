// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.protocol.CpuStmt.CallTarget;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Uses;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CExpr.UnaryOperator;
import dev.pokecheck.source.syntax.CFunction;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.syntax.Variable.Range;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Optional;

/** The statements of a routine: each is recorded as what it says. */
final class StepStatements {
    private final StepReading reading;
    private final Recorder recorder;
    private final boolean isBreakpoint;
    private final StepExpressions expressions;
    private final Labelling labelling = new Labelling();
    private Optional<String> nextLabel = Optional.empty();

    /**
     * The statements of a routine.
     *
     * @param isBreakpoint whether its value says whether a breakpoint is its own
     */
    StepStatements(StepReading reading, Recorder recorder, boolean isBreakpoint) {
        this.reading = reading;
        this.recorder = recorder;
        this.isBreakpoint = isBreakpoint;
        expressions = new StepExpressions(reading);
    }

    Recorder recorder() {
        return recorder;
    }

    StepExpressions expressions() {
        return expressions;
    }

    StepReading reading() {
        return reading;
    }

    // ---- labels

    /** The label of the next step: that of its author, or the usual one. */
    String label(String operation, String object) {
        String label = nextLabel.orElseGet(() -> labelling.next(operation, object));
        nextLabel = Optional.empty();
        return label;
    }

    /** The author names the next step. */
    void nameNext(Token at, String label) {
        if (nextLabel.isPresent()) {
            throw at.wrong("the step is named twice", "leave one poke_label() out");
        }
        nextLabel = Optional.of(label);
    }

    // ---- statements

    /** Those of the whole routine. */
    void body(CStmt.Block body) {
        List<CStmt> statements = body.statements();
        int end = statements.size();
        if (isBreakpoint && end > 0 && isReturn(statements.get(end - 1), 1)) {
            end--;
        }
        list(statements.subList(0, end));
        nextLabel.ifPresent(label -> reading.wrong(body.at().use(), "no step follows that could be " + label, ""));
    }

    private void list(List<CStmt> statements) {
        for (int i = 0; i < statements.size(); i++) {
            CStmt stmt = statements.get(i);
            boolean isLabelled = i + 1 < statements.size() && statements.get(i + 1) instanceof CStmt.Label;
            if (stmt instanceof CStmt.Block block && isLabelled) {
                Token label = statements.get(i + 1).at();
                guarded(label, () -> recorder.block(Identifiers.name(label.text()), () -> list(block.statements())));
                i++;
            } else {
                guarded(stmt.at(), () -> statement(stmt));
            }
        }
    }

    private void guarded(Token at, Runnable part) {
        if (!reading.guarded(at, part)) {
            // The name was for what is left out, and not for the step behind it.
            nextLabel = Optional.empty();
        }
    }

    /** The statements of a body, with braces or without. */
    private void inside(CStmt body) {
        list(body instanceof CStmt.Block block ? block.statements() : List.of(body));
    }

    private void statement(CStmt stmt) {
        if (stmt instanceof CStmt.Evaluate evaluate) {
            evaluate(evaluate.value());
        } else if (stmt instanceof CStmt.Choice choice) {
            choice(choice);
        } else if (stmt instanceof CStmt.WhileLoop loop) {
            loop(loop);
        } else if (stmt instanceof CStmt.Declare declare) {
            declare.variables().forEach(this::local);
        } else if (stmt instanceof CStmt.Goto leave) {
            recorder.leave(Identifiers.name(leave.label().text()));
        } else if (stmt instanceof CStmt.Return leave) {
            leave(leave);
        } else if (stmt instanceof CStmt.Block || stmt instanceof CStmt.Label) {
            throw stmt.at()
                    .wrong(
                            "a block without a label behind it, or a label without a block before it",
                            "a block that can be left is { … } name: ;");
        } else if (!(stmt instanceof CStmt.Nothing)) {
            throw stmt.at()
                    .wrong(
                            stmt.at().quoted() + " in a file of steps",
                            "write it with if, while and goto to the end of a block");
        }
    }

    private void local(Variable variable) {
        if (variable.initializer().isPresent()) {
            throw variable.at().wrong("a value in a declaration", "assign it in a statement");
        }
        Range range = StepData.required(variable.at(), variable.name(), variable.range());
        expressions.declare(variable.name(), recorder.local(Identifiers.name(variable.name()), (int) range.min(), (int)
                range.max()));
    }

    private void evaluate(CExpr expr) {
        if (expr instanceof CExpr.Call call) {
            word(call, Optional.empty());
        } else if (expr instanceof CExpr.Assignment assignment
                && assignment.operator().isEmpty()) {
            assign(assignment);
        } else {
            throw expr.at()
                    .wrong("this is no statement of a file of steps", "assign it, or name a word of pokecheck/steps.h");
        }
    }

    private void assign(CExpr.Assignment assignment) {
        if (StepExpressions.isSavedAddress(assignment.target())) {
            recorder.setSavedAddress(expressions.of(assignment.value()));
        } else if (assignment.value() instanceof CExpr.Call call
                && reading.vocabulary.has(StepExpressions.name(call))) {
            word(call, Optional.of(assignment.target()));
        } else {
            recorder.assign(expressions.local(assignment.target()), expressions.of(assignment.value()));
        }
    }

    private void word(CExpr.Call call, Optional<CExpr> result) {
        reading.vocabulary.record(
                StepExpressions.name(call),
                new StepCall(call.at(), call.arguments(), result.map(expressions::local), this));
    }

    private void leave(CStmt.Return leave) {
        if (isReturn(leave, 0) && isBreakpoint) {
            unhandled();
        } else if (leave.value().isEmpty() || (isBreakpoint && isReturn(leave, 1))) {
            recorder.leave();
        } else {
            throw leave.at()
                    .wrong("a value of this function", "that of the breakpoint handler is 0 or 1; others have none");
        }
    }

    private static boolean isReturn(CStmt stmt, long value) {
        return stmt instanceof CStmt.Return leave
                && leave.value().isPresent()
                && leave.value().get() instanceof CExpr.Constant constant
                && constant.value() == value;
    }

    void unhandled() {
        recorder.unhandled(label("not_ours", ""));
    }

    // ---- what has statements inside it

    private void choice(CStmt.Choice choice) {
        if (choice.condition() instanceof CExpr.Call call) {
            switch (StepExpressions.name(call)) {
                case "__pc_inline" -> inline(call, choice);
                case "__pc_on_each_cpu" -> onEachCpu(call, choice);
                case "__pc_stop_machine" -> stopMachine(call, choice);
                default -> branch(choice);
            }
        } else {
            branch(choice);
        }
    }

    private void branch(CStmt.Choice choice) {
        Expr condition = expressions.of(choice.condition());
        Runnable then = () -> inside(choice.yes());
        Runnable otherwise = () -> choice.no().ifPresent(this::inside);
        if (Uses.of(condition).readsShared()) {
            recorder.ifElse(label("if", Labelling.object(condition)), condition, then, otherwise);
        } else {
            recorder.ifElse(condition, then, otherwise);
        }
    }

    private void inline(CExpr.Call call, CStmt.Choice choice) {
        String function = StepExpressions.text(argument(call, 0, 1));
        String label = label(Labelling.function(function), "");
        recorder.call(label, function, () -> within(label, () -> inside(choice.yes())));
        noElse(choice);
    }

    /** What is inside a step whose label is a prefix of those of its parts. */
    private void within(String label, Runnable part) {
        labelling.enter(label);
        part.run();
        labelling.leave();
    }

    private void onEachCpu(CExpr.Call call, CStmt.Choice choice) {
        CFunction function = reading.function(argument(call, 0, 2));
        boolean waits = expressions.number(argument(call, 1, 2)) != 0;
        String label = label(Labelling.calls(CallTarget.ALL), "");
        recorder.onEachCpu(
                label,
                Identifiers.name(function.name()),
                r -> {
                    if (r == recorder) {
                        within(label, () -> inside(choice.yes()));
                    } else {
                        reading.routine(function, false).accept(r);
                    }
                },
                waits);
        noElse(choice);
    }

    private void stopMachine(CExpr.Call call, CStmt.Choice choice) {
        CFunction function = reading.function(argument(call, 0, 1));
        String label = label("stop_machine", "");
        Routine others = reading.builder.routine(Identifiers.name(function.name()), reading.routine(function, false));
        recorder.stopMachine(label, () -> inside(choice.yes()), others);
        noElse(choice);
    }

    private static void noElse(CStmt.Choice choice) {
        choice.no().ifPresent(no -> {
            throw no.at().wrong("'else' behind what is no branch", "leave it out");
        });
    }

    private static CExpr argument(CExpr.Call call, int number, int of) {
        if (call.arguments().size() != of) {
            throw call.at().wrong(StepVocabulary.written(call.at()) + " takes " + of + " arguments", "");
        }
        return call.arguments().get(number);
    }

    // ---- loops and waits

    private void loop(CStmt.WhileLoop loop) {
        if (!isWait(loop.body())) {
            recorder.whileTrue(expressions.of(loop.condition()), () -> inside(loop.body()));
        } else if (loop.condition() instanceof CExpr.Unary until && until.operator() == UnaryOperator.NOT) {
            await(until.operand());
        } else {
            throw loop.at()
                    .wrong("a wait whose condition is not !(…)", "write while (!(what is waited for)) cpu_relax();");
        }
    }

    private static boolean isWait(CStmt body) {
        return body instanceof CStmt.Evaluate evaluate
                && evaluate.value() instanceof CExpr.Call call
                && StepExpressions.name(call).equals("__pc_relax");
    }

    private void await(CExpr condition) {
        if (condition instanceof CExpr.Binary both && both.operator() == CBinaryOperator.LOGICAL_AND) {
            Expr first = expressions.of(both.left());
            recorder.awaitBoth(label("wait", Labelling.object(first)), first, expressions.of(both.right()));
        } else if (condition instanceof CExpr.Call call
                && StepExpressions.name(call).equals("__pc_try_cmpxchg")) {
            StepCall exchange = new StepCall(call.at(), call.arguments(), Optional.empty(), this);
            argument(call, 0, 3);
            recorder.awaitExchange(
                    label("lock", exchange.cell(0).var().name()), exchange.cell(0), exchange.expr(1), exchange.expr(2));
        } else {
            Expr until = expressions.of(condition);
            recorder.await(label("wait", Labelling.object(until)), until);
        }
    }
}
