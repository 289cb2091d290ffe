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
                fold(prefix, joined(i), width, folded);
            } else {
                fold(prefix, lines.get(i), width, folded);
                fold(prefix, " ".repeat(HANGING) + tails.get(i), width, folded);
            }
        }
        return folded;
    }

    private String joined(int i) {
        return tails.get(i).isEmpty() ? lines.get(i) : lines.get(i) + "  " + tails.get(i);
    }

    /** Folds one line. */
    static List<String> fold(String line, int width) {
        List<String> folded = new ArrayList<>();
        fold("", line, width, folded);
        return folded;
    }

    private static void fold(String prefix, String line, int width, List<String> folded) {
        String rest = line;
        String indent = " ".repeat(line.length() - line.stripLeading().length());
        String hanging = indent + " ".repeat(HANGING);
        while (prefix.length() + rest.length() > width) {
            int room = width - prefix.length();
            int cut = cut(rest, room);
            folded.add(prefix + rest.substring(0, cut));
            rest = hanging + rest.substring(cut).strip();
        }
        folded.add(prefix + rest);
    }

    /** Where to fold: at the last space that fits, or behind the last opening parenthesis. */
    private static int cut(String line, int room) {
        int text = line.length() - line.stripLeading().length();
        int space = line.lastIndexOf(' ', room);
        int parenthesis = line.lastIndexOf('(', room - 1) + 1;
        if (space > text + HANGING || (space > text && parenthesis <= text)) {
            return space;
        }
        return parenthesis > text ? parenthesis : Math.min(room, line.length());
    }
}
