// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.source.parse.Keywords;
import dev.pokecheck.source.steps.ProtocolPrinter;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Protocols as C files that read back: {@link CSource} makes the same protocol of one, statement by statement, for the same setting. A shown file is for that setting: sites and
 * CPUs are numbers in it, and the workload of the scenario is part of it.
 */
public final class CWriter {
    /** What a header gives a meaning: macros, names of types. */
    private static final Pattern DEFINED = Pattern.compile("(?m)^#define (\\w+)|^typedef .*\\b(\\w+);");

    /** The constants of an enumeration, which stands in one line. */
    private static final Pattern ENUM = Pattern.compile("(?m)^enum \\{(.*)\\};");

    private static final Pattern CONSTANT = Pattern.compile("(?:^|,)\\s*(\\w+)");

    private CWriter() {}

    /**
     * A file.
     *
     * @param scenario what stands behind {@code scenario:} in its first comment
     * @param about further lines of that comment
     */
    public static String write(Protocol protocol, String scenario, List<String> about) {
        StringBuilder text = new StringBuilder("/* scenario: " + comment(scenario) + "\n");
        about.forEach(
                line -> text.append((" * " + comment(line)).stripTrailing()).append('\n'));
        return text.append(" */\n#include <pokecheck.h>\n#include <pokecheck/steps.h>\n")
                .append(ProtocolPrinter.print(protocol, reserved()))
                .toString();
    }

    /** A text that ends no comment, and begins none. */
    private static String comment(String text) {
        return text.replace("*/", "* /").replace("/*", "/ *").replace('\n', ' ');
    }

    private static Set<String> reserved() {
        Set<String> names = new TreeSet<>(Keywords.all());
        for (String header : List.of("pokecheck.h", "pokecheck/steps.h")) {
            String text = Headers.find(header).orElseThrow().text();
            DEFINED.matcher(text)
                    .results()
                    .forEach(found -> names.add(found.group(1) != null ? found.group(1) : found.group(2)));
            ENUM.matcher(text)
                    .results()
                    .flatMap(found -> CONSTANT.matcher(found.group(1)).results())
                    .forEach(found -> names.add(found.group(1)));
        }
        return names;
    }
}
