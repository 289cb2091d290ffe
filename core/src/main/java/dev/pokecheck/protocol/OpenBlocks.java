// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Which blocks can be left where recording is: those around it in the present function. */
final class OpenBlocks {
    private static final String FUNCTION = "";

    private final String routine;
    private final Deque<Open> open = new ArrayDeque<>();

    private static final class Open {
        final String name;
        /** Whether some statement leaves it. */
        boolean isLeft;

        Open(String name) {
            this.name = name;
        }
    }

    OpenBlocks(String routine) {
        this.routine = routine;
    }

    void enter(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException(routine + ": a block without a name; nothing could leave it");
        }
        if (find(name).isPresent()) {
            throw new IllegalArgumentException(routine + ": a block \"" + name
                    + "\" inside one of that name; give it another, so that leaving it is clear");
        }
        open.push(new Open(name));
    }

    /** What is around a function cannot be left from inside. */
    void enterFunction() {
        open.push(new Open(FUNCTION));
    }

    /** Whether some statement in it leaves the block that ends here. */
    boolean leave() {
        return open.pop().isLeft;
    }

    /** A statement leaves a block. */
    void leaveTo(String name) {
        find(name)
                .orElseThrow(() -> new IllegalArgumentException(routine + ": there is no block \"" + name
                        + "\" around this statement in its function, so it cannot be left"))
                .isLeft = true;
    }

    private Optional<Open> find(String name) {
        return open.stream()
                .takeWhile(block -> !block.name.equals(FUNCTION))
                .filter(block -> block.name.equals(name))
                .findFirst();
    }
}
