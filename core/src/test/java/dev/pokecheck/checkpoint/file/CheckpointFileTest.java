// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.checkpoint.CheckpointException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read, and what is damaged is refused. */
class CheckpointFileTest {
    private static final long SEED = 3;

    @TempDir
    private Path folder;

    /** More than two blocks, with arrays that do not end where blocks do. */
    private static final int LONGS = 150_001;

    private static final int INTS = 300_003;

    private static long[] longs(SplittableRandom random) {
        return random.longs(LONGS).toArray();
    }

    private Path written(SplittableRandom random) throws IOException {
        Path file = folder.resolve("x.ck");
        try (CheckpointWriter writer = new CheckpointWriter(file)) {
            writer.text("a \u00e4 \u2028 text");
            writer.number(Long.MIN_VALUE);
            writer.longs(longs(random), 0, LONGS);
            writer.ints(random.ints(INTS).toArray(), 1, INTS - 1);
            writer.number(7);
            long size = writer.finish();
            assertEquals(Files.size(file), size);
        }
        return file;
    }

    private static void read(Path file) {
        try (CheckpointReader reader = new CheckpointReader(file)) {
            SplittableRandom random = new SplittableRandom(SEED);
            assertEquals("a \u00e4 \u2028 text", reader.text());
            assertEquals(Long.MIN_VALUE, reader.number());
            long[] longs = new long[LONGS];
            reader.longs(longs, 0, LONGS);
            assertArrayEquals(longs(random), longs);
            int[] ints = new int[INTS];
            reader.ints(ints, 1, INTS - 1);
            int[] expected = random.ints(INTS).toArray();
            expected[0] = 0;
            assertArrayEquals(expected, ints);
            assertEquals(7, reader.number());
            reader.end();
        }
    }

    @Test
    void whatIsWrittenIsRead(TestReporter reporter) throws IOException {
        reporter.publishEntry("seed", Long.toString(SEED));
        read(written(new SplittableRandom(SEED)));
    }

    private static String refusal(Path file) {
        return String.valueOf(
                assertThrows(CheckpointException.class, () -> read(file)).getMessage());
    }

    @Test
    void aChangedByteIsNoticedWhereverItIs() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Path file = written(random);
        byte[] whole = Files.readAllBytes(file);
        Path damaged = folder.resolve("damaged.ck");
        for (int i = 0; i < 60; i++) {
            int at = i < 40 ? i : random.nextInt(whole.length);
            byte[] bytes = whole.clone();
            bytes[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(damaged, bytes);
            String refusal = refusal(damaged);
            assertTrue(
                    refusal.contains("is damaged: ")
                            || refusal.contains("is truncated")
                            || refusal.contains("is no checkpoint")
                            || refusal.contains("another version"),
                    at + ": " + refusal);
        }
    }

    @Test
    void aTruncatedFileIsNoticedWhereverItEnds() throws IOException {
        Path file = written(new SplittableRandom(SEED));
        byte[] whole = Files.readAllBytes(file);
        Path cut = folder.resolve("cut.ck");
        int afterFirst = CheckpointWriter.FIRST_LINE + CheckpointWriter.PREFIX + CheckpointWriter.BLOCK;
        for (int length : new int[] {
            CheckpointWriter.FIRST_LINE,
            CheckpointWriter.FIRST_LINE + 3,
            100,
            afterFirst - 1,
            afterFirst,
            afterFirst + 1,
            whole.length - CheckpointWriter.PREFIX - 1,
            whole.length - CheckpointWriter.PREFIX,
            whole.length - 1
        }) {
            Files.write(cut, Arrays.copyOf(whole, length));
            assertEquals(cut + ": is truncated; nothing can be gone on from, search anew", refusal(cut));
        }
    }

    /** What another file had there is no part of it. */
    @Test
    void whatFollowsItsEndIsNoticed() throws IOException {
        Path file = written(new SplittableRandom(SEED));
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertEquals(
                file + ": is damaged: there is more in it than belongs there; nothing can be gone on from, search anew",
                refusal(file));
    }

    @Test
    void readingLessOrMoreThanThereIsIsNoticed() throws IOException {
        Path file = written(new SplittableRandom(SEED));
        try (CheckpointReader reader = new CheckpointReader(file)) {
            reader.text();
            assertTrue(assertThrows(CheckpointException.class, reader::end)
                    .getMessage()
                    .contains("there is more in it than belongs there"));
        }
        try (CheckpointReader reader = new CheckpointReader(file)) {
            reader.text();
            assertTrue(assertThrows(
                            CheckpointException.class, () -> reader.longs(new long[LONGS + INTS], 0, LONGS + INTS))
                    .getMessage()
                    .contains("it ends too early"));
        }
    }

    /** Blocks carry their number. */
    @Test
    void blocksInAnotherOrderAreNoticed() throws IOException {
        byte[] whole = Files.readAllBytes(written(new SplittableRandom(SEED)));
        int size = CheckpointWriter.PREFIX + CheckpointWriter.BLOCK;
        int first = CheckpointWriter.FIRST_LINE;
        byte[] swapped = whole.clone();
        System.arraycopy(whole, first, swapped, first + size, size);
        System.arraycopy(whole, first + size, swapped, first, size);
        Path file = Files.write(folder.resolve("swapped.ck"), swapped);
        assertTrue(refusal(file).contains("block 0 does not have its checksum"), refusal(file));
    }

    /** The first blocks of one, the last of another. */
    @Test
    void blocksOfTwoCheckpointsDoNotGoTogether() throws IOException {
        byte[] one = Files.readAllBytes(written(new SplittableRandom(SEED)));
        byte[] other = Files.readAllBytes(written(new SplittableRandom(SEED + 1)));
        int blocks = CheckpointWriter.FIRST_LINE + CheckpointWriter.PREFIX + CheckpointWriter.BLOCK;
        byte[] spliced = Arrays.copyOf(one, Math.max(one.length, other.length));
        System.arraycopy(other, blocks, spliced, blocks, other.length - blocks);
        Path file = Files.write(folder.resolve("spliced.ck"), Arrays.copyOf(spliced, other.length));
        assertTrue(refusal(file).contains("block 1 does not have its checksum"), refusal(file));
    }

    @Test
    void aFileHasOneOwner() throws IOException {
        Path path = folder.resolve("owned.ck");
        CheckpointHead head = new CheckpointHead("", "", "", "", "", List.of());
        CheckpointFile first = new CheckpointFile(path, head);
        CheckpointFile second = new CheckpointFile(path, head);
        assertEquals(Optional.empty(), first.claim());
        assertEquals(Optional.of("process " + ProcessHandle.current().pid()), second.claim());
        first.release();
        assertEquals(Optional.empty(), second.claim());
        second.release();
        assertFalse(Files.exists(folder.resolve("owned.ck.owner")));
    }

    @Test
    void otherFilesAreToldApart() throws IOException {
        Path empty = Files.write(folder.resolve("empty"), new byte[0]);
        assertEquals(empty + ": is no checkpoint of pokecheck", refusal(empty));
        Path entry = Files.writeString(folder.resolve("entry"), "poke-corpus 1\nprotocol: naive\nscenario: cpus=2\n");
        assertEquals(entry + ": is no checkpoint of pokecheck", refusal(entry));
        Path next = Files.write(
                folder.resolve("next"), "pokecheck checkpoint 3\nabcdefghijkl".getBytes(StandardCharsets.US_ASCII));
        assertEquals(
                next + ": is a checkpoint of another version of the format; this pokecheck reads version 2: go on with"
                        + " the one that wrote it",
                refusal(next));
        assertEquals(folder.resolve("none") + ": there is no such file", refusal(folder.resolve("none")));
    }

    /** What could not be read again is not written. */
    @Test
    void aCommandThatIsTooLongIsRefused() {
        List<String> most = Collections.nCopies(1000, "x".repeat(1 << 16));
        assertEquals(1000, new CheckpointHead("", "", "", "", "", most).words().size());
        List<String> words = Collections.nCopies(1001, "x");
        assertTrue(assertThrows(CheckpointException.class, () -> new CheckpointHead("", "", "", "", "", words))
                .getMessage()
                .startsWith("--checkpoint: a command of 1001 words, "));
        List<String> word = List.of("x".repeat((1 << 16) + 1));
        assertThrows(CheckpointException.class, () -> new CheckpointHead("", "", "", "", "", word));
    }
}
