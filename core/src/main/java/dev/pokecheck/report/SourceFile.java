// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.report;

import java.util.List;
import java.util.OptionalInt;

/**
 * The file of an interleaving.
 *
 * @param path its path as the user gave it
 * @param lines for each step the line that names it, from 1
 */
public record SourceFile(String path, List<Integer> lines) {
    /** Copies the list. */
    public SourceFile {
        lines = List.copyOf(lines);
    }

    /** The line of a step, counted from 1; empty if the file does not go as far. */
    OptionalInt line(int step) {
        return step <= lines.size() ? OptionalInt.of(lines.get(step - 1)) : OptionalInt.empty();
    }
}
