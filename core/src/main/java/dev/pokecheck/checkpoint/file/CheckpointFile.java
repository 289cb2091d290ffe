// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import dev.pokecheck.checkpoint.Checkpoints.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The file of a search, which alone writes to it. A checkpoint is written beside it and takes its place when the device has all of it, so that at any moment
 * the file is a whole one.
 */
public final class CheckpointFile {
    private final Path file;
    private final Path beside;
    private final CheckpointHead head;
    private Optional<CheckpointOwner> owner = Optional.empty();

    /** A file for checkpoints of one search; nothing is written yet. */
    public CheckpointFile(Path file, CheckpointHead head) {
        this.file = file;
        this.beside = file.resolveSibling(file.getFileName() + ".tmp");
        this.head = head;
    }

    /** The file. */
    public Path path() {
        return file;
    }

    /** What is written first. */
    public Path beside() {
        return beside;
    }

    /** Whether there is a checkpoint. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Takes the file for this search, and tries whether anything can be written there.
     *
     * @return who has it, if another search that is running does; empty if it is taken
     */
    public Optional<String> claim() throws IOException {
        Optional<CheckpointOwner> taken = CheckpointOwner.of(file);
        if (taken.isEmpty()) {
            return Optional.of(CheckpointOwner.name(file));
        }
        owner = taken;
        new CheckpointWriter(beside).close();
        Files.delete(beside);
        return Optional.empty();
    }

    /** Gives the file to whoever takes it next. */
    public void release() throws IOException {
        if (owner.isPresent()) {
            owner.get().close();
        }
        owner = Optional.empty();
    }

    /**
     * Replaces the checkpoint, if there is one.
     *
     * @param nanos the time spent on the search so far
     * @return the size of the file
     */
    public long replace(long nanos, Snapshot snapshot) throws IOException {
        long bytes;
        try (CheckpointWriter writer = new CheckpointWriter(beside)) {
            head.writeTo(writer);
            writer.number(nanos);
            snapshot.writeTo(writer);
            bytes = writer.finish();
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
        return bytes;
    }

    /** Removes what there is. */
    public void remove() throws IOException {
        Files.deleteIfExists(beside);
        Files.deleteIfExists(file);
    }
}
