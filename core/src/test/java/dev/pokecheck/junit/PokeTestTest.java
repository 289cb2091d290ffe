// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.junit;

import static dev.pokecheck.text.FetchModel.COHERENT;
import static dev.pokecheck.text.FetchModel.STALE_CHUNK;
import static dev.pokecheck.text.FetchModel.STALE_INSN;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectMethod;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.property.Property;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.launcher.EngineFilter;
import org.junit.platform.launcher.Launcher;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

class PokeTestTest {
    private static final String FOLDER = "target/poke-test-test";

    /** What is tested; not run by itself, as it is nested. */
    static class Cases {
        @PokeTest(
                saveTo = FOLDER,
                split = StoreSplit.WORD,
                fetch = {COHERENT, STALE_INSN, STALE_CHUNK},
                data = {DataModel.SC, DataModel.TSO})
        void matrix(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(saveTo = FOLDER, violates = Property.TORN)
        void torn(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(
                saveTo = FOLDER,
                violates = {Property.TORN, Property.DEADLOCK})
        void tornAndDeadlock(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(saveTo = FOLDER, maxStates = 5, split = StoreSplit.WORD, fetch = STALE_INSN)
        void bounded(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(saveTo = FOLDER, threads = ThreadWork.NONE)
        void vacuous(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(saveTo = FOLDER)
        void faulty(ProtocolBuilder b) {
            throw new IllegalStateException(
                    "fault of the test at " + b.setting().cpus());
        }

        @PokeTest(saveTo = FOLDER, sites = "nop5")
        void badSite(ProtocolBuilder b) {
            new Store().record(b);
        }

        @PokeTest(saveTo = FOLDER)
        void withOthers(TestInfo info, ProtocolBuilder b) {
            assertTrue(info.getDisplayName().startsWith("stale-chunk"));
            new Store().record(b);
        }

        /** Needs an instance of the class around it, so that no command can make it. */
        @Nested
        class Inner {
            @PokeTest(saveTo = FOLDER)
            void torn(ProtocolBuilder b) {
                new Store().record(b);
            }
        }

        @PokeTest(saveTo = FOLDER)
        void withoutBuilder() {
            throw new AssertionError("is never called");
        }

        @PokeTest(
                saveTo = FOLDER,
                fetch = {})
        void withoutModel(ProtocolBuilder b) {
            new Store().record(b);
        }
    }

    /** The results of the tests and containers that one method gives rise to, by their display names. */
    private static Map<String, TestExecutionResult> run(String method) {
        return run(Cases.class, method);
    }

    private static Map<String, TestExecutionResult> run(Class<?> type, String method) {
        Class<?> parameter = method.equals("withoutBuilder") ? null : ProtocolBuilder.class;
        String parameters = method.equals("withOthers")
                ? TestInfo.class.getName() + ", " + ProtocolBuilder.class.getName()
                : parameter == null ? "" : parameter.getName();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectMethod(type, method, parameters))
                .filters(EngineFilter.includeEngines("junit-jupiter"))
                .build();
        Map<String, TestExecutionResult> results = new LinkedHashMap<>();
        Launcher launcher = LauncherFactory.create();
        launcher.execute(request, new TestExecutionListener() {
            @Override
            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                if (test.isTest() || result.getStatus() != Status.SUCCESSFUL) {
                    results.put(test.getDisplayName(), result);
                }
            }
        });
        return results;
    }

    private static String message(Map<String, TestExecutionResult> results) {
        assertEquals(1, results.size(), results.toString());
        TestExecutionResult result = results.values().iterator().next();
        assertEquals(Status.FAILED, result.getStatus());
        return String.valueOf(result.getThrowable().orElseThrow().getMessage());
    }

    /** What an earlier build has left there is not counted. */
    @BeforeEach
    void clear() throws IOException {
        Files.createDirectories(Path.of(FOLDER));
        try (Stream<Path> files = Files.list(Path.of(FOLDER))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Test
    void oneTestForEachModel() throws Exception {
        Map<String, TestExecutionResult> results = run("matrix");
        List<String> names = new ArrayList<>();
        for (FetchModel fetch : List.of(COHERENT, STALE_INSN, STALE_CHUNK)) {
            for (DataModel data : DataModel.values()) {
                names.add(fetch.text() + ", " + data.text());
            }
        }
        assertEquals(names, List.copyOf(results.keySet()));
        results.forEach((name, result) -> assertEquals(
                name.startsWith("stale-chunk") ? Status.FAILED : Status.SUCCESSFUL, result.getStatus(), name));
        String message = String.valueOf(
                results.get("stale-chunk, tso").getThrowable().orElseThrow().getMessage());
        assertTrue(
                message.startsWith("matrix in cpus=2 site0=nop5->jmp32 data=tso split=word: expected to hold at level"
                        + " safe, but VIOLATED: torn after "),
                message);
        assertTrue(message.contains("\ntest       mvn test -Dtest='" + Cases.class.getName() + "#matrix'\n"), message);
        assertTrue(message.contains(" --protocol-class '" + Cases.class.getName() + "#matrix'\n"), message);
        try (Stream<Path> files = Files.list(Path.of(FOLDER))) {
            assertEquals(
                    2,
                    files.filter(file -> file.getFileName().toString().startsWith("matrix-torn-"))
                            .count());
        }
    }

    @Test
    void violationsThatAreClaimedPassAndOthersFail() {
        assertEquals(Status.SUCCESSFUL, run("torn").get("stale-chunk, sc").getStatus());
        assertTrue(message(run("tornAndDeadlock"))
                .contains("expected a violation of deadlock, but NO VIOLATION WITHIN runs up to torn"));
    }

    @Test
    void whatIsNoProofFails() {
        assertTrue(message(run("bounded")).contains("but NO VIOLATION WITHIN a bound of 5 states"));
        assertTrue(message(run("vacuous")).contains("but VACUOUS: "));
    }

    @Test
    void faultsOfTheTestAreItsOwn() {
        assertEquals("fault of the test at 2", message(run("faulty")));
        assertTrue(message(run("badSite")).contains("has no new version; write old->new"));
    }

    @Test
    void otherParametersAreResolvedByOthers() {
        String message = message(run("withOthers"));
        assertTrue(message.contains("VIOLATED: torn"), message);
        assertTrue(!message.contains("--protocol-class"), "a command cannot resolve them");
    }

    @Test
    void aNestedTestHasNoCommand() {
        String message = message(run(Cases.Inner.class, "torn"));
        assertTrue(
                message.contains("\ntest       mvn test -Dtest='" + Cases.Inner.class.getName() + "#torn'\n"), message);
        assertTrue(!message.contains("--protocol-class"), message);
    }

    @Test
    void aMethodThatWouldTestNothingIsAnError() {
        assertTrue(message(run("withoutBuilder")).contains("must have one parameter of type ProtocolBuilder"));
        assertTrue(message(run("withoutModel")).contains("it would test nothing"));
    }
}
