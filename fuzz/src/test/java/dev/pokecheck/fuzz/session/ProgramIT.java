// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as it is built: one jar, from which Jazzer finds its agent and its native code. */
class ProgramIT {
    private static final Path JAR =
            Path.of(System.getProperty("basedir", ".")).toAbsolutePath().resolve("target/pokecheck-fuzz.jar");
    private static final List<String> PROGRAM =
            List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString());

    @TempDir
    private Path folder;

    private String run(List<String> command) throws IOException, InterruptedException {
        RealSession session = RealSession.start(command);
        int code = session.code();
        return session.output() + "code " + code + "\n";
    }

    private String run(String option) throws IOException, InterruptedException {
        return run(Stream.concat(PROGRAM.stream(), Stream.of(option)).toList());
    }

    /** With code that is instrumented, and with code that is not. */
    @Test
    void sessions() throws IOException, InterruptedException {
        for (String target : List.of("CorpusFuzz", "InterleavingFuzz")) {
            String output = run(RealSession.command(
                    PROGRAM, folder, "--time", "2s", "--seed", Integer.toString(RealSession.SEED), "--target", target));
            assertTrue(output.contains(target + ": ") && output.contains("canary found\n"), output);
            assertTrue(output.contains("\ngo on with: java -jar " + JAR + " --time 2s --target " + target), output);
            assertTrue(output.matches("(?s).*\nexit ([01]): [^\n]*\ncode \\1\n"), output);
        }
        assertTrue(Files.isDirectory(folder.resolve("found")));
    }

    @Test
    void helpAndVersion() throws IOException, InterruptedException {
        String help = run("--help");
        for (OptionKey key : OptionKey.values()) {
            assertTrue(help.contains(key.option()) && help.contains(key.property()), help);
        }
        assertTrue(help.contains("130   interrupted"), help);
        assertTrue(help.endsWith("code 0\n"), help);
        assertTrue(run("--version").matches("pokecheck-fuzz [0-9].*\ncode 0\n"), run("--version"));
    }

    @Test
    void nothingIsNoDuration() throws IOException, InterruptedException {
        assertEquals(
                "pokecheck-fuzz: --time is missing: it says how long to fuzz; write 90s, 10m or 1h30m\nexit 2: usage error\ncode 2\n",
                run(PROGRAM));
    }
}
