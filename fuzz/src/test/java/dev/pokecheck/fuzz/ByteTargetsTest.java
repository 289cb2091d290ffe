// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The targets whose inputs fail by themselves, in a short form. */
class ByteTargetsTest {
    private static final Path CORPUS = Path.of(System.getProperty("basedir", "."), "..", "corpus");

    @Test
    void randomCode() {
        RandomInputs inputs = new RandomInputs("InsnFuzz", 20251104);
        for (int i = 0; i < 50_000; i++) {
            InsnFuzz.check(inputs.next(24, 4));
        }
    }

    /** Entries of the corpus with a few bytes changed, dropped and doubled. */
    @Test
    void damagedEntries() throws IOException {
        RandomInputs inputs = new RandomInputs("CorpusFuzz", 20251105);
        byte[] entry = Files.readAllBytes(CORPUS.resolve("fuzz/CorpusFuzz/all-keys"));
        CorpusFuzz.check(entry);
        for (int i = 0; i < 10_000; i++) {
            CorpusFuzz.check(damaged(entry, inputs.next(6, 6)));
        }
    }

    /** A file of C with a few bytes changed, dropped and doubled. */
    @Test
    void damagedFiles() throws IOException {
        RandomInputs inputs = new RandomInputs("SourceFuzz", 20251106);
        for (String seed : List.of("vector.c", "words.c", "control.c")) {
            byte[] file = Files.readAllBytes(CORPUS.resolve("fuzz/SourceFuzz").resolve(seed));
            assertTrue(SourceFuzz.check(file), seed);
            for (int i = 0; i < 100; i++) {
                SourceFuzz.check(damaged(file, inputs.next(6, 6)));
            }
        }
    }

    private static byte[] damaged(byte[] entry, byte[] how) {
        int at = ((how[0] & 0xff) << 8 | (how[1] & 0xff)) % entry.length;
        int length = Math.min((how[2] & 0xff) % 20, entry.length - at);
        String text = new String(entry, StandardCharsets.ISO_8859_1);
        String piece = text.substring(at, at + length);
        String middle = switch ((how[3] & 0xff) % 4) {
            case 0 -> "";
            case 1 -> piece + piece;
            case 2 -> piece + (char) (how[4] & 0xff);
            default -> new String(new char[] {(char) (how[4] & 0xff), (char) (how[5] & 0xff)}) + piece;
        };
        return (text.substring(0, at) + middle + text.substring(at + length)).getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The planted fault is seen and reported, once, and only in a session; a real fault is thrown. */
    @Test
    void theCanaryIsReportedInASession(@TempDir Path folder) throws IOException {
        Settings session =
                new Settings(Optional.empty(), Optional.empty(), Feedback.Mode.ON, 0, true, Optional.of(folder));
        ByteTarget target = new ByteTarget(session, input -> input.length == 3);
        target.run(new byte[2]);
        assertEquals(false, Files.exists(folder.resolve(FoundFolder.CANARY)));
        target.run(new byte[3]);
        assertEquals("000000\n", Files.readString(folder.resolve(FoundFolder.CANARY)));
        ByteTarget failing = new ByteTarget(session, input -> {
            throw new AssertionError("a fault");
        });
        assertThrows(AssertionError.class, () -> failing.run(new byte[0]));
    }

    @Test
    void withoutACanaryNothingIsReported(@TempDir Path folder) {
        Settings without =
                new Settings(Optional.empty(), Optional.empty(), Feedback.Mode.ON, 0, false, Optional.of(folder));
        new ByteTarget(without, input -> true).run(new byte[3]);
        assertEquals(false, Files.exists(folder.resolve(FoundFolder.CANARY)));
    }
}
