// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.data.Var;
import java.util.Optional;

/** Statements on local and shared data. */
public interface DataStmt extends Stmt {
    /** {@code to = value}; a load if the value reads a shared variable. */
    record Assign(String label, Local to, Expr value) implements DataStmt, Leaf {
        @Override
        public String text() {
            String what = CText.of(value);
            return to.name() + " = " + (label.isEmpty() ? what : "READ_ONCE(" + what + ")") + ";";
        }

        @Override
        public Uses uses() {
            return plain()
                    ? Uses.of(value).assigning(to)
                    : Uses.of(value).assigning(to).noticedIfShared();
        }

        /** Whether it is no load, or one that cannot fail: of no element of an array, of no field of an object that may be dead. */
        private boolean plain() {
            return value instanceof Expr.Read read
                    && read.cell().var().object() < 0
                    && read.cell().index() instanceof Expr.Const;
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.assign(this);
        }
    }

    /** A store. On x86 a release store is a plain store; the flag is kept for the reader and for mutations. */
    record Store(String label, Shared.Cell to, Expr value, boolean release) implements DataStmt, Leaf {
        @Override
        public String text() {
            return release
                    ? "smp_store_release(&" + CText.of(to) + ", " + CText.of(value) + ");"
                    : "WRITE_ONCE(" + CText.of(to) + ", " + CText.of(value) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(to.index(), value).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.store(this);
        }
    }

    /** A locked read-modify-write; the old value goes to {@code old} if there is one. */
    record Rmw(String label, Shared.Cell cell, RmwOp op, Expr operand, Optional<Local> old) implements DataStmt, Leaf {
        @Override
        public String text() {
            String before = old.map(local -> local.name() + " = ").orElse("");
            return before + op.text() + "(&" + CText.of(cell) + ", " + CText.of(operand) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cell.index(), operand).assigning(old).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.rmw(this);
        }
    }

    /** A locked compare-and-exchange; {@code success} becomes 1 or 0. */
    record CompareExchange(String label, Shared.Cell cell, Expr expected, Expr desired, Local success)
            implements DataStmt, Leaf {
        @Override
        public String text() {
            return success.name() + " = try_cmpxchg(&" + CText.of(cell) + ", " + CText.of(expected) + ", "
                    + CText.of(desired) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cell.index(), expected, desired).assigning(success).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.compareExchange(this);
        }
    }

    /** A locked compare-and-exchange; {@code old} becomes what the cell held, so that it has written where that is what was expected. */
    record CompareSwap(String label, Shared.Cell cell, Expr expected, Expr desired, Local old)
            implements DataStmt, Leaf {
        @Override
        public String text() {
            return old.name() + " = cmpxchg(&" + CText.of(cell) + ", " + CText.of(expected) + ", " + CText.of(desired)
                    + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cell.index(), expected, desired).assigning(old).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.compareSwap(this);
        }
    }

    /** A full memory fence. */
    record Fence(String label) implements DataStmt, Leaf {
        @Override
        public String text() {
            return "smp_mb();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.fence(this);
        }
    }

    /** Spins until the condition holds. */
    record Await(String label, Expr condition) implements DataStmt, Leaf {
        @Override
        public String text() {
            return "while (!(" + CText.of(condition) + ")) cpu_relax();";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.await(this);
        }
    }

    /** Spins until two conditions hold that are asked for one after the other. */
    record AwaitBoth(String label, Expr first, Expr second) implements DataStmt, Leaf {
        @Override
        public String text() {
            return "while (!(" + CText.of(first) + " && " + CText.of(second) + ")) cpu_relax();";
        }

        @Override
        public Uses uses() {
            return Uses.of(first, second).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.awaitBoth(this);
        }
    }

    /** Spins until the condition holds, or for some time. */
    record AwaitOrTimeout(String label, Expr condition, Local timedOut) implements DataStmt, Leaf {
        @Override
        public String text() {
            return timedOut.name() + " = wait_or_timeout(" + CText.of(condition) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition).assigning(timedOut).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.awaitOrTimeout(this);
        }
    }

    /** Spins with locked compare-and-exchanges until one succeeds: a spinlock. */
    record AwaitExchange(String label, Shared.Cell cell, Expr expected, Expr desired) implements DataStmt, Leaf {
        @Override
        public String text() {
            return "while (!try_cmpxchg(&" + CText.of(cell) + ", " + CText.of(expected) + ", " + CText.of(desired)
                    + ")) cpu_relax();";
        }

        @Override
        public Uses uses() {
            return Uses.of(cell.index(), expected, desired).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.awaitExchange(this);
        }
    }

    /**
     * An object comes to life or dies: a descriptor on the stack, say.
     *
     * @param allocated whether it is allocated and freed, and not on the stack; that matters to the reader only
     */
    record ObjectLife(String label, int object, String name, boolean begin, boolean allocated)
            implements DataStmt, Leaf {
        @Override
        public String text() {
            if (allocated) {
                return begin ? name + " = kzalloc();" : "kfree(" + name + ");";
            }
            return begin
                    ? "struct " + name + " " + name + "; /* on this stack */"
                    : "/* " + name + " goes out of scope */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.objectLife(this);
        }
    }

    /** A store to a variable that only postconditions read. It is at once in memory, past the store buffer. */
    record GhostStore(String label, Var ghost, Expr value) implements DataStmt, Mark {
        @Override
        public String text() {
            return "/* ghost: " + ghost.name() + " = " + CText.of(value) + " */";
        }

        @Override
        public Uses uses() {
            return Uses.of(value).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.ghostStore(this);
        }
    }

    /** One method for each of them. */
    interface Visitor<R> {
        /** For {@link Assign}. */
        R assign(Assign stmt);

        /** For {@link Store}. */
        R store(Store stmt);

        /** For {@link Rmw}. */
        R rmw(Rmw stmt);

        /** For {@link CompareExchange}. */
        R compareExchange(CompareExchange stmt);

        /** For {@link CompareSwap}. */
        R compareSwap(CompareSwap stmt);

        /** For {@link Fence}. */
        R fence(Fence stmt);

        /** For {@link Await}. */
        R await(Await stmt);

        /** For {@link AwaitBoth}. */
        R awaitBoth(AwaitBoth stmt);

        /** For {@link AwaitOrTimeout}. */
        R awaitOrTimeout(AwaitOrTimeout stmt);

        /** For {@link AwaitExchange}. */
        R awaitExchange(AwaitExchange stmt);

        /** For {@link ObjectLife}. */
        R objectLife(ObjectLife stmt);

        /** For {@link GhostStore}. */
        R ghostStore(GhostStore stmt);
    }
}
