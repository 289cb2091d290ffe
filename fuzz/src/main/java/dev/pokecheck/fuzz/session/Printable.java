// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.nio.file.Path;
import java.util.List;

/** Text of others on lines of a session: cut, and without characters that do something to a terminal. */
final class Printable {
    /** The longest complaint about what a user typed. */
    private static final int TYPED = 400;

    private static final int LONGEST = 200;
    private static final int WHOLE = 4000;
    private static final int BRIEF = 140;

    private Printable() {}

    /** What was written, for a message that quotes it. */
    static String quoted(String text) {
        return cut(text, LONGEST);
    }

    private static String cut(String text, int longest) {
        String plain = text.replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= longest ? plain : plain.substring(0, longest) + "…";
    }

    /** What was thrown, on one line: its class and what it says. */
    static String thrown(Throwable thrown) {
        return cut(thrown.getClass().getName() + message(thrown), WHOLE);
    }

    /** The same in fewer words. */
    static String brief(Throwable thrown) {
        return cut(thrown.getClass().getSimpleName() + message(thrown), BRIEF);
    }

    /** What was wrong with what a user typed: without control characters, and cut in the middle if it is very long, as its end says what would be right. */
    static String message(IllegalArgumentException thrown) {
        String plain = String.valueOf(thrown.getMessage()).replaceAll("\\p{Cntrl}", "?");
        return plain.length() <= TYPED
                ? plain
                : plain.substring(0, TYPED / 2) + " … " + plain.substring(plain.length() - TYPED / 2);
    }

    private static String message(Throwable thrown) {
        String message = thrown.getMessage();
        return message == null || message.isEmpty()
                ? ""
                : ": " + message.lines().findFirst().orElse("");
    }

    /** A path as one writes it where the session was started. */
    static String path(Path path) {
        Path here = Path.of("").toAbsolutePath().normalize();
        Path there = path.toAbsolutePath().normalize();
        return quoted(
                there.startsWith(here) && !there.equals(here)
                        ? here.relativize(there).toString()
                        : path.toString());
    }

    /** A number and its noun. */
    static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }

    /** Printable of a shell, quoted where they must be. */
    static String command(List<String> words) {
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            line.append(line.length() == 0 ? "" : " ");
            line.append(word.matches("[A-Za-z0-9@%+=:,./_-]+") ? word : "'" + word.replace("'", "'\\''") + "'");
        }
        return line.toString();
    }
}
