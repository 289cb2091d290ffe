// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

/** Complaints as a terminal shows them: they quote what a user has given, however long that is and whatever it would do to a terminal. */
public final class Complaint {
    /** The most characters that are shown. */
    private static final int MOST = 2000;

    private Complaint() {}

    /** A message with each control character, but for ends of lines, by its number, and of a long one the beginning and the end, which says what to do. */
    public static String shown(String message) {
        int left = message.length() - MOST;
        String cut = left <= 0
                ? message
                : message.substring(0, MOST / 2) + " … (" + left + " characters) … "
                        + message.substring(left + MOST / 2);
        StringBuilder shown = new StringBuilder();
        cut.chars().forEach(c -> {
            if (Character.isISOControl(c) && c != '\n') {
                shown.append("\\u00").append(Character.forDigit(c >> 4, 16)).append(Character.forDigit(c & 15, 16));
            } else {
                shown.append((char) c);
            }
        });
        return shown.toString();
    }
}
