// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.ArrayDeque;
import java.util.Deque;

/** Which blocks can be left where recording is: those around it in the present function. */
final class OpenBlocks {
    private static final String FUNCTION = "";

    private final String routine;
    private final Deque<String> open = new ArrayDeque<>();

    OpenBlocks(String routine) {
        this.routine = routine;
    }

    void enter(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(routine + ": a block without a name; nothing could leave it");
        }
        if (isOpen(name)) {
            throw new IllegalArgumentException(routine + ": a block \"" + name
                    + "\" inside one of that name; give it another, so that leaving it is clear");
        }
        open.push(name);
    }

    /** What is around a function cannot be left from inside. */
    void enterFunction() {
        open.push(FUNCTION);
    }

    void leave() {
        open.pop();
    }

    void check(String name) {
        if (!isOpen(name)) {
            throw new IllegalArgumentException(routine + ": there is no block \"" + name
                    + "\" around this statement in its function, so it cannot be left");
        }
    }

    private boolean isOpen(String name) {
        return open.stream().takeWhile(block -> !block.equals(FUNCTION)).anyMatch(name::equals);
    }
}
