// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.option;

import dev.pokecheck.checkpoint.file.CheckpointFile;
import dev.pokecheck.checkpoint.file.CheckpointHead;
import dev.pokecheck.checkpoint.file.FormerSearch;
import dev.pokecheck.cli.run.Checkpointing;
import dev.pokecheck.cli.run.UsageException;
import dev.pokecheck.cli.screen.ProgressLine;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a long search leaves what it takes to go on, and from where it goes on. */
@About(Subject.OUTPUT)
public final class CheckpointOptions {
    private static final Pattern INTERVAL = Pattern.compile("([1-9][0-9]{0,8})(ms|s|m|h)?");

    @Option(
            names = "--checkpoint",
            paramLabel = "FILE",
            description =
                    "Write down from time to time how far the search is, so that --resume can go on after a crash."
                            + " The file is removed when the search is over.")
    private @Nullable Path checkpoint;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "TIME",
            defaultValue = "60s",
            description = "How often: a number and ms, s, m or h. At most so much is lost, and what it takes to write."
                    + " Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String every;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description =
                    "Go on from a checkpoint, and write the next ones to the same file, or to that of --checkpoint."
                            + " The file says what is searched; bounds and where results go can be given anew.")
    private @Nullable Path resume;

    /** The search to go on with, if any. */
    public Optional<FormerSearch> former() {
        return Optional.ofNullable(resume).map(FormerSearch::open);
    }

    /** Where checkpoints go, if anywhere. */
    public Optional<Path> file() {
        return Optional.ofNullable(checkpoint == null ? resume : checkpoint);
    }

    /**
     * The checkpoints, in a file, of a search that begins now, or goes on.
     *
     * @param former the search to go on with; empty to begin
     */
    public Checkpointing begin(
            Path file, CheckpointHead head, Optional<FormerSearch> former, ProgressLine progress, PrintWriter err) {
        return new Checkpointing(new CheckpointFile(file, head), interval(), former, System::nanoTime, progress, err)
                .claim();
    }

    /** The time from one to the next in nanoseconds. Complains of what does not go together. */
    private long interval() {
        Matcher interval = INTERVAL.matcher(every);
        if (!interval.matches()) {
            throw new UsageException(
                    "--checkpoint-every: \"" + every + "\" is not a time; write a number and ms, s, m or h, as in 30s");
        }
        if (checkpoint != null && !checkpoint.equals(resume) && Files.exists(checkpoint)) {
            throw new UsageException("--checkpoint: " + checkpoint + " exists already; go on from it with --resume "
                    + checkpoint + ", or remove it");
        }
        String unit = interval.group(2) == null ? "s" : interval.group(2);
        TimeUnit units = switch (unit) {
            case "ms" -> TimeUnit.MILLISECONDS;
            case "m" -> TimeUnit.MINUTES;
            case "h" -> TimeUnit.HOURS;
            default -> TimeUnit.SECONDS;
        };
        return units.toNanos(Long.parseLong(interval.group(1)));
    }
}
