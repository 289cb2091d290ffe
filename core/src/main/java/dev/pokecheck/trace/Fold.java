// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import java.util.ArrayList;
import java.util.List;

/** Folds lines of text and of source to a width. */
public final class Fold {
    private static final int HANGING = 4;

    private Fold() {}

    /**
     * The parts of a line, none of them wider than {@code width} unless a word is; those behind the first are indented by four more than the line.
     *
     * @param width in characters, more than 8
     */
    public static List<String> lines(String line, int width) {
        List<String> folded = new ArrayList<>();
        add("", line, width, folded);
        return folded;
    }

    /** Adds the parts of a line; each begins with the prefix. */
    static void add(String prefix, String line, int width, List<String> folded) {
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
