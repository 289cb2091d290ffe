// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.cpu.ContextKind;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Routine;
import dev.pokecheck.protocol.Stmt;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A context of a {@link TreeWalk}: the lists of statements that it is in, its local variables, and the execution of a site. */
final class TreeContext {
    /** A list of statements that is being run, and the statement it belongs to. */
    static final class Block {
        final List<Stmt> statements;
        final @Nullable Stmt owner;
        int next;

        Block(List<Stmt> statements, @Nullable Stmt owner) {
            this.statements = statements;
            this.owner = owner;
        }

        boolean atEnd() {
            return next == statements.size();
        }
    }

    final ContextKind kind;
    /** IF of the CPU when this context began. */
    final boolean interruptsBefore;

    private final Deque<Block> blocks = new ArrayDeque<>();
    private int[] locals = {};
    private boolean started;

    @Nullable
    Execution execution;
    /** IF of the CPU when this context called {@code stop_machine}. */
    boolean interruptsBeforeStop;
    /** How far the statement that takes several steps has got. */
    int progress;

    TreeContext(ContextKind kind, boolean interruptsBefore) {
        this.kind = kind;
        this.interruptsBefore = interruptsBefore;
    }

    /** Whether it has a routine yet. */
    boolean started() {
        return started;
    }

    void start(Routine routine) {
        started = true;
        locals = routine.locals().stream().mapToInt(Local::min).toArray();
        enter(routine.body(), null);
    }

    void enter(List<Stmt> statements, @Nullable Stmt owner) {
        blocks.push(new Block(statements, owner));
    }

    /** The innermost block, or none if the routine is through. */
    @Nullable
    Block block() {
        return blocks.peek();
    }

    void leaveBlock() {
        blocks.pop();
    }

    /** Goes on behind the present statement. */
    void advance() {
        progress = 0;
        blocks.element().next++;
    }

    /** Leaves the innermost function, or the routine. */
    void leaveFunction() {
        while (!blocks.isEmpty() && !(blocks.pop().owner instanceof ControlStmt.Call)) {
            // Blocks inside the function end with it.
        }
    }

    /** Leaves the innermost block of a name. */
    void leaveNamed(String name) {
        boolean found = false;
        while (!found) {
            found = blocks.pop().owner instanceof ControlStmt.Block block
                    && block.name().equals(name);
        }
    }

    int local(Local local) {
        return locals[local.id()];
    }

    /** Assigns; returns whether the value is in the local's range. */
    boolean assign(Local local, int value) {
        locals[local.id()] = value;
        return local.min() <= value && value <= local.max();
    }
}
