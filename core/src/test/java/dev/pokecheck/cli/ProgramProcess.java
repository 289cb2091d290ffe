// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The program in a process of its own. */
final class ProgramProcess {
    private ProgramProcess() {}

    static ProcessBuilder of(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Main.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command);
    }

    /** What it says on its standard error until it ends. */
    static String errors(Process process) throws IOException, InterruptedException {
        try (BufferedReader err = process.errorReader(StandardCharsets.UTF_8)) {
            String said = err.lines().collect(Collectors.joining("\n"));
            assertTrue(process.waitFor(60, TimeUnit.SECONDS));
            return said;
        }
    }
}
