// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** That a checkpoint belongs to one search: a file beside it, locked as long as the process lives, which says whose it is. */
final class CheckpointOwner implements AutoCloseable {
    private final Path file;
    private final FileChannel channel;

    private CheckpointOwner(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes a checkpoint for this process; empty if it is another's. */
    static Optional<CheckpointOwner> of(Path checkpoint) throws IOException {
        Path file = file(checkpoint);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isTaken(channel)) {
            channel.close();
            return Optional.empty();
        }
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(
                ("process " + ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII)));
        return Optional.of(new CheckpointOwner(file, channel));
    }

    private static boolean isTaken(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Another search of this process has it.
            return false;
        }
    }

    private static Path file(Path checkpoint) {
        return checkpoint.resolveSibling(checkpoint.getFileName() + ".owner");
    }

    /** Who has a checkpoint, in words. */
    static String name(Path checkpoint) throws IOException {
        String name =
                Files.readString(file(checkpoint), StandardCharsets.US_ASCII).strip();
        return name.isEmpty() ? "another process" : name;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
    }
}
