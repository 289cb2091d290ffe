// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.text.TextStore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/** Compiles the statements of a protocol to operations, all routines into one array. */
final class Compiler implements Stmt.Visitor<Void> {
    final List<Op> ops = new ArrayList<>();
    final List<TextStore> textStores = new ArrayList<>();
    /** The widest range of each local variable number, over all routines. */
    final List<Long> localSpans = new ArrayList<>();
    /** The least value of each local variable of the routine that an operation belongs to. */
    final List<int[]> localMins = new ArrayList<>();

    final List<int[]> localMaxes = new ArrayList<>();

    boolean stops;
    boolean sendsNmi;
    boolean waitsForGrace;
    private Optional<Stmt.SyncEachCpu> ipi = Optional.empty();

    private final List<Routine> pending = new ArrayList<>();
    private final List<Op> pendingStarts = new ArrayList<>();
    /** Jumps to the end of each open call, innermost last. */
    private final Deque<List<Op>> returns = new ArrayDeque<>();

    /** Compiles a routine and those it brings along; returns its first operation. */
    int routine(Routine routine) {
        int first = one(routine);
        while (!pending.isEmpty()) {
            pendingStarts.remove(0).number = one(pending.remove(0));
        }
        return first;
    }

    private int one(Routine routine) {
        int first = ops.size();
        returns.addLast(new ArrayList<>());
        block(routine.body());
        int end = emit(OpCode.END, Optional.empty(), "end", true).target;
        returns.removeLast().forEach(op -> op.target = end);
        int[] mins = routine.locals().stream().mapToInt(Local::min).toArray();
        int[] maxes = routine.locals().stream().mapToInt(Local::max).toArray();
        for (int i = first; i < ops.size(); i++) {
            localMins.add(mins);
            localMaxes.add(maxes);
        }
        for (int i = 0; i < mins.length; i++) {
            if (i == localSpans.size()) {
                localSpans.add(0L);
            }
            localSpans.set(i, Math.max(localSpans.get(i), (long) maxes[i] - mins[i]));
        }
        markRests(first, ops.size());
        return first;
    }

    /** A thread at rest owes nothing; nor does one that has only local steps between itself and the place of rest. */
    private void markRests(int first, int end) {
        for (int i = first; i < end; i++) {
            if (ops.get(i).code == OpCode.REST) {
                markRest(i);
            }
        }
    }

    private void markRest(int at) {
        Op op = ops.get(at);
        if (op.rest) {
            return;
        }
        op.rest = true;
        if (op.local && op.code != OpCode.END && op.code != OpCode.JUMP) {
            markRest(at + 1);
        }
        if (op.code == OpCode.JUMP || (op.local && op.code == OpCode.BRANCH_FALSE)) {
            markRest(op.target);
        }
    }

    private void block(List<Stmt> statements) {
        statements.forEach(statement -> statement.accept(this));
    }

    /** Appends an operation; its {@code target} is its own number until it gets another. */
    private Op emit(OpCode code, Optional<Stmt> source, String label, boolean local) {
        Op op = new Op(code, label, source, local);
        op.target = ops.size();
        ops.add(op);
        return op;
    }

    private Op emit(OpCode code, Stmt source) {
        return emit(code, Optional.of(source), source.label(), source.label().isEmpty());
    }

    @Override
    public Void note(Stmt.Note stmt) {
        return null;
    }

    @Override
    public Void assign(Stmt.Assign stmt) {
        Op op = emit(OpCode.ASSIGN, stmt);
        op.local0 = stmt.to().id();
        op.expr = Code.of(stmt.value());
        return null;
    }

    @Override
    public Void store(Stmt.Store stmt) {
        Op op = emit(OpCode.STORE, stmt);
        op.variable = stmt.to().var().id();
        op.index = Code.of(stmt.to().index());
        op.expr = Code.of(stmt.value());
        return null;
    }

    @Override
    public Void rmw(Stmt.Rmw stmt) {
        Op op = emit(OpCode.RMW, stmt);
        op.variable = stmt.cell().var().id();
        op.index = Code.of(stmt.cell().index());
        op.expr = Code.of(stmt.operand());
        op.rmw = stmt.op();
        op.local0 = stmt.old().map(Local::id).orElse(-1);
        return null;
    }

    @Override
    public Void compareExchange(Stmt.CompareExchange stmt) {
        Op op = emit(OpCode.COMPARE_EXCHANGE, stmt);
        op.variable = stmt.cell().var().id();
        op.index = Code.of(stmt.cell().index());
        op.expr = Code.of(stmt.expected());
        op.desired = Code.of(stmt.desired());
        op.local0 = stmt.success().id();
        return null;
    }

    @Override
    public Void fence(Stmt.Fence stmt) {
        emit(OpCode.FENCE, stmt);
        return null;
    }

    @Override
    public Void await(Stmt.Await stmt) {
        emit(OpCode.AWAIT, stmt).expr = Code.of(stmt.condition());
        return null;
    }

    @Override
    public Void awaitExchange(Stmt.AwaitExchange stmt) {
        Op op = emit(OpCode.AWAIT_EXCHANGE, stmt);
        op.variable = stmt.cell().var().id();
        op.index = Code.of(stmt.cell().index());
        op.expr = Code.of(stmt.expected());
        op.desired = Code.of(stmt.desired());
        return null;
    }

    @Override
    public Void branch(Stmt.If stmt) {
        Op test = emit(OpCode.BRANCH_FALSE, stmt);
        test.expr = Code.of(stmt.condition());
        block(stmt.then());
        if (stmt.otherwise().isEmpty()) {
            test.target = ops.size();
        } else {
            Op over = emit(OpCode.JUMP, Optional.of(stmt), "", true);
            test.target = ops.size();
            block(stmt.otherwise());
            over.target = ops.size();
        }
        return null;
    }

    @Override
    public Void loop(Stmt.While stmt) {
        Op test = emit(OpCode.BRANCH_FALSE, stmt);
        int head = test.target;
        test.expr = Code.of(stmt.condition());
        block(stmt.body());
        Op back = emit(OpCode.JUMP, Optional.of(stmt), "", true);
        back.target = head;
        // Whether it is a loop to worry about: one with a place of rest is the life of a thread.
        back.flag = ops.subList(head, ops.size()).stream().noneMatch(op -> op.code == OpCode.REST);
        test.target = ops.size();
        return null;
    }

    @Override
    public Void call(Stmt.Call stmt) {
        returns.addLast(new ArrayList<>());
        block(stmt.body());
        int end = ops.size();
        returns.removeLast().forEach(op -> op.target = end);
        return null;
    }

    @Override
    public Void leave(Stmt.Return stmt) {
        returns.getLast().add(emit(OpCode.JUMP, Optional.of(stmt), "", true));
        return null;
    }

    @Override
    public Void textPoke(Stmt.TextPoke stmt) {
        emit(OpCode.TEXT_POKE, stmt).number = textStores.size();
        textStores.add(stmt.store());
        return null;
    }

    @Override
    public Void serialize(Stmt.Serialize stmt) {
        emit(OpCode.SERIALIZE, stmt).sync = stmt.sync();
        return null;
    }

    @Override
    public Void syncEachCpu(Stmt.SyncEachCpu stmt) {
        ipi.filter(other -> other.sync() != stmt.sync() || other.switchesTask() != stmt.switchesTask())
                .ifPresent(other -> {
                    throw new IllegalArgumentException("a protocol with two kinds of IPI handlers, " + CText.of(other)
                            + " and " + CText.of(stmt) + ", cannot be modelled; use one of them");
                });
        ipi = Optional.of(stmt);
        emit(OpCode.SYNC_SEND, stmt).sync = stmt.sync();
        emit(OpCode.SYNC_WAIT, Optional.of(stmt), stmt.label() + ".wait", false);
        return null;
    }

    /** What the handlers of IPIs execute. */
    Sync ipiSync() {
        return ipi.map(Stmt.SyncEachCpu::sync).orElse(Sync.NONE);
    }

    /** Whether the return from an IPI executes an IRET. */
    boolean ipiReturnsByIret() {
        return ipi.isEmpty() || !ipi.get().switchesTask();
    }

    @Override
    public Void gracePeriod(Stmt.GracePeriod stmt) {
        waitsForGrace = true;
        emit(OpCode.GRACE_BEGIN, stmt).quiescence = stmt.quiescence();
        emit(OpCode.GRACE_WAIT, Optional.of(stmt), stmt.label() + ".wait", false);
        return null;
    }

    @Override
    public Void foreignInt3(Stmt.ForeignInt3 stmt) {
        emit(OpCode.FOREIGN_INT3, stmt);
        return null;
    }

    @Override
    public Void sendNmi(Stmt.SendNmi stmt) {
        sendsNmi = true;
        emit(OpCode.SEND_NMI, stmt).expr = Code.of(stmt.cpu());
        return null;
    }

    @Override
    public Void setInterruptFlag(Stmt.SetInterruptFlag stmt) {
        emit(OpCode.SET_IF, stmt).flag = stmt.enabled();
        return null;
    }

    @Override
    public Void setPreemption(Stmt.SetPreemption stmt) {
        emit(OpCode.SET_PREEMPTION, stmt).flag = stmt.enabled();
        return null;
    }

    @Override
    public Void stopMachine(Stmt.StopMachine stmt) {
        stops = true;
        emit(OpCode.STOP_BEGIN, stmt);
        pendingStarts.add(emit(OpCode.STOP_RUN, Optional.of(stmt), stmt.label() + ".run", false));
        pending.add(stmt.elsewhere());
        block(stmt.here());
        emit(OpCode.STOP_DONE, Optional.of(stmt), stmt.label() + ".done", false);
        emit(OpCode.STOP_RETURN, Optional.of(stmt), stmt.label() + ".return", false);
        return null;
    }

    @Override
    public Void execute(Stmt.Execute stmt) {
        Op op = emit(OpCode.EXECUTE, stmt);
        op.number = stmt.site().index();
        op.local0 = stmt.version().map(Local::id).orElse(-1);
        return null;
    }

    @Override
    public Void bugOn(Stmt.BugOn stmt) {
        emit(OpCode.BUG_ON, stmt).expr = Code.of(stmt.condition());
        return null;
    }

    @Override
    public Void patchMark(Stmt.PatchMark stmt) {
        Op op = emit(OpCode.PATCH_MARK, stmt);
        op.number = stmt.site().index();
        op.version = stmt.version();
        op.flag = stmt.end();
        return null;
    }

    @Override
    public Void unhandled(Stmt.Unhandled stmt) {
        returns.getFirst().add(emit(OpCode.UNHANDLED, stmt));
        return null;
    }

    @Override
    public Void setSavedAddress(Stmt.SetSavedAddress stmt) {
        emit(OpCode.SET_SAVED_ADDRESS, stmt).expr = Code.of(stmt.place());
        return null;
    }

    @Override
    public Void emulate(Stmt.Emulate stmt) {
        // Only the context below changes, which cannot run before this one has returned. What a conditional jump does
        // is open, though.
        boolean certain = !stmt.site().emulated(stmt.version()).kind().isConditional();
        Op op = emit(OpCode.EMULATE, Optional.of(stmt), stmt.label(), certain);
        op.number = stmt.site().index();
        op.version = stmt.version();
        op.flag = stmt.gap();
        return null;
    }

    @Override
    public Void objectLife(Stmt.ObjectLife stmt) {
        Op op = emit(OpCode.OBJECT_LIFE, stmt);
        op.number = stmt.object();
        op.flag = stmt.begin();
        return null;
    }

    @Override
    public Void pathBegin(Stmt.PathBegin stmt) {
        emit(OpCode.PATH_BEGIN, stmt);
        return null;
    }

    @Override
    public Void rest(Stmt.Rest stmt) {
        emit(OpCode.REST, stmt);
        return null;
    }
}
