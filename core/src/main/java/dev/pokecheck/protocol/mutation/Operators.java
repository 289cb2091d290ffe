// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.protocol.mutation.Mutation.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What can be done to a statement. Comments, marks of what is asked of the protocol (patch calls, postconditions and what is stored for them), and executions of
 * sites are none of its statements: nothing is done to them, and nothing changes places with them.
 */
final class Operators {
    /** A variable of its own for a read-modify-write that is taken apart. */
    private final Local scratch;

    private final Author author;
    private final Weakenings weakenings;

    /** Which changes are asked for. */
    private final Predicate<Variant> wanted;

    private Operators(Local scratch, Author author, Predicate<Variant> wanted) {
        this.scratch = scratch;
        this.author = author;
        this.weakenings = new Weakenings(scratch);
        this.wanted = wanted;
    }

    /** The changes of a routine's first statements that are wanted; each is the whole routine. */
    static List<Changed> of(Routine routine, int statements, Local scratch, Author author, Predicate<Variant> wanted) {
        Operators operators = new Operators(scratch, author, wanted);
        List<Stmt> rest = routine.body().subList(statements, routine.body().size());
        List<Stmt> own = routine.body().subList(0, statements);
        return operators.body(own, at -> begins(own, at)).stream()
                .map(variant -> new Changed(
                        variant,
                        operators.routine(routine, variant.statements(), rest),
                        operators.routine(routine, variant.trapped(), rest)))
                .toList();
    }

    /** A routine after a change, and with a trap in its place. */
    record Changed(Variant variant, Routine routine, Routine trapped) {}

    private Routine routine(Routine routine, List<Stmt> body, List<Stmt> rest) {
        List<Stmt> all = new ArrayList<>(body);
        all.addAll(rest);
        List<Local> locals = new ArrayList<>(routine.locals());
        if (!locals.contains(scratch)) {
            locals.add(scratch);
        }
        return new Routine(routine.name(), all, locals);
    }

    /** Whether an assignment at the top of a routine gives a variable the value that it has from the beginning. */
    private static boolean begins(List<Stmt> routine, int at) {
        return routine.get(at) instanceof DataStmt.Assign assign
                && assign.value() instanceof Expr.Const value
                && value.value() == assign.to().min()
                && routine.subList(0, at).stream()
                        .noneMatch(before -> Touches.of(before).writes(assign.to()));
    }

    private List<Variant> body(List<Stmt> body) {
        return body(body, at -> false);
    }

    private List<Variant> body(List<Stmt> body, IntPredicate isInitialisation) {
        List<Variant> variants = new ArrayList<>();
        for (int i = 0; i < body.size(); i++) {
            int at = i;
            List<Variant> own = of(body.get(i));
            for (Variant variant : own) {
                if (!wanted.test(variant)) {
                    continue;
                }
                Variant here = isInitialisation.test(i)
                        ? variant.equivalent("the model gives the variable this value from the beginning")
                        : variant;
                variants.add(here.within(body, at, 1));
            }
            int next = next(body, i);
            if (next < body.size() && mayChangePlaces(body.subList(i, next + 1)) && !isReturned(body, next)) {
                Variant swap = swap(body.subList(i, next + 1));
                if (wanted.test(swap)) {
                    variants.add(swap.within(body, i, next + 1 - i));
                }
            }
            int first = firstPublished(body, i);
            if (first < i) {
                Variant hoist = hoist(body.subList(first, i + 1));
                if (wanted.test(hoist)) {
                    variants.add(hoist.within(body, first, i + 1 - first));
                }
            }
        }
        return variants;
    }

    /** Whether a statement only says the value of the return after it. */
    private boolean isReturned(List<Stmt> body, int at) {
        return at + 1 < body.size()
                && body.get(at) instanceof DataStmt.Assign
                && (body.get(at + 1) instanceof ControlStmt.Leave || body.get(at + 1) instanceof ControlStmt.Return)
                && author.isOne(body.get(at), body.get(at + 1));
    }

    /** The first of the plain stores, at least two, that stand right before a release store; its own place if there are none. */
    private static int firstPublished(List<Stmt> body, int release) {
        if (!(body.get(release) instanceof DataStmt.Store publishes) || !publishes.release()) {
            return release;
        }
        int stores = 0;
        int first = release;
        for (int i = release - 1; i >= 0; i--) {
            if (body.get(i) instanceof DataStmt.Store store && !store.release()) {
                stores++;
                first = i;
            } else if (!(body.get(i) instanceof ControlStmt.Note)) {
                break;
            }
        }
        return stores < 2 ? release : first;
    }

    private Variant hoist(List<Stmt> stores) {
        Stmt first = stores.get(0);
        Stmt release = stores.get(stores.size() - 1);
        List<Stmt> hoisted = new ArrayList<>(stores.subList(0, stores.size() - 1));
        hoisted.add(0, release);
        List<Stmt> trapped = new ArrayList<>(stores);
        trapped.add(stores.size() - 1, Variant.TRAP);
        return new Variant(
                release,
                first,
                author.name(release),
                Operator.HOIST,
                "before " + author.name(first),
                hoisted,
                trapped,
                Optional.empty());
    }

    /** The place of the next statement that the author has written, and that is no comment. */
    private int next(List<Stmt> body, int from) {
        int next = from + 1;
        while (next < body.size() && !(isOwn(body.get(next)) || body.get(next) instanceof ControlStmt.Block)) {
            next++;
        }
        return next;
    }

    private boolean isOwn(Stmt statement) {
        return !(statement instanceof ControlStmt.Note) && author.isWritten(statement);
    }

    /** Whether the first and the last of some statements can change places, and what stands between them is not of the order of them. */
    private boolean mayChangePlaces(List<Stmt> statements) {
        Stmt first = statements.get(0);
        Stmt last = statements.get(statements.size() - 1);
        return moves(first)
                && moves(last)
                && !author.isOne(first, last)
                && statements.subList(1, statements.size() - 1).stream()
                        .allMatch(between -> Author.isAssertion(between)
                                ? !Touches.feeds(first, between) && !Touches.feeds(last, between)
                                : Touches.commute(first, between) && Touches.commute(between, last));
    }

    /** Whether a statement can change places. To put a return in front of a statement is to drop that one. */
    private boolean moves(Stmt statement) {
        return !(statement instanceof ControlStmt.Return)
                && !(statement instanceof ControlStmt.Leave)
                && !(statement instanceof TextStmt.Unhandled)
                && author.isWritten(statement)
                && statement.isOfProtocol();
    }

    private Variant swap(List<Stmt> between) {
        Stmt first = between.get(0);
        Stmt second = between.get(between.size() - 1);
        List<Stmt> swapped = new ArrayList<>(between);
        swapped.set(0, second);
        swapped.set(between.size() - 1, first);
        List<Stmt> trapped = new ArrayList<>(between);
        trapped.add(0, Variant.TRAP);
        Variant variant = new Variant(
                first,
                second,
                author.name(first),
                Operator.SWAP,
                "swapped with " + author.name(second),
                swapped,
                trapped,
                Optional.empty());
        return Touches.commute(first, second)
                ? variant.equivalent(
                        "one of the two touches only its own context, and neither reads what the other writes")
                : variant;
    }

    private Variant drop(Stmt statement) {
        return Variant.of(statement, Operator.DROP, author.dropped(statement)).named(author.name(statement));
    }

    private List<Variant> of(Stmt statement) {
        if (!statement.isOfProtocol()) {
            return List.of();
        }
        List<Variant> all = new ArrayList<>();
        if (author.isWritten(statement)) {
            all.add(
                    statement instanceof ControlStmt.BugOn
                            ? drop(statement).equivalent("it only observes, and has never failed")
                            : drop(statement));
            all.addAll(weakenings.of(statement));
        }
        all.addAll(inside(statement));
        return all;
    }

    /** What can be done to the statements inside one. */
    private List<Variant> inside(Stmt statement) {
        if (statement instanceof ControlStmt.If stmt) {
            List<Variant> variants = new ArrayList<>();
            variants.addAll(inside(
                    stmt.then(), then -> new ControlStmt.If(stmt.label(), stmt.condition(), then, stmt.otherwise())));
            variants.addAll(inside(
                    stmt.otherwise(),
                    otherwise -> new ControlStmt.If(stmt.label(), stmt.condition(), stmt.then(), otherwise)));
            return variants;
        }
        if (statement instanceof ControlStmt.While stmt) {
            return inside(stmt.body(), body -> new ControlStmt.While(stmt.label(), stmt.condition(), body));
        }
        if (statement instanceof ControlStmt.Block stmt) {
            return inside(stmt.body(), body -> new ControlStmt.Block(stmt.name(), body));
        }
        if (statement instanceof ControlStmt.Call stmt) {
            return inside(stmt.body(), body -> new ControlStmt.Call(stmt.label(), stmt.function(), body));
        }
        if (statement instanceof CpuStmt.CallCpus stmt) {
            return callCpus(stmt);
        }
        return statement instanceof CpuStmt.StopMachine stmt ? stopMachine(stmt) : List.of();
    }

    private List<Variant> inside(List<Stmt> body, Function<List<Stmt>, Stmt> around) {
        return body(body).stream()
                .map(variant -> variant.inside(changed -> List.of(around.apply(changed))))
                .toList();
    }

    private List<Variant> stopMachine(CpuStmt.StopMachine stmt) {
        List<Variant> variants = new ArrayList<>();
        variants.add(hereOnly(stmt, "here, nobody stopped"));
        variants.addAll(elsewhere(stmt));
        return variants;
    }

    private List<Variant> callCpus(CpuStmt.CallCpus stmt) {
        List<Variant> variants = new ArrayList<>();
        variants.add(hereOnly(stmt, "here, nobody called"));
        if (stmt.waits()) {
            Stmt dispatch = new CpuStmt.CallCpus(stmt.label(), stmt.here(), stmt.elsewhere(), stmt.target(), false);
            variants.add(Weakenings.weaken(stmt, "wait → no wait", dispatch));
        }
        variants.addAll(elsewhere(stmt));
        return variants;
    }

    private static Variant hereOnly(CpuStmt.Elsewhere stmt, String how) {
        return Weakenings.weaken(stmt, "every CPU → this CPU", new ControlStmt.Call(stmt.label(), how, stmt.here()));
    }

    /** Mutants of what this CPU runs, and of what the others do. */
    private List<Variant> elsewhere(CpuStmt.Elsewhere stmt) {
        Routine elsewhere = stmt.elsewhere();
        List<Variant> variants = new ArrayList<>(inside(stmt.here(), body -> stmt.with(body, elsewhere)));
        Local spare = new Local(elsewhere.locals().size(), scratch.name(), scratch.min(), scratch.max());
        for (Changed changed : of(elsewhere, elsewhere.body().size(), spare, author, wanted)) {
            Variant variant = changed.variant();
            variants.add(new Variant(
                    variant.subject(),
                    variant.partner(),
                    elsewhere.name() + "." + variant.step(),
                    variant.operator(),
                    variant.change(),
                    List.of(stmt.with(stmt.here(), changed.routine())),
                    List.of(stmt.with(stmt.here(), changed.trapped())),
                    variant.equivalence()));
        }
        return variants;
    }
}
