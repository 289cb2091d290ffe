// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.checkpoint.CheckpointInput;
import dev.pokecheck.checkpoint.Checkpoints;
import dev.pokecheck.checkpoint.file.CheckpointFile;
import dev.pokecheck.checkpoint.file.FormerSearch;
import dev.pokecheck.cli.screen.ProgressLine;
import dev.pokecheck.cli.screen.Shell;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The checkpoints of one search: when they are due, what is told of them, and what they cost. */
public final class Checkpointing implements Checkpoints {
    private final CheckpointFile file;
    private final long interval;
    private final Optional<FormerSearch> former;
    private final LongSupplier clock;
    private final ProgressLine progress;
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
     * @param former the search to go on with
     * @param clock nanoseconds
     */
    public Checkpointing(
            CheckpointFile file,
            long interval,
            Optional<FormerSearch> former,
            LongSupplier clock,
            ProgressLine progress,
            PrintWriter err) {
        this.file = file;
        this.interval = interval;
        this.former = former;
        this.clock = clock;
        this.progress = progress;
        this.err = err;
        this.start = clock.getAsLong();
        this.last = start;
        this.formerNanos = former.map(FormerSearch::readNanos).orElse(0L);
    }

    /** Complains, before anything long begins, if nothing can be written there. */
    public Checkpointing claim() {
        Optional<String> owner;
        try {
            owner = file.claim();
        } catch (IOException e) {
            throw new UsageException("--checkpoint: " + file.beside() + " cannot be written: " + e);
        }
        if (owner.isPresent()) {
            throw new UsageException("--checkpoint: " + file.path() + " is that of a search that is running, "
                    + owner.get() + "; wait for it, stop it, or copy the file and resume the copy");
        }
        return this;
    }

    /** Gives the file to whoever takes it next. */
    public void release() {
        try {
            file.release();
        } catch (IOException e) {
            throw new UsageException("--checkpoint: " + file.path() + " cannot be given back: " + e);
        }
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
            bytes = file.replace(formerNanos + clock.getAsLong() - start, snapshot);
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
        return file.exists() ? "the one before stays" : "and there is none yet";
    }

    @Override
    public void ended(boolean atBound) {
        isOver = !atBound;
    }

    @Override
    public @Nullable CheckpointInput former() {
        return former.map(FormerSearch::rest).orElse(null);
    }

    private String mebibytes() {
        return String.format(Locale.ROOT, "%.1f MiB", bytes / (double) (1 << 20));
    }

    /** What the checkpoints have cost, if there was any. */
    public Optional<String> cost() {
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

    /**
     * What to say of a search that a bound has ended; empty if it was no bound. A bound of time leaves a checkpoint; one of states, or the end of memory, ends a
     * search inside an expansion, and what is lost then is less than an interval, as at any other moment.
     */
    public Optional<String> hint() {
        if (isOver) {
            return Optional.empty();
        }
        return Optional.of(
                file.exists()
                        ? "resume     "
                                + Shell.again(
                                        List.of("check", "--resume", file.path().toString()))
                                + ", with a higher bound if one has ended it"
                        : "checkpoint none was written, as the search ended before the first was due; search anew with a higher"
                                + " bound, or with a shorter --checkpoint-every");
    }

    /** Removes the file, when the result has been told, if the search is over. */
    public void removeIfOver() {
        if (!isOver) {
            return;
        }
        former.ifPresent(FormerSearch::close);
        try {
            file.remove();
        } catch (IOException e) {
            throw new UsageException("--checkpoint: " + file.path() + " cannot be removed: " + e);
        }
    }
}
