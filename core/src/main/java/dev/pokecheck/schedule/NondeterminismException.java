// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

/** Two runs that were to be the same were not. */
public final class NondeterminismException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NondeterminismException(int step, String difference) {
        super(
                "step " + step + ": " + difference
                        + "; the system depends on more than its state (a clock, a random number, hash order, a field not reset)");
    }
}
