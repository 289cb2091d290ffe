// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** {@code @PokeTest} with a source, and the assertions on C files. */
class PokeTestSourceTest {
    private static final String FOLDER = "target/poke-test-source-test";
    private static final String FILE = "src/test/resources/dev/pokecheck/samples/breakpoint.c";

    /** What is tested; not run by itself, as it is nested. */
    static class Cases {
        @PokeTest(source = "/dev/pokecheck/samples/breakpoint.c", saveTo = FOLDER)
        void resource() {}

        @PokeTest(source = FILE, define = "SECOND_SYNC", saveTo = FOLDER)
        void defined() {}

        @PokeTest(source = "no.c")
        void missing() {}

        @PokeTest(source = FILE, cpus = 3)
        void withScenario() {}

        @PokeTest(source = FILE)
        void withBuilder(ProtocolBuilder b) {
            throw new AssertionError("is never called with " + b.sites());
        }

        @PokeTest(define = "X")
        void withoutSource(ProtocolBuilder b) {
            throw new AssertionError("is never called with " + b.sites());
        }
    }

    private static Map<String, TestExecutionResult> run(String method) {
        String parameters =
                method.startsWith("with") && !method.equals("withScenario") ? ProtocolBuilder.class.getName() : "";
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(Cases.class, method, parameters))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        Map<String, TestExecutionResult> results = new LinkedHashMap<>();
        LauncherFactory.create().execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                    results.put(test.getDisplayName(), result);
                }
            }
        });
        return results;
    }

    private static String message(TestExecutionResult result) {
        assertEquals(Status.FAILED, result.getStatus());
        return String.valueOf(result.getThrowable().orElseThrow().getMessage());
    }

    @Test
    void eachLineIsATest() {
        Map<String, TestExecutionResult> results = run("resource");
        assertEquals(
                List.of(
                        "violates torn",
                        "-D SECOND_SYNC holds exactly atomic",
                        "-D SECOND_SYNC --cpus 3 --fetch coherent holds regular"),
                List.copyOf(results.keySet()));
        results.forEach((name, result) -> assertEquals(Status.SUCCESSFUL, result.getStatus(), name));
    }

    @Test
    void aLineThatIsNotMetFailsWithWhatCameInstead() {
        String message = message(run("defined").get("violates torn"));
        assertTrue(message.startsWith(FILE + ":5:12: expected violates torn, but HOLDS"), message);
    }

    @Test
    void whatWouldTestSomethingElseIsAnError() {
        assertTrue(message(run("missing").values().iterator().next())
                .contains("@PokeTest missing has the source no.c, and there is neither such a file in "));
        assertTrue(message(run("withScenario").values().iterator().next())
                .contains("has a source, whose comment says the scenario and what must hold; take cpus out"));
        assertTrue(message(run("withBuilder").values().iterator().next())
                .contains("has a source, which is its protocol; take the parameters out"));
        assertTrue(message(run("withoutSource").values().iterator().next())
                .contains("has define, and no source for which it would be"));
    }

    @Test
    void assertionsTakeFiles(@TempDir Path folder) throws IOException {
        Path file = Path.of(FILE);
        Pokecheck.check(file, "SECOND_SYNC").holds(Level.ATOMIC);
        Pokecheck.check(file).violates(Property.TORN);
        AssertionError failure = assertThrows(
                AssertionError.class, () -> Pokecheck.check(file).saveTo(folder).holds());
        String message = String.valueOf(failure.getMessage());
        assertTrue(
                message.startsWith("breakpoint.c in cpus=2 site0=nop5->jmp32: expected to hold at level safe"),
                message);
        try (Stream<Path> saved = Files.list(folder)) {
            Path entry = saved.findFirst().orElseThrow();
            assertTrue(
                    message.contains("\nreplay     Pokecheck.replay(Path.of(\"" + entry + "\")).reproduces()\n"),
                    message);
            Pokecheck.replay(entry).reproduces();
            assertTrue(Files.readString(entry).contains("\ntext breakpoint.c:\n"));
        }
    }
}
