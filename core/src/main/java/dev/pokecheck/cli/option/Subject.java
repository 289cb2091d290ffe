// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What an option is about. Mixins and their options say so themselves, with {@link About}. */
public enum Subject {
    /** Which protocol is asked. */
    PROTOCOL,
    /** In which scenario. */
    SCENARIO,
    /** On which models of fetching, where a command compares several. */
    MODELS,
    /** What must hold, and in which order it is searched. */
    SEARCH,
    /** How far, which changes nothing of what is asked. */
    BOUND,
    /** Where results go, and how much is told on the way: nothing of what is asked either. */
    OUTPUT;

    /** What an option is about; empty for those of one command alone. */
    public static Optional<Subject> of(OptionSpec option) {
        if (!(option.userObject() instanceof Field field)) {
            return Optional.empty();
        }
        return Stream.of(
                        field.getAnnotation(About.class),
                        field.getDeclaringClass().getAnnotation(About.class))
                .flatMap(Stream::ofNullable)
                .findFirst()
                .map(About::value);
    }

    /** The options of a command that are about one of some subjects, in the order of its help. */
    public static List<OptionSpec> options(CommandSpec command, Subject... subjects) {
        List<Subject> wanted = List.of(subjects);
        return command.options().stream()
                .filter(option -> of(option).filter(wanted::contains).isPresent())
                .toList();
    }

    /** Whether an option that is about one of some subjects was given. */
    public static boolean isGiven(CommandSpec command, Subject... subjects) {
        return options(command, subjects).stream()
                .anyMatch(option -> command.commandLine().getParseResult().hasMatchedOption(option.longestName()));
    }
}
