// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** Statements that take contexts off their CPUs: a debugger suspends a thread and sends it on; a CPU goes offline, and comes back. */
public interface ContextStmt extends Stmt {
    /** The thread of a CPU is stopped at the next boundary between two of its steps; waits until it is. */
    record Suspend(String label, Expr cpu) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return "suspend(" + CText.of(cpu) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu).noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.suspend(this);
        }
    }

    /** Reads where the suspended thread of a CPU will go on: a {@link Places place}. */
    record ReadContext(String label, Local to, Expr cpu) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return to.name() + " = get_context(" + CText.of(cpu) + ")->ip;";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu).assigning(to).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.readContext(this);
        }
    }

    /** Sets where the suspended thread of a CPU will go on. */
    record SetContext(String label, Expr cpu, Expr place) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return "set_context(" + CText.of(cpu) + ")->ip = " + CText.of(place) + ";";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu, place).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.setContext(this);
        }
    }

    /** The suspended thread of a CPU goes on. */
    record Resume(String label, Expr cpu) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return "resume(" + CText.of(cpu) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.resume(this);
        }
    }

    /** This CPU goes offline; its thread goes on with the next statement when another CPU brings it online. */
    record GoOffline(String label) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return "cpu_offline();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.goOffline(this);
        }
    }

    /** Brings a CPU online, once it is offline. */
    record BringOnline(String label, Expr cpu) implements ContextStmt, Leaf {
        @Override
        public String text() {
            return "cpu_online(" + CText.of(cpu) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu).noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.bringOnline(this);
        }
    }

    /** One method for each of them. */
    interface Visitor<R> {
        /** For {@link Suspend}. */
        R suspend(Suspend stmt);

        /** For {@link ReadContext}. */
        R readContext(ReadContext stmt);

        /** For {@link SetContext}. */
        R setContext(SetContext stmt);

        /** For {@link Resume}. */
        R resume(Resume stmt);

        /** For {@link GoOffline}. */
        R goOffline(GoOffline stmt);

        /** For {@link BringOnline}. */
        R bringOnline(BringOnline stmt);
    }
}
