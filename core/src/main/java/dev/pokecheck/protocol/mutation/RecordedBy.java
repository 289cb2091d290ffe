// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol.mutation;

import dev.pokecheck.protocol.Stmt;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Where in its definition each statement of a protocol was recorded. A definition unrolls loops over sites and versions; what the same call of the
 * recorder has recorded, reached by the same calls, are copies of one statement of the source. A reader of C records all statements by a few calls of Java: there the same
 * statement of the file, reached by the same calls in it, is meant.
 */
final class RecordedBy {
    private final List<Stmt> statements = new ArrayList<>();
    private final List<String> places = new ArrayList<>();

    /**
     * Notes a statement that is being recorded.
     *
     * @param way gives the way to it in its author's file, if it does not come from Java
     */
    void note(Stmt statement, Supplier<String> way) {
        statements.add(statement);
        places.add(way.get() + " "
                + StackWalker.getInstance()
                        .walk(frames -> frames.takeWhile(
                                        frame -> !frame.getClassName().equals(Mutations.class.getName()))
                                .map(frame -> frame.getClassName() + "." + frame.getMethodName() + "@"
                                        + frame.getByteCodeIndex())
                                .collect(Collectors.joining(" "))));
    }

    /** Where a statement was recorded; empty if it was not recorded but made by a change. */
    String of(Stmt statement) {
        for (int i = 0; i < statements.size(); i++) {
            if (isSame(statements.get(i), statement)) {
                return places.get(i);
            }
        }
        return "";
    }

    /** Whether they are one object; equal statements may stand at several places. */
    @SuppressWarnings("ReferenceEquality")
    static boolean isSame(Stmt one, Stmt other) {
        return one == other;
    }
}
