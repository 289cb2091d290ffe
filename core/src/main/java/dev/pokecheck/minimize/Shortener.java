// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.Machine;
import java.util.Optional;

/**
 * Looks for a shorter schedule by searching. It must be bounded, and a function of its arguments. A {@link
 * dev.pokecheck.text.TableFullException} is a bound like any other: nothing was found.
 */
@FunctionalInterface
public interface Shortener {
    /** Finds nothing. */
    Shortener NONE = (machine, known, target) -> Optional.empty();

    /**
     * Looks for a schedule.
     *
     * @param machine a machine without reduction
     * @param known a schedule that shows the target in its last step; empty if none is known, so that any will do
     * @param target what the schedule is to show in its last step
     * @return a schedule of fewer steps than what is known; empty if none was found
     */
    Optional<int[]> shorten(Machine machine, int[] known, Target target);
}
