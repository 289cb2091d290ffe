// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.Checkpoints;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one search, in one file. A checkpoint is written beside the file and takes its place when the device has all of it, so that
 * at any moment the file is a whole one.
 */
final class Checkpointing implements Checkpoints {
    private final Path file;
    private final Path beside;
    private final long interval;
    private final CheckpointHead head;
    private final @Nullable CheckpointReader former;
    private final LongSupplier clock;
    private final Progress progress;
    private final PrintWriter err;
    private final long start;
    private final long formerNanos;
    private boolean isOver;
    private long last;
    private int written;
    private long bytes;
    private long nanos;

    /**
     * @param interval nanoseconds from one checkpoint to the next
     * @param former the checkpoint to go on from, read up to behind its head
     * @param clock nanoseconds
     */
    Checkpointing(
            Path file,
            long interval,
            CheckpointHead head,
            @Nullable CheckpointReader former,
            LongSupplier clock,
            Progress progress,
            PrintWriter err) {
        this.file = file;
        this.beside = file.resolveSibling(file.getFileName() + ".tmp");
        this.interval = interval;
        this.head = head;
        this.former = former;
        this.clock = clock;
        this.progress = progress;
        this.err = err;
        this.start = clock.getAsLong();
        this.last = start;
        this.formerNanos = former == null ? 0 : former.number();
    }

    /** Complains, before anything long begins, if nothing can be written there. */
    Checkpointing probe() {
        try {
            new CheckpointWriter(beside).close();
        } catch (IOException e) {
            throw new UsageException("--checkpoint: " + beside + " cannot be written: " + e);
        }
        return this;
    }

    /** The time that earlier processes have spent on this search, in nanoseconds. */
    long formerNanos() {
        return formerNanos;
    }

    @Override
    public boolean due() {
        return clock.getAsLong() - last >= interval;
    }

    @Override
    public void save(Snapshot snapshot) {
        long begin = clock.getAsLong();
        try {
            write(snapshot);
            written++;
            nanos += clock.getAsLong() - begin;
            progress.note(String.format(
                    Locale.ROOT, "checkpoint %d: %s, %.2f s", written, mebibytes(), (clock.getAsLong() - begin) / 1e9));
        } catch (IOException | UncheckedIOException e) {
            progress.clear();
            err.println("pokecheck: no checkpoint could be written, " + lost() + ": " + e);
            err.flush();
        }
        last = clock.getAsLong();
    }

    private String lost() {
        return Files.exists(file) ? "the one before stays" : "and there is none yet";
    }

    private void write(Snapshot snapshot) throws IOException {
        try (CheckpointWriter writer = new CheckpointWriter(beside)) {
            head.writeTo(writer);
            writer.number(formerNanos + clock.getAsLong() - start);
            snapshot.writeTo(writer);
            bytes = writer.finish();
        }
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void ended(boolean atBound) {
        isOver = !atBound;
    }

    /** Whether the search has ended without a bound. */
    boolean isOver() {
        return isOver;
    }

    @Override
    public @Nullable CheckpointInput former() {
        return former;
    }

    private String mebibytes() {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    /** What the checkpoints have cost, if there was any. */
    Optional<String> cost() {
        if (written == 0) {
            return Optional.empty();
        }
        double part = 100.0 * nanos / Math.max(1, clock.getAsLong() - start);
        return Optional.of(String.format(
                Locale.ROOT,
                "checkpoints: %d written, %.2f s in all (%.1f %% of the time), %s the last",
                written,
                nanos / 1e9,
                part,
                mebibytes()));
    }

    /** Removes the file when the search is over and its result has been told. */
    void remove() {
        try {
            if (former != null) {
                former.close();
            }
            Files.deleteIfExists(beside);
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UsageException("--checkpoint: " + file + " cannot be removed: " + e);
        }
    }

    /** What to say of a search that a bound has ended; empty if nothing was written. */
    Optional<String> hint() {
        return Files.exists(file)
                ? Optional.of("resume     " + Shell.again(List.of("check", "--resume", file.toString()))
                        + ", with a higher bound if one has ended it")
                : Optional.empty();
    }
}
