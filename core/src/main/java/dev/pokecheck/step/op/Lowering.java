// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.LocalRanges;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.Words;
import dev.pokecheck.text.TextRead;
import dev.pokecheck.text.TextStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;

/** Makes steps of the statements of a protocol, and one graph of all its routines. */
public final class Lowering extends ContextLowering {
    private final List<Step> steps = new ArrayList<>();
    private final List<Integer> rests = new ArrayList<>();
    private final List<LocalRanges> locals = new ArrayList<>();
    private final List<TextStore> textStores = new ArrayList<>();
    private final List<TextRead> textReads = new ArrayList<>();
    private Optional<CpuStmt.SyncEachCpu> ipi = Optional.empty();

    /** Routines for other CPUs that are still to be made, and the steps that start them. */
    private final Deque<Routine> pending = new ArrayDeque<>();

    private final List<CallSend> calls = new ArrayList<>();
    private final Deque<IntConsumer> pendingStarts = new ArrayDeque<>();
    private final Exits exits = new Exits();
    /** Steps that may jump to the end of the routine. */
    private final List<Unhandled> givenUp = new ArrayList<>();

    private Lowering() {}

    /**
     * The graph of a protocol.
     *
     * @throws IllegalArgumentException if it has two kinds of IPI handlers
     */
    public static Graph of(Protocol protocol) {
        return new Lowering().graph(protocol);
    }

    private Graph graph(Protocol protocol) {
        List<Integer> threads = protocol.threads().stream().map(this::routine).toList();
        int breakpoint = protocol.breakpoint().map(this::routine).orElse(-1);
        int nmi = routine(protocol.nmi());
        int irq = routine(protocol.irq());
        int mc = routine(protocol.mc());
        int stopWait = steps.size();
        add(new StopWait());
        locals.add(new LocalRanges(List.of()));
        return new Graph(
                steps,
                new Graph.Routines(threads, breakpoint, nmi, irq, mc, stopWait),
                rests,
                locals,
                textStores,
                textReads,
                new Graph.Ipi(
                        ipi.map(CpuStmt.SyncEachCpu::sync).orElse(Sync.NONE),
                        ipi.isEmpty() || !ipi.get().switchesTask(),
                        calls.stream()
                                .map(call -> new Graph.Call(call.function(), call.waits()))
                                .toList()));
    }

    /** Makes a routine and those it brings along; returns its first step. */
    private int routine(Routine routine) {
        int first = one(routine);
        while (!pending.isEmpty()) {
            pendingStarts.removeFirst().accept(one(pending.removeFirst()));
        }
        return first;
    }

    private int one(Routine routine) {
        int first = steps.size();
        leavable(Exits.FUNCTION, routine.body());
        int end = steps.size();
        add(new End());
        givenUp.forEach(step -> step.end(end));
        givenUp.clear();
        LocalRanges ranges = new LocalRanges(routine.locals());
        for (int i = first; i < steps.size(); i++) {
            locals.add(ranges);
        }
        return first;
    }

    private void block(List<Stmt> statements) {
        statements.forEach(statement -> statement.accept(this));
    }

    /** Statements to whose end may be jumped. */
    private void leavable(String name, List<Stmt> statements) {
        exits.open(name);
        block(statements);
        exits.close(steps.size());
    }

    private Void leave(String name, Stmt stmt) {
        exits.leave(name, stmt, add(new Jump(stmt, Words.of(stmt))));
        return null;
    }

    @Override
    <S extends Step> S add(S step) {
        steps.add(step);
        return step;
    }

    @Override
    public Void note(ControlStmt.Note stmt) {
        return null;
    }

    @Override
    public Void assign(DataStmt.Assign stmt) {
        return one(new Assign(stmt));
    }

    @Override
    public Void store(DataStmt.Store stmt) {
        return one(new Store(stmt));
    }

    @Override
    public Void rmw(DataStmt.Rmw stmt) {
        return one(new Update(stmt));
    }

    @Override
    public Void compareExchange(DataStmt.CompareExchange stmt) {
        return one(new CompareExchange(stmt));
    }

    @Override
    public Void compareSwap(DataStmt.CompareSwap stmt) {
        return one(new CompareExchange(stmt));
    }

    @Override
    public Void fence(DataStmt.Fence stmt) {
        return one(new Fence(stmt));
    }

    @Override
    public Void await(DataStmt.Await stmt) {
        return one(new Await(stmt));
    }

    @Override
    public Void awaitBoth(DataStmt.AwaitBoth stmt) {
        int first = steps.size();
        add(new Await(stmt));
        add(new AwaitAnd(stmt)).back(first);
        return null;
    }

    @Override
    public Void awaitOrTimeout(DataStmt.AwaitOrTimeout stmt) {
        return one(new AwaitOrTimeout(stmt));
    }

    @Override
    public Void awaitExchange(DataStmt.AwaitExchange stmt) {
        return one(new AwaitExchange(stmt));
    }

    @Override
    public Void branch(ControlStmt.If stmt) {
        Branch test = add(new Branch(stmt));
        block(stmt.then());
        if (stmt.otherwise().isEmpty()) {
            test.otherwise(steps.size());
        } else {
            Jump over = add(new Jump(stmt, Words.of("}")));
            test.otherwise(steps.size());
            block(stmt.otherwise());
            over.to(steps.size());
        }
        return null;
    }

    @Override
    public Void loop(ControlStmt.While stmt) {
        int head = steps.size();
        Branch test = add(new Branch(stmt));
        block(stmt.body());
        Jump back = add(new Jump(stmt, Words.of("}")));
        back.to(head);
        // A loop with a place of rest is the life of a thread, and none to worry about.
        if (rests.stream().noneMatch(rest -> rest > head)) {
            back.closesLoop();
        }
        test.otherwise(steps.size());
        return null;
    }

    @Override
    public Void choose(ControlStmt.Choose stmt) {
        return one(new Choose(stmt));
    }

    @Override
    public Void call(ControlStmt.Call stmt) {
        leavable(Exits.FUNCTION, stmt.body());
        return null;
    }

    @Override
    public Void leave(ControlStmt.Return stmt) {
        return leave(Exits.FUNCTION, stmt);
    }

    @Override
    public Void block(ControlStmt.Block stmt) {
        leavable(stmt.name(), stmt.body());
        return null;
    }

    @Override
    public Void leave(ControlStmt.Leave stmt) {
        return leave(stmt.block(), stmt);
    }

    @Override
    public Void textPoke(TextStmt.TextPoke stmt) {
        add(new TextPoke(stmt, textStores.size()));
        textStores.add(stmt.store());
        return null;
    }

    @Override
    public Void loadText(TextStmt.LoadText stmt) {
        add(new LoadText(stmt, textReads.size()));
        textReads.add(stmt.read());
        return null;
    }

    @Override
    public Void exchangeText(TextStmt.ExchangeText stmt) {
        add(new ExchangeText(stmt, textReads.size(), textStores.size()));
        textReads.add(stmt.expected());
        textStores.add(stmt.desired());
        return null;
    }

    @Override
    public Void serialize(CpuStmt.Serialize stmt) {
        return one(new Serialize(stmt));
    }

    @Override
    public Void syncEachCpu(CpuStmt.SyncEachCpu stmt) {
        ipi.filter(other -> other.sync() != stmt.sync() || other.switchesTask() != stmt.switchesTask())
                .ifPresent(other -> {
                    throw new IllegalArgumentException("a protocol with two kinds of IPI handlers, " + other.text()
                            + " and " + stmt.text() + ", cannot be modelled; use one of them");
                });
        ipi = Optional.of(stmt);
        add(new SyncSend(stmt));
        if (!stmt.fenced()) {
            add(new Serialize(stmt));
        }
        return one(new SyncWait(stmt));
    }

    @Override
    public Void callCpus(CpuStmt.CallCpus stmt) {
        CallSend send = add(new CallSend(stmt, calls.size()));
        calls.add(send);
        elsewhere(stmt, send::function);
        if (stmt.target().isHere()) {
            add(new HoldInterrupts(stmt, true));
            leavable(Exits.FUNCTION, stmt.here());
            add(new HoldInterrupts(stmt, false));
        }
        return stmt.waits() ? one(new CallWait(stmt)) : null;
    }

    private void elsewhere(CpuStmt.Elsewhere stmt, IntConsumer start) {
        pendingStarts.addLast(start);
        pending.addLast(stmt.elsewhere());
    }

    @Override
    public Void gracePeriod(CpuStmt.GracePeriod stmt) {
        add(new GraceBegin(stmt));
        return one(new GraceWait(stmt));
    }

    @Override
    public Void foreignInt3(TextStmt.ForeignInt3 stmt) {
        return one(new ForeignInt3(stmt));
    }

    @Override
    public Void sendNmi(CpuStmt.SendNmi stmt) {
        return one(new SendNmi(stmt));
    }

    @Override
    public Void setInterruptFlag(CpuStmt.SetInterruptFlag stmt) {
        return one(new SetInterruptFlag(stmt));
    }

    @Override
    public Void sti(CpuStmt.Sti stmt) {
        return one(new Sti(stmt));
    }

    @Override
    public Void eoi(CpuStmt.Eoi stmt) {
        return one(new Eoi(stmt));
    }

    @Override
    public Void setPreemption(CpuStmt.SetPreemption stmt) {
        return one(new SetPreemption(stmt));
    }

    @Override
    public Void stopMachine(CpuStmt.StopMachine stmt) {
        add(new StopBegin(stmt));
        elsewhere(stmt, add(new StopRun(stmt))::function);
        block(stmt.here());
        add(new StopDone(stmt));
        return one(new StopReturn(stmt));
    }

    @Override
    public Void execute(TextStmt.Execute stmt) {
        return one(new Execute(stmt));
    }

    @Override
    public Void bugOn(ControlStmt.BugOn stmt) {
        return one(new BugOn(stmt));
    }

    @Override
    public Void patchMark(TextStmt.PatchMark stmt) {
        return one(new PatchMark(stmt));
    }

    @Override
    public Void unhandled(TextStmt.Unhandled stmt) {
        givenUp.add(add(new Unhandled(stmt)));
        return null;
    }

    @Override
    public Void objectLife(DataStmt.ObjectLife stmt) {
        return one(new ObjectLife(stmt));
    }

    @Override
    public Void ghostStore(DataStmt.GhostStore stmt) {
        return one(new GhostStore(stmt));
    }

    @Override
    public Void ensure(ControlStmt.Ensure stmt) {
        return one(new Ensure(stmt));
    }

    @Override
    public Void pathBegin(ControlStmt.PathBegin stmt) {
        return one(new PathBegin(stmt));
    }

    @Override
    public Void rest(ControlStmt.Rest stmt) {
        rests.add(steps.size());
        return one(new Rest(stmt));
    }
}
