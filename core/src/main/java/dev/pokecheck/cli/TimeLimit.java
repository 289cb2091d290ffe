// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.explore.Budget;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A budget of time, from now on. */
final class TimeLimit implements Budget {
    private final long seconds;
    private final long end;

    TimeLimit(long seconds) {
        this.seconds = seconds;
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    }

    @Override
    public @Nullable String spent() {
        return System.nanoTime() - end < 0 ? null : "a bound of " + seconds + " seconds";
    }
}
