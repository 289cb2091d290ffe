// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.List;

/**
 * A statement of a recorded protocol, with all that its text says: how it reads in C, which statements are inside it, what it uses. Protocols are
 * data: a statement can be printed, dropped, swapped or weakened. There are five families, each in a file of its own.
 */
public interface Stmt {
    /**
     * One of the lists of statements inside a statement.
     *
     * @param head the word that stands in front of it in the printed form, if any
     * @param statements the statements
     */
    record Body(String head, List<Stmt> statements) {
        /** Copies the list. */
        public Body {
            statements = List.copyOf(statements);
        }
    }

    /** The name of the step; unique in the routine, empty for what touches nothing outside its context, and so is no step of its own. */
    String label();

    /** It in the words of C, without the statements inside it. */
    String text();

    /** The statements inside it. */
    List<Body> bodies();

    /** What it uses itself, without the statements inside it. */
    Uses uses();

    /**
     * Whether it is a statement of the protocol. Comments, marks of what is asked of the protocol, and executions of sites are not: to leave one
     * out would be to change the question.
     */
    boolean isOfProtocol();

    /** Calls the method of the visitor for this kind of statement. */
    <R> R accept(Visitor<R> visitor);

    /** A statement of the protocol. */
    interface Proper extends Stmt {
        @Override
        default boolean isOfProtocol() {
            return true;
        }
    }

    /** A statement of the protocol with none inside it. */
    interface Leaf extends Proper {
        @Override
        default List<Body> bodies() {
            return List.of();
        }
    }

    /** A statement that is none of the protocol. */
    interface Mark extends Stmt {
        @Override
        default boolean isOfProtocol() {
            return false;
        }

        @Override
        default List<Body> bodies() {
            return List.of();
        }
    }

    /** A statement that is no step of its own. */
    interface Unlabelled extends Stmt {
        @Override
        default String label() {
            return "";
        }
    }

    /** One method for each kind of statement. */
    interface Visitor<R>
            extends DataStmt.Visitor<R>,
                    ControlStmt.Visitor<R>,
                    CpuStmt.Visitor<R>,
                    TextStmt.Visitor<R>,
                    ContextStmt.Visitor<R> {}
}
