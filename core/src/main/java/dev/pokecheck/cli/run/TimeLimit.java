// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.explore.search.Budget;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A budget of time, from now on, less what was spent before. */
final class TimeLimit implements Budget {
    private final long seconds;
    private final long end;

    TimeLimit(long seconds, long spentNanos) {
        this.seconds = seconds;
        end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds) - spentNanos;
    }

    @Override
    public @Nullable String spent() {
        return System.nanoTime() - end < 0 ? null : "a bound of " + seconds + " seconds";
    }
}
