// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.DataStmt;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.protocol.Origins;
import dev.pokecheck.protocol.Stmt;
import java.util.Optional;

/**
 * How the author of a routine would speak of its statements. What a reader of C records for one statement of the file is one to its author: its parts do not change places with each other.
 * Of a user's macro this is said, too, which stands at one place wherever it is used.
 */
final class Author {
    private final Origins origins;
    private final String routine;

    Author(Origins origins, String routine) {
        this.origins = origins;
        this.routine = routine;
    }

    /** Where a statement stands in a file in C. */
    private Optional<Origin> place(Stmt statement) {
        return origins.of(routine, statement).filter(it -> it.kind() != Origin.Kind.JAVA);
    }

    /**
     * Whether the author has written a statement that something can be done to. Blocks of C only say where a return, or a break, leads to; an assertion only observes, and most are there
     * because the reader of C asks whether a pointer leads to something.
     */
    boolean isWritten(Stmt statement) {
        boolean isOfReader = statement instanceof ControlStmt.Block || isAssertion(statement);
        return origins.isWritten(statement) && !(isOfReader && place(statement).isPresent());
    }

    /** Whether it asks for values of its own context only. */
    static boolean isAssertion(Stmt statement) {
        return statement instanceof ControlStmt.BugOn && statement.label().isEmpty();
    }

    /** Whether two statements that follow each other are parts of one that the author has written. */
    boolean isOne(Stmt first, Stmt second) {
        Optional<Origin> one = place(first);
        Optional<Origin> other = place(second);
        return one.isPresent()
                && other.isPresent()
                && one.get().file().equals(other.get().file())
                && one.get().line() == other.get().line()
                && (one.get().column() == other.get().column() || Touches.feeds(first, second));
    }

    /** What a statement is called: by its label, by its text in the file if it has none there, or else by its own text. */
    String name(Stmt statement) {
        return statement.label().isEmpty()
                ? place(statement).map(it -> shortened(it.text())).orElseGet(() -> Variant.name(statement))
                : statement.label();
    }

    /** A line without comments, and without the brace that opens what follows. */
    private static String shortened(String line) {
        return line.replaceAll("\\s*/\\*.*?(\\*/|$)", "")
                .replaceFirst("\\s*//.*$", "")
                .replaceFirst("\\s*\\{$", "")
                .replaceFirst(";$", "");
    }

    /** What it is to leave a statement out, in words. */
    String dropped(Stmt statement) {
        if (!statement.label().isEmpty() || place(statement).isEmpty()) {
            return "dropped";
        }
        if (statement instanceof DataStmt.Assign) {
            return "its value dropped";
        }
        return statement instanceof ControlStmt.Leave || statement instanceof ControlStmt.Return
                ? "dropped: control goes on after it"
                : "dropped";
    }
}
