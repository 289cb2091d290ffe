// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

/** Complaints as a terminal shows them: they quote what a user has given, however long that is and whatever it would do to a terminal. */
public final class Complaint {
    /** The most characters that are shown. */
    private static final int MOST = 2000;

    private Complaint() {}

    /** A message with each control character, but for ends of lines and tabs, by its number, and of a long one the beginning and the end, which says what to do. */
    public static String shown(String message) {
        int left = message.length() - MOST;
        String cut = left <= 0
                ? message
                : message.substring(0, MOST / 2) + " … (" + left + " characters) … "
                        + message.substring(left + MOST / 2);
        return PlainWriter.plain(cut);
    }
}
