// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.text.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Protocols that are not shipped, by the names of their classes. */
class OwnProtocolTest {
    private static final String HERE = OwnProtocolTest.class.getName() + "$";

    /** An exhibit of the museum with two sites. */
    private static final String TWO_SITES = "B3a";

    @TempDir
    private Path folder;

    /** memcpy over live text. */
    static final class Memcpy implements Protocol.Definition {
        @Override
        public void record(ProtocolBuilder builder) {
            builder.patcher(r -> {
                r.patchBegin("begin", builder.sites().get(0), 1);
                r.textPoke(
                        "copy",
                        builder.sites().get(0),
                        0,
                        builder.sites().get(0).bytes(1));
                r.patchEnd("end", builder.sites().get(0), 1);
            });
        }
    }

    /** A class with methods that record. */
    static class Methods {
        void memcpy(ProtocolBuilder builder) {
            new Memcpy().record(builder);
        }

        void oneSite(ProtocolBuilder builder) {
            if (builder.sites().size() > 1) {
                throw new IllegalArgumentException("one site at a time");
            }
            memcpy(builder);
        }

        void stopped(ProtocolBuilder builder) {
            Site site = builder.sites().get(0);
            Shared done = builder.shared("done", 0, 0, 1);
            builder.patcher(r -> {
                r.patchBegin("begin", site, 1);
                r.stopMachine(
                        "stop",
                        () -> {
                            r.textPoke("copy", site, 0, site.bytes(1));
                            r.store("done", done, Expr.of(1));
                        },
                        builder.routine("others", other -> {
                            other.await("wait", done.value().eq(1));
                            other.serialize("sync", Sync.CPUID);
                        }));
                r.patchEnd("end", site, 1);
            });
        }

        void faulty(ProtocolBuilder builder) {
            throw new IllegalStateException("not finished, with " + builder.sites());
        }
    }

    /** Methods that say what does not exist, in the line that is named. */
    static class Wrong {
        void otherLocal(ProtocolBuilder builder) {
            Local[] l = new Local[1];
            builder.patcher(r -> l[0] = r.local("l", 0, 1));
            builder.nmi(r -> r.assign(l[0], Expr.of(1)));
        }

        void version(ProtocolBuilder builder) {
            builder.patcher(r -> r.patchBegin("begin", builder.sites().get(0), 7));
        }

        void cpu(ProtocolBuilder builder) {
            builder.thread(7, r -> {});
        }

        void error(ProtocolBuilder builder) {
            throw new AssertionError("an Error of " + builder.sites().size());
        }

        void random(ProtocolBuilder builder) {
            builder.shared("x" + System.nanoTime(), 0, 0, 1);
        }

        void outOfRange(ProtocolBuilder builder) {
            builder.patcher(r -> r.store("first", builder.shared("x", 0, 0, 1), Expr.of(2)));
        }
    }

    /** Its initialiser fails. */
    static final class Initialised extends Methods {
        static final int VALUE = Integer.parseInt("seven");
    }

    /** A class that nobody can make. */
    static final class Secret implements Protocol.Definition {
        Secret(int number) {
            assertTrue(number > 0);
        }

        @Override
        public void record(ProtocolBuilder builder) {
            new Memcpy().record(builder);
        }
    }

    @ParameterizedTest
    @CsvSource({"Memcpy", "Methods#memcpy"})
    void itIsCheckedSavedAndReplayed(String name) {
        Path file = folder.resolve("mine.poke");
        String own = " --protocol-class " + HERE + name;
        Outcome check = Outcome.of("check mine" + own + " --save " + file);
        assertEquals(ExitCode.VIOLATED.number(), check.code(), check.err());
        assertTrue(check.out().contains("source     class " + HERE + name + "\n"), check.out());
        assertTrue(
                check.out()
                        .contains("replay     java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main replay " + file
                                + " --protocol-class '" + HERE + name + "'\n"),
                check.out());
        Outcome replay = Outcome.of("replay " + file + own);
        assertEquals(file + ": REPRODUCED: violated torn.", replay.lastLine());

        Outcome carried = Outcome.of("replay " + file);
        assertEquals(file + ": REPRODUCED: violated torn.", carried.lastLine());
        assertTrue(carried.out().contains("source     class " + HERE + name + "\n"), carried.out());
        Outcome minimized = Outcome.of("minimize " + file + " --save " + folder.resolve("small.poke"));
        assertEquals(ExitCode.VIOLATED.number(), minimized.code(), minimized.err());
        assertEquals(
                ExitCode.VIOLATED.number(),
                Outcome.of("replay " + folder.resolve("small.poke")).code());
    }

    /** The entry does what the class of the option does; it must not name another. */
    @Test
    void aMinimisedEntryNamesTheClassThatItWasMinimisedWith() throws Exception {
        Path file = folder.resolve("mine.poke");
        Path small = folder.resolve("small.poke");
        Outcome.of("check mine --protocol-class " + HERE + "Memcpy --save " + file);
        Outcome.of("minimize " + file + " --save " + small);
        assertTrue(Files.readString(small).contains("\nclass: " + HERE + "Memcpy in "), Files.readString(small));
        Outcome.of("minimize " + file + " --protocol-class " + HERE + "Methods#memcpy --save " + small);
        assertTrue(
                Files.readString(small).contains("\nclass: " + HERE + "Methods#memcpy in "), Files.readString(small));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no.such.Class | there is no class no.such.Class on the class path; call java -cp pokecheck.jar:CLASSES",
                "java.lang.String | java.lang.String does not implement dev.pokecheck.protocol.Protocol.Definition",
                "HERE-Methods#other | has no method other with one parameter of type ProtocolBuilder",
                "HERE-Secret | has no constructor without parameters",
                "HERE-Methods#faulty | faulty failed: java.lang.IllegalStateException: not finished, with ",
                "HERE-Initialised#memcpy | Initialised cannot be initialised: java.lang.NumberFormatException: For input string",
                "HERE-Wrong#error | error failed: java.lang.AssertionError: an Error of 1 (OwnProtocolTest.java:LINE)",
                "HERE-Wrong#random | random records another protocol each time it is called; a recording must not depend on chance",
                "HERE-Wrong#cpu | OwnProtocolTest.java:LINE: there is no CPU 7 to run a thread; the scenario has CPUs 0..1",
                "HERE-Wrong#version | : thread0: begin names version 7 of site0, which has 0..1",
                "HERE-Wrong#otherLocal | : nmi: \"l = 1;\" uses the local variable l, which another routine has declared"
            })
    void whatCannotBeLoadedIsNamed(String name, String complaint) {
        Outcome outcome = Outcome.of("check mine --protocol-class " + name.replace("HERE-", HERE));
        assertEquals(ExitCode.USAGE.number(), outcome.code(), outcome.err());
        String err = outcome.err().replaceAll("OwnProtocolTest[.]java:[0-9]+", "OwnProtocolTest.java:LINE");
        assertTrue(err.contains("--protocol-class: ") && err.contains(complaint), err);
    }

    /** Nothing can be interleaved before the statement that fails. */
    @ParameterizedTest
    @ValueSource(strings = {"--order bfs", "--no-merge", "--no-reduce", "--all", "--order dfs"})
    void whatFailsInItsFirstStepIsAVerdict(String option) {
        Outcome outcome =
                Outcome.of("check mine --workload none " + option + " --protocol-class " + HERE + "Wrong#outOfRange");
        assertEquals(ExitCode.VIOLATED.number(), outcome.code(), outcome.err());
        assertTrue(outcome.out().contains("\nVIOLATED: bug after 1 step "), outcome.out());
        assertTrue(outcome.out().contains("WRITE_ONCE(x, 2);"), outcome.out());
        assertTrue(outcome.out().contains("a value was outside the declared range of its variable"), outcome.out());
    }

    @Test
    void theReplayLineIsOfTheSameClassBeforeAnythingIsSaved() {
        String out =
                Outcome.of("check mine --protocol-class " + HERE + "Memcpy").out();
        assertTrue(
                out.contains(
                        "then: java -cp pokecheck.jar:CLASSES dev.pokecheck.cli.Main replay FILE.poke --protocol-class '"
                                + HERE + "Memcpy'\n"),
                out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "show mine | 0 | protocol   mine: a protocol that is not shipped",
                "levels mine --models coherent | 0 | mine",
                "levels --models coherent | 0 | protocol ",
                "mutate mine --models coherent | 1 | mine does not hold under any of the models",
                "museum B9 | 1 | The protocol holds in 0 of 1 scenarios, and is violated in B9.",
                "minimize FILE | 1 | minimised from 3 to 3 steps"
            })
    void everyCommandTakesOne(String line, int code, String says) {
        String own = " --protocol-class " + HERE + "Memcpy";
        Path file = folder.resolve("mine.poke");
        Outcome.of("check mine" + own + " --save " + file);
        Outcome outcome = Outcome.of(line.replace("FILE", file.toString()) + own);
        assertEquals(code, outcome.code(), outcome.err());
        assertTrue(outcome.out().contains(says), outcome.out());
    }

    @Test
    void theMuseumShowsWhichBugsOfHistoryOnesOwnProtocolHas() {
        Outcome holds = Outcome.of("museum B9 --no-times --protocol-class " + HERE + "Methods#stopped");
        assertEquals(ExitCode.HOLDS.number(), holds.code(), holds.out() + holds.err());
        assertTrue(holds.lines().get(0).matches("bug +violated then +must hold +shows +steps +states"), holds.out());
        assertTrue(holds.lines().get(1).matches("B9 +torn +atomic +holds +- +[0-9]+"), holds.out());
        assertEquals("The protocol holds in 1 of 1 scenarios.", holds.lastLine());
        Outcome violated = Outcome.of("museum B9 B12 --no-times --markdown --protocol-class " + HERE + "Memcpy");
        assertEquals(ExitCode.VIOLATED.number(), violated.code(), violated.err());
        assertTrue(violated.out().contains("\n| B9  | torn          | atomic    | torn  |     3 | "), violated.out());
        assertEquals("The protocol holds in 0 of 2 scenarios, and is violated in B9, B12.", violated.lastLine());
    }

    @Test
    void aScenarioThatAProtocolIsNotForIsRefusedAndTheOthersGoOn() {
        String own = " --protocol-class " + HERE + "Methods#oneSite";
        Outcome some = Outcome.of("museum B9 TWO_SITES --no-times".replace("TWO_SITES", TWO_SITES) + own);
        assertEquals(ExitCode.VIOLATED.number(), some.code(), some.err());
        assertTrue(some.out().contains("\n" + TWO_SITES + ": --protocol-class: oneSite failed: "), some.out());
        assertTrue(some.lines().get(2).matches(TWO_SITES + " .* refused +- +-"), some.out());
        Outcome all = Outcome.of("museum " + TWO_SITES + own);
        assertEquals(ExitCode.USAGE.number(), all.code(), all.out());
        assertTrue(all.err().contains(TWO_SITES + ": --protocol-class: oneSite failed: "), all.err());
    }

    @Test
    void anEntryFindsItsClassFromWhereItIs() throws Exception {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        Path source = Files.writeString(folder.resolve("Elsewhere.java"), """
                import dev.pokecheck.protocol.*;
                public class Elsewhere implements Protocol.Definition {
                    public void record(ProtocolBuilder b) {
                        b.patcher(r -> {
                            r.patchBegin("begin", b.sites().get(0), 1);
                            r.textPoke("copy", b.sites().get(0), 0, b.sites().get(0).bytes(1));
                            r.patchEnd("end", b.sites().get(0), 1);
                        });
                    }
                }
                """);
        int compiled = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", classes.toString(), source.toString());
        assertEquals(0, compiled);
        Path entries = Files.createDirectories(folder.resolve("entries"));
        Path saved = entries.resolve("mine.poke");
        Outcome.of("check mine --protocol-class " + HERE + "Memcpy --save " + saved);
        Path moved = entries.resolve("moved.poke");
        Files.writeString(moved, Files.readString(saved).replaceFirst("class: .*", "class: Elsewhere in ../classes"));
        Outcome replay = Outcome.of("replay " + moved);
        assertEquals(moved + ": REPRODUCED: violated torn.", replay.lastLine(), replay.err());
        Files.delete(classes.resolve("Elsewhere.class"));
        Outcome gone = Outcome.of("replay " + moved);
        assertEquals(ExitCode.USAGE.number(), gone.code());
        assertTrue(gone.err().contains("there is no class Elsewhere"), gone.err());
    }

    @Test
    void aShippedNameMeansWhatTheClassSays() {
        Outcome outcome = Outcome.of("check stop_machine --protocol-class " + HERE + "Memcpy");
        assertTrue(outcome.lastLine().startsWith("VIOLATED: torn after 3 steps"), outcome.lastLine());
    }
}
