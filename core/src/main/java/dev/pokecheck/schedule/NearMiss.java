// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import java.util.List;

/** The name that somebody may have meant. */
final class NearMiss {
    /** At most one edit in so many characters. */
    private static final int CHARACTERS_PER_EDIT = 4;

    private NearMiss() {}

    /** The first of the candidates with the fewest edits to the name; empty if all are far from it. */
    static String nearest(String name, List<String> candidates) {
        String nearest = "";
        int fewest = name.length() / CHARACTERS_PER_EDIT + 1;
        for (String candidate : candidates) {
            int edits = edits(name, candidate);
            if (edits < fewest) {
                fewest = edits;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The Levenshtein distance. */
    private static int edits(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
