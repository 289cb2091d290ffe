// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.OptionSpec;

/** Commands for a POSIX shell. */
public final class Shell {
    private static final String PROGRAM = "java -jar pokecheck.jar ";
    /** With a place for the user's own classes. */
    private static final String WITH_CLASSES = "java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main ";

    private Shell() {}

    /** What calls this program again with some arguments. */
    public static String again(List<String> arguments) {
        boolean own = arguments.stream().anyMatch(it -> it.startsWith("--protocol-class"));
        return (own ? WITH_CLASSES : PROGRAM)
                + arguments.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }

    /** Arguments without some options and their values, each of which stands after its option or after an equals sign. */
    public static List<String> without(List<String> arguments, List<OptionSpec> options) {
        List<String> left = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            String argument = arguments.get(i);
            Optional<OptionSpec> option = options.stream()
                    .filter(it -> argument.equals(it.longestName())
                            || (hasValue(it) && argument.startsWith(it.longestName() + "=")))
                    .findFirst();
            if (option.isEmpty()) {
                left.add(argument);
            } else if (hasValue(option.get()) && argument.equals(option.get().longestName())) {
                i++;
            }
        }
        return left;
    }

    private static boolean hasValue(OptionSpec option) {
        return option.arity().max() > 0;
    }
}
