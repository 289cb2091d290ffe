// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.protocol.Stmt;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** What can be left where lowering is: functions, which have no name, and blocks; and the jumps out of each, whose target is not known before its end. */
final class Exits {
    static final String FUNCTION = "";

    private final Deque<Exit> open = new ArrayDeque<>();

    private record Exit(String name, List<Jump> jumps) {}

    void open(String name) {
        open.push(new Exit(name, new ArrayList<>()));
    }

    /** The innermost one ends before a step. */
    void close(int end) {
        open.pop().jumps().forEach(jump -> jump.to(end));
    }

    /** A jump out of the innermost one of a name. */
    void leave(String name, Stmt stmt, Jump jump) {
        open.stream()
                .filter(exit -> exit.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> new IllegalArgumentException("\"" + stmt.text() + "\" stands in no block of that name"))
                .jumps()
                .add(jump);
    }
}
