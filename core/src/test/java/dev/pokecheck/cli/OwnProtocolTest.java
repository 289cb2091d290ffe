// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.ProtocolBuilder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Protocols that are not shipped, by the names of their classes. */
class OwnProtocolTest {
    private static final String HERE = OwnProtocolTest.class.getName() + "$";

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

        void faulty(ProtocolBuilder builder) {
            throw new IllegalStateException("not finished, with " + builder.sites());
        }
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

        Outcome unknown = Outcome.of("replay " + file);
        assertEquals(ExitCode.USAGE.number(), unknown.code());
        assertTrue(unknown.err().contains("and --protocol-class takes one of your own"), unknown.err());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no.such.Class | there is no class no.such.Class on the class path; call java -cp pokecheck.jar:CLASSES",
                "java.lang.String | java.lang.String does not implement dev.pokecheck.protocol.Protocol.Definition",
                "HERE-Methods#other | has no method other with one parameter of type ProtocolBuilder",
                "HERE-Secret | has no constructor without parameters",
                "HERE-Methods#faulty | faulty failed: java.lang.IllegalStateException: not finished, with "
            })
    void whatCannotBeLoadedIsNamed(String name, String complaint) {
        Outcome outcome = Outcome.of("check mine --protocol-class " + name.replace("HERE-", HERE));
        assertEquals(ExitCode.USAGE.number(), outcome.code(), outcome.err());
        assertTrue(outcome.err().contains("--protocol-class: ") && outcome.err().contains(complaint), outcome.err());
    }

    @Test
    void aShippedNameMeansWhatTheClassSays() {
        Outcome outcome = Outcome.of("check stop_machine --protocol-class " + HERE + "Memcpy");
        assertTrue(outcome.lastLine().startsWith("VIOLATED: torn after 3 steps"), outcome.lastLine());
    }
}
