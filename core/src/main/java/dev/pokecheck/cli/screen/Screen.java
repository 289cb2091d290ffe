// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the outputs of this process can do.
 *
 * @param rewrites whether the standard error is a terminal on which a line can be written over
 * @param outColours whether the standard output shows colours
 * @param errColours whether the standard error does
 * @param width the columns of the terminal
 */
public record Screen(boolean rewrites, boolean outColours, boolean errColours, int width) {
    /** No terminal at all. */
    public static final Screen NONE = new Screen(false, false, false, 80);

    /** What {@link #verdict} puts around a word. */
    static final Pattern COLOUR = Pattern.compile("\u001b\\[(1;3[123]|0)m");

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,4}");
    private static final int NARROWEST = 20;

    private static final Pattern VERDICT = Pattern.compile("\\b(HOLDS|REPRODUCED|NO VIOLATION WITHIN|SAMPLED|VACUOUS"
            + "|VIOLATED|DIVERGED|NOT REPRODUCED|CHANGED)\\b");

    /** The outputs of this process. */
    public static Screen detect() {
        return of(System.getenv(), isTerminal(1), isTerminal(2));
    }

    /**
     * The outputs of a process.
     *
     * @param environment its environment: {@code NO_COLOR}, if not empty, and {@code TERM=dumb} switch colours off (no-color.org); {@code COLUMNS} is the width, if it is exported
     */
    static Screen of(Map<String, String> environment, boolean outIsTerminal, boolean errIsTerminal) {
        String term = environment.getOrDefault("TERM", "");
        boolean clever = !term.isEmpty() && !term.equals("dumb");
        boolean colours = clever && environment.getOrDefault("NO_COLOR", "").isEmpty();
        String columns = environment.getOrDefault("COLUMNS", "");
        int width = NUMBER.matcher(columns).matches() ? Integer.parseInt(columns) : NONE.width;
        return new Screen(
                clever && errIsTerminal,
                colours && outIsTerminal,
                colours && errIsTerminal,
                width < NARROWEST ? NONE.width : width);
    }

    /**
     * Whether a file descriptor of this process is a terminal: Java knows only of the standard input and output together, so Linux is asked. On
     * another system nothing counts as one.
     */
    private static boolean isTerminal(int descriptor) {
        Path link = Path.of("/proc/self/fd/" + descriptor);
        if (!Files.isSymbolicLink(link)) {
            return false;
        }
        try {
            String target = Files.readSymbolicLink(link).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
        } catch (IOException e) {
            return false;
        }
    }

    /** A sentence with the first verdict in it in colour: green, red, or yellow for what says less. */
    public String verdict(String sentence, boolean onErr) {
        Matcher word = VERDICT.matcher(sentence);
        if (!(onErr ? errColours : outColours) || !word.find()) {
            return sentence;
        }
        String colour = switch (word.group(1)) {
            case "HOLDS", "REPRODUCED" -> "32";
            case "NO VIOLATION WITHIN", "SAMPLED", "VACUOUS" -> "33";
            default -> "31";
        };
        return sentence.substring(0, word.start()) + "\u001b[1;" + colour + "m" + word.group(1) + "\u001b[0m"
                + sentence.substring(word.end());
    }
}
