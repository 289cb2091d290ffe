// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a command leaves where it was told to write. */
class WrittenFilesTest {
    @TempDir
    private Path folder;

    private Outcome save(Path file) {
        return Outcome.of("check", "naive", "--save", file.toString());
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aNewFileHasTheModeOfAnyOther() throws IOException {
        Path usual = Files.writeString(folder.resolve("usual"), "");
        Path saved = folder.resolve("saved.poke");
        save(saved);
        assertEquals(Files.getPosixFilePermissions(usual), Files.getPosixFilePermissions(saved));
        assertEquals(List.of("saved.poke", "usual"), names());
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aLinkStaysAndWhatItPointsToIsWritten() throws IOException {
        Files.createDirectory(folder.resolve("corpus"));
        Path target = folder.resolve("corpus/real.poke");
        Path second = Files.createSymbolicLink(folder.resolve("second"), Path.of("corpus", "real.poke"));
        Path first = Files.createSymbolicLink(folder.resolve("first"), second);
        for (int time = 0; time < 2; time++) {
            assertEquals(1, save(first).code());
            assertTrue(Files.isSymbolicLink(first) && Files.isSymbolicLink(second));
            assertTrue(Files.isRegularFile(target, LinkOption.NOFOLLOW_LINKS));
            assertTrue(Files.readString(target).startsWith("poke-corpus 1\n"));
        }
        assertEquals(List.of("corpus", "first", "second"), names());
        Outcome twice = Outcome.of("check", "naive", "--save", first.toString(), "--json", target.toString());
        assertEquals(2, twice.code());
        assertTrue(twice.err().contains("--json: " + target + " is what --save writes"), twice.err());
    }

    @DisabledOnOs(OS.WINDOWS)
    @Test
    void aLinkThatLeadsNowhereIsRefused() throws IOException {
        Path loop = folder.resolve("loop");
        Files.createSymbolicLink(loop, loop);
        Outcome outcome = save(loop);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--save: " + loop + " cannot be written: it is a link"), outcome.err());
        assertEquals("", outcome.out(), "before the search");
    }

    /** Only trying shows whether a folder takes files: here its place for the unfinished one is taken. */
    @Test
    void aFolderThatTakesNoFileIsRefusedBeforeTheSearch() throws IOException {
        Path file = folder.resolve("a.poke");
        Files.createDirectories(folder.resolve(".a.poke.pokecheck").resolve("taken"));
        Outcome outcome = save(file);
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("--save: " + file + " cannot be written: "), outcome.err());
        assertEquals("", outcome.out(), "before the search");
        assertFalse(Files.exists(file));
    }

    @Test
    void minimizeTriesItsTargetFirst() throws IOException {
        Path file = folder.resolve("saved.poke");
        save(file);
        Outcome outcome = Outcome.of(
                "minimize", file.toString(), "--save", folder.resolve("no/such").toString());
        assertEquals(2, outcome.code());
        assertTrue(outcome.err().contains("cannot be written: there is no folder "), outcome.err());
        assertEquals("", outcome.out(), "before anything is replayed");
    }
}
