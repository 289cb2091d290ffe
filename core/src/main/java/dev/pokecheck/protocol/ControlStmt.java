// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/** Statements that say where control goes, and what a reader or a monitor is told. */
public interface ControlStmt extends Stmt {
    /** A comment of the author. */
    record Note(String comment) implements ControlStmt, Mark, Unlabelled {
        @Override
        public String text() {
            return "/* " + comment + " */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING;
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.note(this);
        }
    }

    /** A branch; a step of its own if the condition reads a shared variable. */
    record If(String label, Expr condition, List<Stmt> then, List<Stmt> otherwise) implements ControlStmt, Proper {
        @Override
        public String text() {
            return "if (" + CText.of(condition) + ")";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition);
        }

        @Override
        public List<Body> bodies() {
            return otherwise.isEmpty()
                    ? List.of(new Body("", then))
                    : List.of(new Body("", then), new Body("else", otherwise));
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.branch(this);
        }
    }

    /** Repeats while the condition holds. */
    record While(String label, Expr condition, List<Stmt> body) implements ControlStmt, Proper {
        @Override
        public String text() {
            return "while (" + CText.of(condition) + ")";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition).noticed().ending();
        }

        @Override
        public List<Body> bodies() {
            return List.of(new Body("", body));
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.loop(this);
        }
    }

    /** Assigns a number that the protocol does not decide: to leave it out would be to change the question. */
    record Choose(String label, int ways, Local to) implements ControlStmt, Mark {
        @Override
        public String text() {
            return to.name() + " = choose(" + ways + ");";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.assigning(to).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.choose(this);
        }
    }

    /** A function of the source, expanded in place. */
    record Call(String label, String function, List<Stmt> body) implements ControlStmt, Proper {
        @Override
        public String text() {
            return function;
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING;
        }

        @Override
        public List<Body> bodies() {
            return List.of(new Body("", body));
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** Leaves the innermost {@link Call}, or the routine. */
    record Return() implements ControlStmt, Unlabelled, Leaf {
        @Override
        public String text() {
            return "return;";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.leave(this);
        }
    }

    /** Statements that {@link Leave} can leave. */
    record Block(String name, List<Stmt> body) implements ControlStmt, Proper, Unlabelled {
        @Override
        public String text() {
            return "/* " + name + " */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING;
        }

        @Override
        public List<Body> bodies() {
            return List.of(new Body("", body));
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.block(this);
        }
    }

    /** Goes on behind a {@link Block} around it: {@code break}, {@code continue}, {@code goto} to a place further down. */
    record Leave(String block) implements ControlStmt, Unlabelled, Leaf {
        @Override
        public String text() {
            return "goto " + block + ";";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.leave(this);
        }
    }

    /** The kernel's BUG_ON; a step of its own if the condition reads a shared variable. */
    record BugOn(String label, Expr condition, String message) implements ControlStmt, Leaf {
        @Override
        public String text() {
            return "BUG_ON(" + CText.of(condition) + "); /* " + message + " */";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition).ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.bugOn(this);
        }
    }

    /** A postcondition, whose name is its label. */
    record Ensure(String label, Expr condition) implements ControlStmt, Mark {
        @Override
        public String text() {
            return "/* ensure " + label + ": " + CText.of(condition) + " */";
        }

        @Override
        public Uses uses() {
            return Uses.of(condition).noticed().ending();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.ensure(this);
        }
    }

    /** A path begins: the executions up to the next one must agree on old or new, at group level. */
    record PathBegin() implements ControlStmt, Mark, Unlabelled {
        @Override
        public String text() {
            return "/* one path: */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.pathBegin(this);
        }
    }

    /** A point at which the thread owes nothing: it may go on for ever, and a run may end with it here. */
    record Rest() implements ControlStmt, Mark, Unlabelled {
        @Override
        public String text() {
            return "/* at rest */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.rest(this);
        }
    }

    /** One method for each of them. */
    interface Visitor<R> {
        /** For {@link Note}. */
        R note(Note stmt);

        /** For {@link If}. */
        R branch(If stmt);

        /** For {@link While}. */
        R loop(While stmt);

        /** For {@link Choose}. */
        R choose(Choose stmt);

        /** For {@link Call}. */
        R call(Call stmt);

        /** For {@link Return}. */
        R leave(Return stmt);

        /** For {@link Block}. */
        R block(Block stmt);

        /** For {@link Leave}. */
        R leave(Leave stmt);

        /** For {@link BugOn}. */
        R bugOn(BugOn stmt);

        /** For {@link Ensure}. */
        R ensure(Ensure stmt);

        /** For {@link PathBegin}. */
        R pathBegin(PathBegin stmt);

        /** For {@link Rest}. */
        R rest(Rest stmt);
    }
}
