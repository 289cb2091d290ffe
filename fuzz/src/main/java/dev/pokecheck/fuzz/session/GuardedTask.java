// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Something that is done with one finding, on a thread of its own. Whatever it does ends with the attempt: what it throws, be it the end of the stack or of the
 * heap, is an answer, and one that never ends is left alone. This is the one place of a session that catches what a finding makes the tool do.
 *
 * @param <T> what it comes to
 */
final class GuardedTask<T> {
    private final FutureTask<T> task;

    private GuardedTask(FutureTask<T> task) {
        this.task = task;
    }

    /** Starts one. */
    static <T> GuardedTask<T> start(Executor threads, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        threads.execute(task);
        return new GuardedTask<>(task);
    }

    /** Gives each attempt a thread of its own, which does not keep the process alive. */
    static Executor threads() {
        return task -> {
            Thread thread = new Thread(task, "attempt");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** Whether it has ended. */
    boolean isOver() {
        return task.isDone();
    }

    /** Asks it to end, and no longer waits for that. */
    void giveUp() {
        task.cancel(true);
    }

    /**
     * Waits for its end.
     *
     * @throws FailedException if it threw something, or has not ended after so long
     */
    T await(Duration longest) throws FailedException, InterruptedException {
        try {
            return task.get(longest.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new FailedException(e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            giveUp();
            throw new FailedException(new TimeoutException("has not ended after " + longest.toSeconds() + " s"));
        }
    }

    /** What an attempt came to instead of its result. */
    static final class FailedException extends Exception {
        private static final long serialVersionUID = 1;

        private final Throwable what;

        private FailedException(Throwable what) {
            super(what);
            this.what = what;
        }

        /** What was thrown. */
        Throwable what() {
            return what;
        }
    }
}
