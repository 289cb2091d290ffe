// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command that starts another JVM like this one. */
public final class ForkedJvm {
    /** From this release on agents and native code have to be asked for. */
    private static final int STRICT = 21;

    /** The main class of Jazzer. */
    public static final String JAZZER = "com.code_intelligence.jazzer.Jazzer";

    /** The main class of Jazzer under the eyes of the process that starts it: see {@link FuzzChild}. */
    public static final String WATCHED_JAZZER = FuzzChild.class.getName();

    private ForkedJvm() {}

    /** The command up to the main class: this JVM, some options, the class path of this process. */
    public static List<String> command(List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(options);
        if (Runtime.version().feature() >= STRICT) {
            command.add("-XX:+EnableDynamicAgentLoading");
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.add("-cp");
        command.add(System.getProperty("java.class.path"));
        return command;
    }
}
