// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.token;

import java.util.Arrays;

/** A text whose lines that end in a backslash are joined, and where each of its characters was. */
final class Splices {
    private final String joined;
    /** Where in the joined text something was left out, and how much was up to there. */
    private final int[] at;

    private final int[] leftOut;

    Splices(String text) {
        int[] places = new int[8];
        int[] lengths = new int[8];
        int found = 0;
        int total = 0;
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int slash = text.indexOf('\\'); slash >= 0; slash = text.indexOf('\\', slash + 1)) {
            int splice = length(text, slash);
            if (splice > 0) {
                out.append(text, from, slash);
                from = slash + splice;
                total += splice;
                if (found == places.length) {
                    places = Arrays.copyOf(places, 2 * found);
                    lengths = Arrays.copyOf(lengths, 2 * found);
                }
                places[found] = out.length();
                lengths[found++] = total;
            }
        }
        joined = found == 0 ? text : out.append(text, from, text.length()).toString();
        at = Arrays.copyOf(places, found);
        leftOut = Arrays.copyOf(lengths, found);
    }

    /** How long the backslash and the end of the line behind it are; 0 if none is there. */
    private static int length(String text, int slash) {
        if (text.startsWith("\n", slash + 1)) {
            return 2;
        }
        return text.startsWith("\r\n", slash + 1) ? 3 : 0;
    }

    int length() {
        return joined.length();
    }

    char at(int index) {
        return joined.charAt(index);
    }

    boolean startsWith(String prefix, int index) {
        return joined.startsWith(prefix, index);
    }

    int indexOf(String what, int from) {
        return joined.indexOf(what, from);
    }

    String substring(int from, int to) {
        return joined.substring(from, to);
    }

    /** Where a character was in the text. */
    int offset(int index) {
        if (at.length == 0) {
            return index;
        }
        int found = Arrays.binarySearch(at, index);
        // Of several splices at one place the last counts.
        int splice = found >= 0 ? last(found) : -found - 2;
        return splice < 0 ? index : index + leftOut[splice];
    }

    private int last(int found) {
        int last = found;
        while (last + 1 < at.length && at[last + 1] == at[found]) {
            last++;
        }
        return last;
    }
}
