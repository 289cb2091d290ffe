// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.checkpoint.file;

import dev.pokecheck.checkpoint.CheckpointInput;
import java.nio.file.Path;

/** A search that an earlier process has left in a file. It is read once, from the front. */
public final class FormerSearch {
    private final CheckpointReader reader;
    private final CheckpointHead head;

    private FormerSearch(CheckpointReader reader) {
        this.reader = reader;
        this.head = CheckpointHead.readFrom(reader);
    }

    /**
     * Opens a file.
     *
     * @throws dev.pokecheck.checkpoint.CheckpointException if there is none, or none that can be gone on from
     */
    public static FormerSearch open(Path file) {
        return new FormerSearch(new CheckpointReader(file));
    }

    /** What is searched. */
    public CheckpointHead head() {
        return head;
    }

    /** Reads the time that was spent on it, in nanoseconds. What follows is of the search itself. */
    public long readNanos() {
        return reader.number();
    }

    /** What the search itself has written, once the time has been read. */
    public CheckpointInput rest() {
        return reader;
    }

    /** Lets go of the file. */
    public void close() {
        reader.close();
    }
}
