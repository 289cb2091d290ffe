// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import dev.pokecheck.protocol.Protocol;
import java.io.File;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What shows a saved violation again: the test, the assertion, and, if the protocol can be found by a name, a command. */
final class Again {
    private static final String MAIN = "dev.pokecheck.cli.Main";
    private static final String OPTIONS = "picocli.CommandLine";

    private Again() {}

    /** The class of a definition, if it can be made anew from its name; empty for a lambda, whose class nobody can name. */
    static String origin(Protocol.Definition definition) {
        Class<?> type = definition.getClass();
        return isNamed(type) ? type.getName() : "";
    }

    /** A method that records, if its class can be made anew from its name. */
    static String origin(Class<?> type, Method method) {
        return isNamed(type) && method.getParameterCount() == 1 ? type.getName() + "#" + method.getName() : "";
    }

    private static boolean isNamed(Class<?> type) {
        return !type.isHidden()
                && !type.isAnonymousClass()
                && !type.isSynthetic()
                && Stream.of(type.getDeclaredConstructors()).anyMatch(it -> it.getParameterCount() == 0);
    }

    /**
     * The lines.
     *
     * @param file the saved violation
     * @param origin the class, or class#method, that records the protocol; empty if nobody can name it
     * @param test the test, as Maven and Gradle name it; empty if that is not known
     * @param carries whether the saved violation carries its protocol
     */
    static List<String> lines(Path file, String origin, String test, boolean carries) {
        List<String> lines = new ArrayList<>();
        lines.add("saved      " + file);
        if (!test.isEmpty()) {
            lines.add("test       mvn test -Dtest='" + test + "'");
        }
        if (carries) {
            lines.add("replay     Pokecheck.replay(Path.of(\"" + file + "\")).reproduces()");
            command(MAIN, file).ifPresent(lines::add);
            return lines;
        }
        lines.add("replay     Pokecheck.replay(Path.of(\"" + file + "\"), definition).reproduces()");
        if (!origin.isEmpty()) {
            command(origin, file).ifPresent(command -> lines.add(command + " --protocol-class '" + origin + "'"));
        }
        return lines;
    }

    private static Optional<String> command(String origin, Path file) {
        return classPath(origin).map(path -> "command    java -cp '" + path + "' " + MAIN + " replay " + file);
    }

    /** Where this program, what it needs, and the protocol come from; empty if a class loader does not say. */
    private static Optional<String> classPath(String origin) {
        List<Optional<String>> places = Stream.of(MAIN, OPTIONS, origin.replaceFirst("#.*", ""))
                .map(Again::place)
                .toList();
        return places.stream().allMatch(Optional::isPresent)
                ? Optional.of(
                        places.stream().map(Optional::get).distinct().collect(Collectors.joining(File.pathSeparator)))
                : Optional.empty();
    }

    private static Optional<String> place(String name) {
        try {
            ClassLoader loader = Thread.currentThread().getContextClassLoader();
            CodeSource source =
                    Class.forName(name, false, loader).getProtectionDomain().getCodeSource();
            return source == null
                    ? Optional.empty()
                    : Optional.of(Path.of(source.getLocation().toURI()).toString());
        } catch (ClassNotFoundException | URISyntaxException e) {
            // Then there is no command: the other lines do.
            return Optional.empty();
        }
    }
}
