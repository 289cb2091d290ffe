// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folders of a session. */
class PlacesTest {
    @TempDir
    private Path folder;

    private static Places places(Path here, Map<OptionKey, String> line) {
        EnumMap<OptionKey, String> options = new EnumMap<>(OptionKey.class);
        options.putAll(line);
        return Places.of(new Asked(options, key -> ""), here, Path.of("/nowhere/program.jar"));
    }

    /** In a checkout, wherever in it a session is started, what it writes goes where git does not look. */
    @Test
    void inACheckout() throws IOException {
        Path below = Files.createDirectories(folder.resolve("fuzz/target"));
        Files.createDirectories(folder.resolve("corpus/fuzz"));
        for (Path here : List.of(folder, below)) {
            Places places = places(here, Map.of());
            assertEquals(folder.resolve("fuzz/scratch"), places.scratch());
            assertEquals(folder.resolve("fuzz/scratch/found"), places.found());
            assertEquals(folder.resolve("corpus/fuzz"), places.seeds());
            assertEquals(folder.resolve("corpus/fail"), places.known());
            assertEquals(List.of(), places.again());
        }
        String ignored = Files.readString(Path.of(System.getProperty("basedir", "."), "..", ".gitignore"));
        assertTrue(ignored.contains("\n/fuzz/scratch/\n"), ignored);
    }

    @Test
    void anywhereElse() {
        Places places = places(folder, Map.of());
        assertEquals(folder.resolve("pokecheck-fuzz"), places.scratch());
        assertEquals(folder.resolve("pokecheck-fuzz/found"), places.found());
        assertEquals(
                folder.resolve("mine"),
                places(folder, Map.of(OptionKey.FOUND, "mine")).found());
    }

    /** Started elsewhere, the program still knows the corpus of the checkout that it lies in. */
    @Test
    void aProgramInACheckout() throws IOException {
        Files.createDirectories(folder.resolve("checkout/corpus/fuzz"));
        Path jar = folder.resolve("checkout/fuzz/target/pokecheck-fuzz.jar");
        Places places = Places.of(new Asked(Map.of(), key -> ""), folder, jar);
        assertEquals(folder.resolve("checkout/corpus"), places.corpus());
        assertEquals(folder.resolve("pokecheck-fuzz"), places.scratch());
    }

    @Test
    void foldersAreMadeAndTried() throws IOException {
        Places places = places(folder.resolve("new"), Map.of());
        places.prepare().release();
        assertTrue(Files.isDirectory(places.found()));
        assertEquals(List.of(), FoundStore.list(places.found(), ""));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAUsageError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        String message = assertThrows(
                        RefusedException.class,
                        () -> places(
                                        folder,
                                        Map.of(
                                                OptionKey.FOUND,
                                                file.resolve("found").toString()))
                                .prepare())
                .getMessage();
        assertTrue(message.startsWith(file.resolve("found") + " cannot be written to: java.nio.file."), message);
        assertTrue(message.endsWith("; give a folder that can be written to, and has room, with --found"), message);
    }

    @Test
    void twoSessionsDoNotShareAFolder() throws IOException {
        Places places = places(folder, Map.of());
        FileLock lock = places.prepare();
        String message = assertThrows(RefusedException.class, places::prepare).getMessage();
        assertTrue(message.startsWith("another session is at work in "), message);
        lock.release();
        FileLock next = places.prepare();
        assertFalse(next.isShared());
        next.release();
    }
}
