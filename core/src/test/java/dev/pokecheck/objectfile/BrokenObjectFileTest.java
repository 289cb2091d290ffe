// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.objectfile;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A file is read or refused with a message, whatever it holds. */
class BrokenObjectFileTest {
    private static final Path FILE = Path.of("src/test/resources/dev/pokecheck/audit/plain.o");
    private static final long SEED = 20261130;
    private static final int ROUNDS = 4000;

    private static boolean isRead(byte[] bytes) {
        try {
            LineTable.of(ObjectFile.read(bytes));
            return true;
        } catch (ObjectFileException e) {
            return false;
        }
    }

    @Test
    void aFileThatEndsTooEarlyIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(FILE);
        assertTrue(isRead(whole));
        for (int length = 0; length < whole.length; length += 7) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThrows(ObjectFileException.class, () -> ObjectFile.read(part));
        }
    }

    @Test
    void bytesThatAreChangedAreReadOrRefused() throws IOException {
        byte[] whole = Files.readAllBytes(FILE);
        SplittableRandom random = new SplittableRandom(SEED);
        int read = 0;
        for (int round = 0; round < ROUNDS; round++) {
            byte[] changed = whole.clone();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            read += isRead(changed) ? 1 : 0;
        }
        assertTrue(read > 0 && read < ROUNDS, "read " + read);
    }
}
