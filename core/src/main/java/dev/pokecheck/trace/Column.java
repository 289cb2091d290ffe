// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import java.util.ArrayList;
import java.util.List;

/** The lines of one CPU in one row, and how they are folded to a width. */
final class Column {
    private static final int HANGING = 4;

    private final List<String> prefixes = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<String> tails = new ArrayList<>();

    /** Adds a line with a tail, which gets a line of its own if there is no room behind the line. */
    void add(String prefix, String line, String tail) {
        prefixes.add(prefix);
        lines.add(line);
        tails.add(tail);
    }

    /** Adds a line; the prefix is repeated where it is folded. */
    void add(String prefix, String line) {
        add(prefix, line, "");
    }

    /** The width that it takes not to fold any line. */
    int naturalWidth() {
        int width = 0;
        for (int i = 0; i < lines.size(); i++) {
            width = Math.max(width, prefixes.get(i).length() + joined(i).length());
        }
        return width;
    }

    /** The lines, none of them wider than {@code width} unless a word is. */
    List<String> fold(int width) {
        List<String> folded = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String prefix = prefixes.get(i);
            if (tails.get(i).isEmpty() || prefix.length() + joined(i).length() <= width) {
                Fold.add(prefix, joined(i), width, folded);
            } else {
                Fold.add(prefix, lines.get(i), width, folded);
                Fold.add(prefix, " ".repeat(HANGING) + tails.get(i), width, folded);
            }
        }
        return folded;
    }

    private String joined(int i) {
        return tails.get(i).isEmpty() ? lines.get(i) : lines.get(i) + "  " + tails.get(i);
    }
}
