// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import java.util.List;

/** Finds the valid name that a mistyped one was probably meant to be. */
public final class Nearest {
    private Nearest() {}

    /** {@code "; did you mean X?"} for the nearest name if one is near, else the empty string. */
    public static String hint(String typed, List<String> valid) {
        String best = "";
        int bestDistance = Math.max(3, typed.length() / 2);
        for (String name : valid) {
            int distance = distance(typed, name);
            if (distance < bestDistance) {
                best = name;
                bestDistance = distance;
            }
        }
        return best.isEmpty() ? "" : "; did you mean " + best + "?";
    }

    /** The number of characters to insert, delete or replace (Levenshtein). */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replace = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replace, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
