// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.CStmt;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;

/** Loops: one that only waits is a wait, one that counts over what is known is written out, any other is a loop of the protocol. */
final class LoopReader {
    /** So many rounds are written out. */
    private static final int MOST_ROUNDS = 64;

    private final Reading reading;

    LoopReader(Reading reading) {
        this.reading = reading;
    }

    /**
     * A loop.
     *
     * @param testsFirst whether the condition is asked before the first round
     */
    private record Loop(Token at, Optional<CExpr> condition, CStmt body, Optional<CExpr> next, boolean testsFirst) {}

    void loop(CStmt stmt) {
        if (stmt instanceof CStmt.WhileLoop loop) {
            read(new Loop(loop.at(), Optional.of(loop.condition()), loop.body(), Optional.empty(), true));
        } else if (stmt instanceof CStmt.DoLoop loop) {
            read(new Loop(loop.at(), Optional.of(loop.condition()), loop.body(), Optional.empty(), false));
        } else if (stmt instanceof CStmt.ForLoop loop) {
            Frame frame = reading.frame();
            frame.enter();
            try {
                loop.first().ifPresent(reading.statements::statement);
                read(new Loop(loop.at(), loop.condition(), loop.body(), loop.next(), true));
            } finally {
                frame.leave();
            }
        } else {
            throw stmt.at()
                    .wrong(
                            "a label of a switch in a block, a branch or a loop inside it",
                            "move it out, so that it stands in the braces of the switch itself");
        }
    }

    private void read(Loop loop) {
        if (isWait(loop)) {
            return;
        }
        reading.statements.leavable("break", "loop", () -> {
            int round = 0;
            while (counts(loop) && !reading.knowledge().isDead()) {
                if (round++ == MOST_ROUNDS) {
                    throw loop.at()
                            .wrong(
                                    "a loop over a known count of more than " + MOST_ROUNDS
                                            + " rounds, which are written out",
                                    "");
                }
                round(loop);
                loop.next().ifPresent(reading.expressions::value);
            }
            boolean over = (round > 0 || loop.testsFirst())
                    && condition(loop).filter(Num::isFalse).isPresent();
            if (!over && !reading.knowledge().isDead()) {
                repeat(loop);
            }
        });
    }

    private void round(Loop loop) {
        reading.statements.leavable("continue", "next", () -> reading.statements.statement(loop.body()));
    }

    // ---- waits

    /** {@code while (condition on one cell) cpu_relax();} is a wait. */
    private boolean isWait(Loop loop) {
        if (loop.condition().isEmpty() || !isIdle(loop.body()) || loop.next().isPresent()) {
            return false;
        }
        Num[] condition = new Num[1];
        Optional<Shared.Cell> cell;
        try {
            cell = reading.access.awaiting(() ->
                    condition[0] = reading.conditions.condition(loop.condition().get()));
        } catch (Access.NotOneLoad e) {
            return false;
        }
        cell.ifPresent(on -> {
            String label = reading.routine().label("wait", on.var().name());
            boolean isEmpty = isEmpty(loop.body());
            reading.plain.beforeWait(loop.at(), !isEmpty);
            Runnable wait = () -> reading.access.recordWait(() ->
                    reading.recorder().await(label, Access.onCell(on, Arithmetic.not(condition[0]))));
            if (isEmpty && reading.access.awaitsPlainly() && reading.plain.areChanged()) {
                loadedOnce(loop, on, wait);
            } else {
                wait.run();
            }
            if (!isEmpty) {
                reading.plain.barrier(loop.at());
            }
        });
        return cell.isPresent();
    }

    /** The compiler may load once what nothing in the loop tells it to load again, which then waits for ever if it waits at all. */
    private void loadedOnce(Loop loop, Shared.Cell cell, Runnable wait) {
        Local once = reading.routine().temporary("once", Interval.TRUTH);
        reading.recorder().choose(reading.routine().label("once", cell.var().name()), 2, once);
        reading.recorder()
                .ifElse(
                        once.value(),
                        () -> {
                            Num holds = reading.conditions.condition(
                                    loop.condition().orElseThrow());
                            String label =
                                    reading.routine().label("ever", cell.var().name());
                            Runnable forEver =
                                    () -> reading.recorder().await(label, Access.onCell(cell, Num.truth(false)));
                            if (!holds.isFalse()) {
                                reading.recorder().ifThen(holds.expr(), forEver);
                            }
                        },
                        wait);
    }

    private static boolean isEmpty(CStmt body) {
        return body instanceof CStmt.Nothing
                || (body instanceof CStmt.Block block
                        && block.statements().stream().allMatch(LoopReader::isEmpty));
    }

    private boolean isIdle(CStmt body) {
        if (body instanceof CStmt.Block block) {
            return block.statements().stream().allMatch(this::isIdle);
        }
        return body instanceof CStmt.Nothing
                || (body instanceof CStmt.Evaluate evaluate && reading.words.isIdle(evaluate.value()));
    }

    // ---- counting

    /** Whether the next round of a loop is known to come, and its count is none that the body changes. */
    private boolean counts(Loop loop) {
        if (loop.next().isEmpty() || condition(loop).filter(Num::isTrue).isEmpty()) {
            return false;
        }
        Set<String> stepped = Assigned.in(this::isArray, new CStmt.Nothing(loop.at()), loop.next(), Optional.empty());
        Set<String> changed = Assigned.in(this::isArray, loop.body(), Optional.empty(), Optional.empty());
        Set<String> asked = Names.in(loop.condition().orElseThrow());
        return !Collections.disjoint(stepped, asked) && Collections.disjoint(changed, asked);
    }

    private boolean isArray(String name) {
        return reading.find(name)
                .filter(object -> object.type().plain() instanceof ArrayType)
                .isPresent();
    }

    private Optional<Num> condition(Loop loop) {
        return loop.condition().flatMap(reading.conditions::quietly);
    }

    // ---- repeating

    /** Statements that a {@code goto} among them repeats. */
    void again(Token label, List<CStmt> statements) {
        String over = "behind " + label.text();
        List<Runnable> heads = heads(
                label,
                Assigned.in(this::isArray, new CStmt.Block(label, statements), Optional.empty(), Optional.empty()),
                name -> Optional.empty());
        reading.statements.leavable(over, "again", () -> {
            repeated(reading.recorder()::forever, () -> {
                reading.statements.leavable("goto " + label.text(), label.text(), () -> {
                    reading.statements.list(statements);
                    if (!reading.knowledge().isDead()) {
                        reading.statements.leave(label, over, "");
                    }
                });
                heads.forEach(Runnable::run);
            });
            reading.knowledge().die();
        });
    }

    /** Records a loop, whose body may come to an end in the middle. */
    private void repeated(Consumer<Runnable> loop, Runnable body) {
        RoutineContext routine = reading.routine();
        routine.enterLoop();
        try {
            loop.accept(() -> reading.guarded(body));
        } finally {
            routine.leaveLoop();
        }
    }

    private void repeat(Loop loop) {
        Optional<Long> rounds = rounds(loop);
        List<Runnable> heads = heads(
                loop.at(),
                Assigned.in(this::isArray, loop.body(), loop.condition(), loop.next()),
                name -> rounds.flatMap(
                        many -> CountedRounds.steps(loop.body(), name).map(each -> many * each)));
        Optional<Num> quiet = loop.testsFirst() ? condition(loop) : Optional.empty();
        if (quiet.isPresent() && !quiet.get().isTrue()) {
            compares(loop);
            whileTrue(loop, quiet.get(), heads);
            return;
        }
        repeated(reading.recorder()::forever, () -> {
            if (loop.testsFirst()) {
                goOnIf(loop);
            }
            if (!reading.knowledge().isDead()) {
                round(loop);
            }
            if (!reading.knowledge().isDead()) {
                loop.next().ifPresent(reading.expressions::value);
            }
            if (!loop.testsFirst() && !reading.knowledge().isDead()) {
                goOnIf(loop);
            }
            heads.forEach(Runnable::run);
        });
        reading.knowledge().die();
    }

    /** How often a loop goes round at most, by what its condition has been seen to compare with; empty if that is not known, or not yet. */
    private Optional<Long> rounds(Loop loop) {
        Set<String> changed = Assigned.in(this::isArray, loop.body(), loop.condition(), Optional.empty());
        Optional<Interval> first = CountedRounds.counter(loop.condition(), loop.next(), changed)
                .flatMap(reading::find)
                .filter(object -> object.kind() == CObject.Kind.LOCAL)
                .filter(object -> !reading.rounds.pointedTo().containsKey(object.key()))
                .flatMap(object -> reading.knowledge().of(object.key()))
                .flatMap(Knowledge::range);
        return first.flatMap(from -> reading.ranges.seen(limit(loop)).map(to -> Math.max(0, to.max() - from.min())));
    }

    /** The name of what the condition of a loop compares with. */
    private String limit(Loop loop) {
        return reading.routine().full(loop.at(), "limit");
    }

    /** The condition of a loop has been read. */
    private void compares(Loop loop) {
        loop.condition()
                .filter(CExpr.Binary.class::isInstance)
                .flatMap(asked -> reading.conditions.compared(((CExpr.Binary) asked).right()))
                .ifPresent(limit ->
                        reading.ranges.add(limit(loop), limit, loop.at().use()));
    }

    private void whileTrue(Loop loop, Num condition, List<Runnable> heads) {
        CExpr expr = loop.condition().orElseThrow();
        Knowledge head = reading.knowledge().copy();
        repeated(body -> reading.recorder().whileTrue(condition.expr(), body), () -> {
            reading.conditions.learn(expr, true);
            round(loop);
            if (!reading.knowledge().isDead()) {
                loop.next().ifPresent(reading.expressions::value);
            }
            heads.forEach(Runnable::run);
        });
        reading.knowledge().become(head);
        // The last time that it is asked is after the last round.
        condition(loop);
        reading.conditions.learn(expr, false);
    }

    /**
     * What is known at the beginning of each round of the variables that a loop changes.
     *
     * @param grows by how much a variable grows at most until the loop ends, if it only grows and that is known
     */
    private List<Runnable> heads(Token at, Set<String> assigned, Function<String, Optional<Long>> grows) {
        List<Runnable> heads = new ArrayList<>();
        heads.add(FlagWords.head(reading, at));
        reading.memory.loop();
        reading.plain.forgetCopies();
        Set<String> pointedTo = reading.rounds.pointedTo().keySet();
        Set<String> followed = new TreeSet<>();
        for (String name : assigned) {
            Optional<CObject> object = reading.find(name).filter(found -> found.kind() == CObject.Kind.LOCAL);
            if (object.isPresent() && Access.isNumber(object.get().type())) {
                String key = object.get().key();
                // Through a pointer it may change otherwise, too.
                Optional<Long> by = pointedTo.contains(key) ? Optional.empty() : grows.apply(name);
                heads.add(new LoopHead(reading, at, object.get(), by)::comeBack);
                followed.add(key);
            } else {
                object.ifPresent(changed -> reading.knowledge().forgetAll(changed));
            }
        }
        heads.addAll(reading.rounds.begin(at, followed));
        return heads;
    }

    private void goOnIf(Loop loop) {
        loop.condition().ifPresent(expr -> {
            int temporaries = reading.routine().temporaries();
            Num condition = reading.conditions.condition(expr);
            compares(loop);
            reading.conditions.branch(
                    expr, condition, () -> {}, () -> reading.statements.leave(loop.at(), "break", ""));
            reading.routine().freeTemporaries(temporaries);
        });
    }
}
