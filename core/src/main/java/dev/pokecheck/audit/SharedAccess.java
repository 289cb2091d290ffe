// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.audit;

import dev.pokecheck.insn.MemoryAccess.Kind;
import java.util.Comparator;

/**
 * What a line does with an object that others see.
 *
 * @param file the file's name without folders
 * @param line the line
 * @param kind what is done
 * @param object the name of the object
 */
record SharedAccess(String file, int line, Kind kind, String object) implements Comparable<SharedAccess> {
    private static final Comparator<SharedAccess> ORDER = Comparator.comparing(SharedAccess::file)
            .thenComparing(SharedAccess::line)
            .thenComparing(SharedAccess::kind)
            .thenComparing(SharedAccess::object);

    @Override
    public int compareTo(SharedAccess other) {
        return ORDER.compare(this, other);
    }

    /** {@code load of x}. */
    String text() {
        String what = switch (kind) {
            case LOAD -> "load";
            case STORE -> "store";
            case UPDATE -> "update";
            case UNKNOWN -> "access";
        };
        return what + " of " + object;
    }
}
