// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

/** A pass that replays candidates, up to a number of them, and goes on from those that it accepts. */
abstract class ReplayPass {
    final Rerun rerun;
    private final int maxAttempts;
    private int successes;
    private Steps steps;

    /**
     * @param maxAttempts how many candidates it tries at most
     */
    ReplayPass(Rerun rerun, Steps steps, int maxAttempts) {
        this.rerun = rerun;
        this.steps = steps;
        this.maxAttempts = rerun.attempts() + maxAttempts;
    }

    /** Tries its candidates; returns what is left of the steps. */
    abstract Steps run();

    /** How many candidates it has accepted. */
    final int successes() {
        return successes;
    }

    /** How many candidates were replayed. */
    final int attempts() {
        return rerun.attempts();
    }

    /** The steps as they are now. */
    final Steps steps() {
        return steps;
    }

    /** Whether it has tried as many candidates as it may. */
    final boolean isSpent() {
        return rerun.attempts() >= maxAttempts;
    }

    /** Goes on with other steps. */
    final void accept(Steps better) {
        steps = better;
        successes++;
    }
}
