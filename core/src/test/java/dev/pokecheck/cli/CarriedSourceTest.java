// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.cli.run.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Entries that carry the C that they were found in, and entries that name it. */
class CarriedSourceTest {
    private static final String MAIN = CFiles.STRANGER.replace("text_poke_sync();", "SYNC();");

    @TempDir
    private Path folder;

    private Path here;
    private Path elsewhere;

    @BeforeEach
    void write() throws IOException {
        here = folder.resolve("here");
        elsewhere = Files.createDirectories(folder.resolve("else/where"));
        CFiles.write(here.resolve("src/it.c"), "#include \"sub/sync.h\"\n", MAIN);
        CFiles.write(here.resolve("src/sub/sync.h"), "#include <names.h>\n#define SYNC() NAME()\n");
        CFiles.write(here.resolve("include/names.h"), "#define NAME text_poke_sync\n");
    }

    private Path saved(String options) {
        Path entry = here.resolve("it.poke");
        Outcome outcome = Outcome.of("check " + here + "/src/it.c -I " + here + "/include --save " + entry + options);
        assertTrue(
                outcome.out().contains("\nreplay     java -jar pokecheck.jar replay " + entry + "\n"), outcome.err());
        return entry;
    }

    private Path movedFrom(Path entry) throws IOException {
        Path moved = elsewhere.resolve("moved.poke");
        Files.move(entry, moved);
        Files.delete(here.resolve("src/it.c"));
        Files.delete(here.resolve("src/sub/sync.h"));
        Files.delete(here.resolve("include/names.h"));
        return moved;
    }

    @Test
    void anEntryReplaysWithoutTheFile() throws IOException {
        Path moved = movedFrom(saved(""));
        Outcome replay = Outcome.of("replay " + moved);
        assertEquals(ExitCode.VIOLATED.number(), replay.code(), replay.err());
        assertEquals(moved + ": REPRODUCED: violated torn.", replay.lastLine());
        assertTrue(replay.out().contains("\nsource     it.c, as moved.poke carries it\n"), replay.out());
        Path small = elsewhere.resolve("deeper/small.poke");
        Files.createDirectories(small.getParent());
        Outcome minimize = Outcome.of("minimize " + moved + " --save " + small);
        assertEquals(ExitCode.VIOLATED.number(), minimize.code(), minimize.err());
        assertEquals(
                small + ": REPRODUCED: violated torn.",
                Outcome.of("replay " + small).lastLine());
        Outcome mutate = Outcome.of("mutate " + moved + " --models coherent --steps sync");
        assertEquals(ExitCode.HOLDS.number(), mutate.code(), mutate.err());
        assertTrue(mutate.out().contains("poke_one.sync"), mutate.out());
        Outcome check = Outcome.of("check " + moved + " --fetch coherent --level safe");
        assertTrue(check.lastLine().startsWith("HOLDS at level safe"), check.err() + check.lastLine());
    }

    @Test
    void definitionsAreCarriedToo() throws IOException {
        Path moved = movedFrom(saved(" -D SECOND_SYNC --level safe"));
        assertTrue(Files.readString(moved).contains("\ndefine: SECOND_SYNC\n"), Files.readString(moved));
        Outcome replay = Outcome.of("replay " + moved);
        assertEquals(ExitCode.HOLDS.number(), replay.code(), replay.err());
        assertTrue(replay.out().contains("it.c, as moved.poke carries it, -D SECOND_SYNC\n"), replay.out());
    }

    @Test
    void aFileThatHasChangedIsNoted() {
        Path entry = saved("");
        assertFalse(Outcome.of("replay " + entry).out().contains("\nnote "));
        CFiles.write(here.resolve("src/it.c"), "#include \"sub/sync.h\"\n\n", MAIN);
        assertTrue(Outcome.of("replay " + entry)
                .out()
                .contains("\nnote       " + here
                        + "/src/it.c has changed since the entry was written, and is the same protocol"));
        CFiles.write(here.resolve("src/it.c"), "#include \"sub/sync.h\"\n#define SECOND_SYNC\n", MAIN);
        Outcome another = Outcome.of("replay " + entry);
        assertTrue(another.out().contains(" and is another protocol now (fingerprint "), another.out());
        assertTrue(another.lastLine().endsWith("REPRODUCED: violated torn."), another.lastLine());
        CFiles.write(here.resolve("src/it.c"), "int x = ;\n");
        Outcome broken = Outcome.of("replay " + entry);
        assertTrue(broken.out().contains(" and cannot be read any more: " + here + "/src/it.c:1:9: "), broken.out());
        assertTrue(broken.lastLine().endsWith("REPRODUCED: violated torn."), broken.lastLine());
    }

    @Test
    void anEntryByPathFollowsTheFile() throws IOException {
        Path entry = saved(" --by-path");
        assertFalse(Files.readString(entry).contains("text "), Files.readString(entry));
        assertTrue(Files.readString(entry).contains("\nsource: src/it.c\ninclude: ../include\n"));
        assertTrue(Outcome.of("replay " + entry).lastLine().endsWith("REPRODUCED: violated torn."));
        CFiles.write(here.resolve("src/it.c"), "#include \"sub/sync.h\"\n#define SECOND_SYNC\n", MAIN);
        Outcome changed = Outcome.of("replay " + entry);
        assertEquals(ExitCode.DIVERGED.number(), changed.code(), changed.err());
        assertTrue(changed.lastLine().contains(": CHANGED: the protocol has changed"), changed.lastLine());
        Outcome gone = Outcome.of("replay " + movedFrom(entry));
        assertEquals(ExitCode.USAGE.number(), gone.code());
        assertTrue(gone.err().contains("/src/it.c: there is no such file"), gone.err());
    }

    @Test
    void whatItCarriesIsReadWithPlacesInIt() throws IOException {
        Path entry = saved("");
        Files.writeString(entry, Files.readString(entry).replace("|static int patching;", "|static int patching"));
        Outcome outcome = Outcome.of("replay " + entry);
        assertEquals(ExitCode.USAGE.number(), outcome.code());
        assertTrue(outcome.err().startsWith("it.c:6:1: "), outcome.err());
    }
}
