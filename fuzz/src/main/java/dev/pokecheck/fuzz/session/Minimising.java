// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.fuzz.session.GuardedTask.FailedException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Minimises findings one after the other, beside the fuzzer, within a share of the time. What a protocol claims does not happen comes first; when the share is used
 * up, or the time of the session is, the rest waits for the next session.
 */
final class Minimising {
    /** How much of a session's time goes into it at most, in percent. */
    static final int PERCENT = 20;
    /** That much it may take in a session of any length: a finding or two. */
    static final long LEAST_SECONDS = 10;
    /** One finding has so many seconds of processor time, and fewer if less is left of the share; it takes less than two for every shipped violation. */
    static final long MOST_OF_ONE = 10;

    private static final long LEAST_OF_ONE = 2;
    /** After so long one is given up. Its own bound is far below that. */
    static final Duration LONGEST = Duration.ofSeconds(60);

    private final Shrinker shrinker;
    private final SessionClock clock;
    private final Executor threads;
    private final long share;
    private final List<Candidate> waiting = new ArrayList<>();
    private @Nullable Candidate current;
    private @Nullable GuardedTask<Shrinker.Shrunk> attempt;
    private long began;
    private long spent;
    private int done;
    private boolean onlyClaimed;

    Minimising(Shrinker shrinker, SessionClock clock, Executor threads, long sessionSeconds) {
        this.threads = threads;
        this.shrinker = shrinker;
        this.clock = clock;
        share = Math.max(LEAST_SECONDS, sessionSeconds * PERCENT / 100) * Times.SECOND;
    }

    /** Takes a finding in. */
    void add(Candidate candidate) {
        waiting.add(candidate);
    }

    /** From now on only what a protocol claims does not happen: the time of the session is over. */
    void onlyClaimed() {
        onlyClaimed = true;
    }

    /**
     * Looks after the work: begins with the next finding if there is nothing to do and something left to do, and returns one that was done.
     *
     * @return what has come of a finding; empty if nothing has yet
     */
    Optional<Done> poll() throws InterruptedException {
        Optional<Done> result = finished();
        if (attempt == null) {
            begin();
        }
        return result;
    }

    private Optional<Done> finished() throws InterruptedException {
        GuardedTask<Shrinker.Shrunk> running = attempt;
        Candidate candidate = current;
        if (running == null || candidate == null) {
            return Optional.empty();
        }
        long elapsed = clock.nanos() - began;
        if (!running.isOver() && elapsed < LONGEST.toNanos()) {
            return Optional.empty();
        }
        attempt = null;
        current = null;
        spent += elapsed;
        done++;
        if (!running.isOver()) {
            running.giveUp();
            return Optional.of(new Done(
                    candidate, null, new TimeoutException("has not ended after " + LONGEST.toSeconds() + " s")));
        }
        try {
            return Optional.of(new Done(candidate, running.await(Duration.ZERO), null));
        } catch (FailedException e) {
            return Optional.of(new Done(candidate, null, e.what()));
        }
    }

    private void begin() {
        Candidate next = spent >= share ? null : next();
        if (next != null) {
            long seconds = Math.max(LEAST_OF_ONE, Math.min(MOST_OF_ONE, (share - spent) / Times.SECOND));
            waiting.remove(next);
            current = next;
            began = clock.nanos();
            attempt = GuardedTask.start(threads, () -> shrinker.shrink(next, seconds));
        }
    }

    private @Nullable Candidate next() {
        for (Candidate candidate : waiting) {
            if (candidate.claimed()) {
                return candidate;
            }
        }
        return onlyClaimed || waiting.isEmpty() ? null : waiting.get(0);
    }

    /** Whether there is something that is worth waiting for at the end of a session. */
    boolean isBusyWithClaimed() {
        Candidate candidate = current;
        return (candidate != null && candidate.claimed())
                || (spentNanos() < share && waiting.stream().anyMatch(Candidate::claimed));
    }

    /** The findings that are not minimised yet. */
    int waiting() {
        return waiting.size() + (current == null ? 0 : 1);
    }

    /** How many were minimised, or given up. */
    int done() {
        return done;
    }

    /** The time that it has taken. */
    long spentNanos() {
        return spent + (current == null ? 0 : clock.nanos() - began);
    }

    /** The time that it may take. */
    long shareNanos() {
        return share;
    }

    /**
     * What has come of a finding.
     *
     * @param candidate the finding
     * @param shrunk what it was made into; null if that failed
     * @param failure why; null if it did not
     */
    record Done(
            Candidate candidate,
            Shrinker.@Nullable Shrunk shrunk,
            @Nullable Throwable failure) {}
}
