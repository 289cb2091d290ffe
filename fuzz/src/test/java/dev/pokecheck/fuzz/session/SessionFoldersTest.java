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
class SessionFoldersTest {
    @TempDir
    private Path folder;

    private static SessionFolders folders(Path here, Map<OptionKey, String> line) {
        EnumMap<OptionKey, String> options = new EnumMap<>(OptionKey.class);
        options.putAll(line);
        return SessionFolders.of(new Asked(options, key -> ""), here, Path.of("/nowhere/program.jar"));
    }

    /** In a checkout, wherever in it a session is started, what it writes goes where git does not look. */
    @Test
    void inACheckout() throws IOException {
        Path below = Files.createDirectories(folder.resolve("fuzz/target"));
        Files.createDirectories(folder.resolve("corpus/fuzz"));
        for (Path here : List.of(folder, below)) {
            SessionFolders folders = folders(here, Map.of());
            assertEquals(folder.resolve("fuzz/scratch"), folders.scratch());
            assertEquals(folder.resolve("fuzz/scratch/found"), folders.found());
            assertEquals(folder.resolve("corpus/fuzz"), folders.seeds());
            assertEquals(folder.resolve("corpus/fail"), folders.known());
            assertEquals(List.of(), folders.again());
        }
        String ignored = Files.readString(Path.of(System.getProperty("basedir", "."), "..", ".gitignore"));
        assertTrue(ignored.contains("\n/fuzz/scratch/\n"), ignored);
    }

    @Test
    void anywhereElse() {
        SessionFolders folders = folders(folder, Map.of());
        assertEquals(folder.resolve("pokecheck-fuzz"), folders.scratch());
        assertEquals(folder.resolve("pokecheck-fuzz/found"), folders.found());
        assertEquals(
                folder.resolve("mine"),
                folders(folder, Map.of(OptionKey.FOUND, "mine")).found());
    }

    /** Started elsewhere, the program still knows the corpus of the checkout that it lies in. */
    @Test
    void aProgramInACheckout() throws IOException {
        Files.createDirectories(folder.resolve("checkout/corpus/fuzz"));
        Path jar = folder.resolve("checkout/fuzz/target/pokecheck-fuzz.jar");
        SessionFolders folders = SessionFolders.of(new Asked(Map.of(), key -> ""), folder, jar);
        assertEquals(folder.resolve("checkout/corpus"), folders.corpus());
        assertEquals(folder.resolve("pokecheck-fuzz"), folders.scratch());
    }

    @Test
    void foldersAreMadeAndTried() throws IOException {
        SessionFolders folders = folders(folder.resolve("new"), Map.of());
        folders.prepare().release();
        assertTrue(Files.isDirectory(folders.found()));
        assertEquals(List.of(), FoundStore.list(folders.found(), ""));
    }

    @Test
    void aFolderThatCannotBeWrittenToIsAUsageError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "x");
        String message = assertThrows(
                        RefusedException.class,
                        () -> folders(
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
        SessionFolders folders = folders(folder, Map.of());
        FileLock lock = folders.prepare();
        String message = assertThrows(RefusedException.class, folders::prepare).getMessage();
        assertTrue(message.startsWith("another session is at work in "), message);
        lock.release();
        FileLock next = folders.prepare();
        assertFalse(next.isShared());
        next.release();
    }
}
