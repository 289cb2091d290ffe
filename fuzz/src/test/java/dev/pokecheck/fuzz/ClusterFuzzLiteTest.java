// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a fleet is given: {@code .clusterfuzzlite/build.sh} runs here with the classes of this build, and each script that it makes runs its target on
 * the target's seeds. The fleet's own image, its driver and what Maven does in it are not tested here.
 */
class ClusterFuzzLiteTest {
    private static final Path TOP = Path.of(System.getProperty("basedir", "."))
            .toAbsolutePath()
            .resolve("..")
            .normalize();

    /** In place of the driver of the image: the same arguments, given to Jazzer in a JVM. */
    private static final String DRIVER = """
            #!/bin/bash
            arguments=()
            for argument in "$@"; do
              case "$argument" in
                --cp=*) class_path="${argument#--cp=}" ;;
                --agent_path=* | --jvm_args=*) ;;
                *) arguments+=("$argument") ;;
              esac
            done
            exec %s -cp "$class_path" %s "${arguments[@]}"
            """;

    @TempDir
    private Path folder;

    @Test
    void everyScriptRunsItsTargetOnItsSeeds() throws IOException, InterruptedException {
        for (String tool : List.of("bash", "zip", "unzip")) {
            boolean there = Stream.of(System.getenv("PATH").split(":", -1))
                    .anyMatch(place -> Files.isExecutable(Path.of(place, tool)));
            assumeTrue(there, "skipped: there is no " + tool + " on this machine, which the script of the fleet needs");
        }
        Path out = Files.createDirectories(folder.resolve("out"));
        Path src = Files.createDirectories(folder.resolve("src"));
        Files.createSymbolicLink(src.resolve("pokecheck"), TOP);
        String classPath = System.getProperty("java.class.path");
        String build = run(
                Map.of("SRC", src.toString(), "OUT", out.toString(), "CLASS_PATH", runtime(classPath)),
                "bash",
                TOP.resolve(".clusterfuzzlite/build.sh").toString());
        assertEquals("exit 0\n", build);
        List<String> java = ForkedJvm.command(List.of("-Xmx512m"));
        Path driver = out.resolve("jazzer_driver");
        // Without the class path of this process: the target comes from the jars that were laid out.
        Files.writeString(
                driver, DRIVER.formatted(String.join(" ", java.subList(0, java.size() - 2)), ForkedJvm.JAZZER));
        assertTrue(driver.toFile().setExecutable(true));
        for (String target : List.of("InterleavingFuzz", "PatchSequenceFuzz", "InsnFuzz", "CorpusFuzz", "SourceFuzz")) {
            Path seeds = Files.createDirectories(folder.resolve(target));
            run(
                    Map.of(),
                    "unzip",
                    "-q",
                    out.resolve(target + "_seed_corpus.zip").toString(),
                    "-d",
                    seeds.toString());
            assertEquals(count(TOP.resolve("corpus/fuzz").resolve(target)), count(seeds), target);
            String output = run(
                    Map.of(),
                    out.resolve(target).toString(),
                    "-runs=0",
                    "-rss_limit_mb=0",
                    "--hooks=false",
                    seeds.toString());
            assertTrue(output.contains(count(seeds) + " files found in " + seeds), output);
            assertTrue(output.endsWith("exit 0\n"), output);
        }
    }

    /** The class path of the target: without what only tests need. */
    private static String runtime(String classPath) {
        List<String> entries = new ArrayList<>();
        for (String entry : classPath.split(":", -1)) {
            boolean wanted = Stream.of("core/target", "fuzz/target/classes", "pokecheck-core", "jazzer", "jspecify")
                    .anyMatch(entry::contains);
            if (wanted && !entry.contains("jazzer-junit")) {
                entries.add(entry);
            }
        }
        return String.join(":", entries);
    }

    private static long count(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.count();
        }
    }

    private String run(Map<String, String> environment, String... command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).directory(folder.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return output + "exit " + process.waitFor() + "\n";
    }
}
