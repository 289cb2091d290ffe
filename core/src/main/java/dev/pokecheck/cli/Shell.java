// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Commands for a POSIX shell. */
final class Shell {
    private static final String PROGRAM = "java -jar pokecheck.jar ";
    /** With a place for the user's own classes. */
    private static final String WITH_CLASSES = "java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main ";

    private Shell() {}

    /** What calls this program again with some arguments. */
    static String again(List<String> arguments) {
        boolean own = arguments.stream().anyMatch(it -> it.startsWith("--protocol-class"));
        return (own ? WITH_CLASSES : PROGRAM)
                + arguments.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Arguments without some options, each of which has a value behind it or behind an equals sign. */
    static List<String> without(List<String> arguments, List<String> options) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            if (options.contains(argument)) {
                i++;
            } else if (options.stream().noneMatch(option -> argument.startsWith(option + "="))) {
                left.add(argument);
            }
        }
        return left;
    }
}
