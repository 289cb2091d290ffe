// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.mutation.Mutation.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/**
 * What can be done to a statement. Comments, marks of what is asked of the protocol, and executions of sites are none of its statements:
 * nothing is done to them, and nothing changes places with them.
 */
final class Operators implements Stmt.Visitor<List<Variant>> {
    /** A variable of its own for a read-modify-write that is taken apart. */
    private final Local scratch;

    /** Which changes are asked for. */
    private final Predicate<Variant> wanted;

    private Operators(Local scratch, Predicate<Variant> wanted) {
        this.scratch = scratch;
        this.wanted = wanted;
    }

    /** The changes of a routine's first statements that are wanted; each is the whole routine. */
    static List<Changed> of(Routine routine, int statements, Local scratch, Predicate<Variant> wanted) {
        Operators operators = new Operators(scratch, wanted);
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
        return routine.get(at) instanceof Stmt.Assign assign
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
            List<Variant> own = body.get(i).accept(this);
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
            if (!own.isEmpty() && next < body.size() && moves(body.get(i)) && moves(body.get(next))) {
                Variant swap = swap(body.subList(i, next + 1));
                if (wanted.test(swap)) {
                    variants.add(swap.within(body, i, next + 1 - i));
                }
            }
        }
        return variants;
    }

    /** The place of the next statement that is no comment. */
    private static int next(List<Stmt> body, int from) {
        int next = from + 1;
        while (next < body.size() && body.get(next) instanceof Stmt.Note) {
            next++;
        }
        return next;
    }

    /** Whether a statement can change places. To put a return in front of a statement is to drop that one. */
    private boolean moves(Stmt statement) {
        return !(statement instanceof Stmt.Return)
                && !(statement instanceof Stmt.Unhandled)
                && !statement.accept(this).isEmpty();
    }

    private static Variant swap(List<Stmt> between) {
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
                Variant.name(first),
                Operator.SWAP,
                "swapped with " + Variant.name(second),
                swapped,
                trapped,
                Optional.empty());
        return Touches.commute(first, second)
                ? variant.equivalent(
                        "one of the two touches only its own context, and neither reads what the other writes")
                : variant;
    }

    private static Variant drop(Stmt statement) {
        return Variant.of(statement, Operator.DROP, "dropped");
    }

    private static Variant weaken(Stmt statement, String how, Stmt... instead) {
        return Variant.of(statement, Operator.WEAKEN, how, instead);
    }

    private static List<Variant> only(Variant first, List<Variant> more) {
        List<Variant> all = new ArrayList<>();
        all.add(first);
        all.addAll(more);
        return all;
    }

    @Override
    public List<Variant> note(Stmt.Note stmt) {
        return List.of();
    }

    @Override
    public List<Variant> assign(Stmt.Assign stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> store(Stmt.Store stmt) {
        if (!stmt.release()) {
            return List.of(drop(stmt));
        }
        Stmt plain = new Stmt.Store(stmt.label(), stmt.to(), stmt.value(), false);
        return List.of(
                drop(stmt),
                weaken(stmt, "release → plain", plain).equivalent("on x86 a release store is a plain store"));
    }

    @Override
    public List<Variant> rmw(Stmt.Rmw stmt) {
        Local old = stmt.old().orElse(scratch);
        Stmt load = new Stmt.Assign(stmt.label() + ".load", old, stmt.cell().value());
        Stmt store = new Stmt.Store(stmt.label(), stmt.cell(), result(stmt.op(), old.value(), stmt.operand()), false);
        Stmt[] apart = stmt.op() == RmwOp.ADD_UNLESS_ZERO
                ? new Stmt[] {load, new Stmt.If("", old.value().ne(0), List.of(store), List.of())}
                : new Stmt[] {load, store};
        return List.of(drop(stmt), weaken(stmt, "locked → load, store", apart));
    }

    private static Expr result(RmwOp op, Expr old, Expr operand) {
        return switch (op) {
            case ADD, ADD_UNLESS_ZERO -> old.plus(operand);
            case OR -> old.or(operand);
            case AND_NOT -> new Expr.Binary(Expr.BinaryOp.SUB, old, old.and(operand));
            case EXCHANGE -> operand;
        };
    }

    @Override
    public List<Variant> compareExchange(Stmt.CompareExchange stmt) {
        Stmt load = new Stmt.Assign(stmt.label() + ".load", scratch, stmt.cell().value());
        Stmt store = new Stmt.Store(stmt.label(), stmt.cell(), stmt.desired(), false);
        Expr equal = scratch.value().eq(stmt.expected());
        Stmt apart = new Stmt.If("", equal, List.of(store), List.of());
        return List.of(
                drop(stmt),
                weaken(stmt, "locked → load, store", load, apart, new Stmt.Assign("", stmt.success(), equal)));
    }

    @Override
    public List<Variant> fence(Stmt.Fence stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> await(Stmt.Await stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> awaitExchange(Stmt.AwaitExchange stmt) {
        Stmt await = new Stmt.Await(stmt.label() + ".load", stmt.cell().value().eq(stmt.expected()));
        Stmt store = new Stmt.Store(stmt.label(), stmt.cell(), stmt.desired(), false);
        return List.of(drop(stmt), weaken(stmt, "locked → load, store", await, store));
    }

    @Override
    public List<Variant> branch(Stmt.If stmt) {
        List<Variant> variants = new ArrayList<>();
        variants.add(drop(stmt));
        for (Variant variant : body(stmt.then())) {
            variants.add(variant.inside(
                    then -> List.of(new Stmt.If(stmt.label(), stmt.condition(), then, stmt.otherwise()))));
        }
        for (Variant variant : body(stmt.otherwise())) {
            variants.add(variant.inside(
                    otherwise -> List.of(new Stmt.If(stmt.label(), stmt.condition(), stmt.then(), otherwise))));
        }
        return variants;
    }

    @Override
    public List<Variant> loop(Stmt.While stmt) {
        return only(
                drop(stmt),
                body(stmt.body()).stream()
                        .map(variant ->
                                variant.inside(body -> List.of(new Stmt.While(stmt.label(), stmt.condition(), body))))
                        .toList());
    }

    @Override
    public List<Variant> call(Stmt.Call stmt) {
        return only(
                drop(stmt),
                body(stmt.body()).stream()
                        .map(variant ->
                                variant.inside(body -> List.of(new Stmt.Call(stmt.label(), stmt.function(), body))))
                        .toList());
    }

    @Override
    public List<Variant> leave(Stmt.Return stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> textPoke(Stmt.TextPoke stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> serialize(Stmt.Serialize stmt) {
        return List.of(drop(stmt), weaken(stmt, stmt.sync().text() + " → fence", new Stmt.Fence(stmt.label())));
    }

    @Override
    public List<Variant> syncEachCpu(Stmt.SyncEachCpu stmt) {
        Variant here = weaken(stmt, "every CPU → this CPU", new Stmt.Serialize(stmt.label(), stmt.sync()));
        // Where the IPI returns by IRET that serializes, whatever the handler executes.
        return stmt.switchesTask() && !stmt.sync().drainsStores()
                ? List.of(
                        drop(stmt),
                        here,
                        weaken(
                                stmt,
                                "handler: " + stmt.sync().text() + " → fence",
                                new Stmt.SyncEachCpu(stmt.label(), Sync.MFENCE, true)))
                : List.of(drop(stmt), here);
    }

    @Override
    public List<Variant> gracePeriod(Stmt.GracePeriod stmt) {
        return stmt.quiescence() == Quiescence.HANDLERS_DONE
                ? List.of(drop(stmt))
                : List.of(
                        drop(stmt),
                        weaken(
                                stmt,
                                "sites left → handlers done",
                                new Stmt.GracePeriod(stmt.label(), Quiescence.HANDLERS_DONE)));
    }

    @Override
    public List<Variant> sendNmi(Stmt.SendNmi stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> setPreemption(Stmt.SetPreemption stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> stopMachine(Stmt.StopMachine stmt) {
        List<Variant> variants = new ArrayList<>();
        variants.add(drop(stmt));
        variants.add(
                weaken(stmt, "every CPU → this CPU", new Stmt.Call(stmt.label(), "here, nobody stopped", stmt.here())));
        for (Variant variant : body(stmt.here())) {
            variants.add(variant.inside(here -> List.of(new Stmt.StopMachine(stmt.label(), here, stmt.elsewhere()))));
        }
        Routine elsewhere = stmt.elsewhere();
        Local spare = new Local(elsewhere.locals().size(), scratch.name(), scratch.min(), scratch.max());
        for (Changed changed : of(elsewhere, elsewhere.body().size(), spare, wanted)) {
            Variant variant = changed.variant();
            variants.add(new Variant(
                    variant.subject(),
                    variant.partner(),
                    elsewhere.name() + "." + variant.step(),
                    variant.operator(),
                    variant.change(),
                    List.of(new Stmt.StopMachine(stmt.label(), stmt.here(), changed.routine())),
                    List.of(new Stmt.StopMachine(stmt.label(), stmt.here(), changed.trapped())),
                    variant.equivalence()));
        }
        return variants;
    }

    @Override
    public List<Variant> execute(Stmt.Execute stmt) {
        return List.of();
    }

    @Override
    public List<Variant> foreignInt3(Stmt.ForeignInt3 stmt) {
        return List.of();
    }

    @Override
    public List<Variant> bugOn(Stmt.BugOn stmt) {
        return List.of(drop(stmt).equivalent("it only observes, and has never failed"));
    }

    @Override
    public List<Variant> patchMark(Stmt.PatchMark stmt) {
        return List.of();
    }

    @Override
    public List<Variant> unhandled(Stmt.Unhandled stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> setSavedAddress(Stmt.SetSavedAddress stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> emulate(Stmt.Emulate stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> objectLife(Stmt.ObjectLife stmt) {
        return List.of(drop(stmt));
    }

    @Override
    public List<Variant> pathBegin(Stmt.PathBegin stmt) {
        return List.of();
    }

    @Override
    public List<Variant> rest(Stmt.Rest stmt) {
        return List.of();
    }
}
