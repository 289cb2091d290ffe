// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.ActionNames;
import java.util.List;
import java.util.Optional;

/**
 * What decides: the nearest schedule that was found to pass, and where it differs. All of a schedule stays as it is but for one step that is taken
 * before or behind another one of another CPU (the closest two for which that helps), or, where no order does, for what one fetch sees.
 * Steps that are not possible then are left out, and the run goes on in a plain way until all is done. To pass is to come to that end, and to
 * violate neither the property nor anything that level safe forbids.
 *
 * <p>It explains one schedule. It is no proof of what causes the violation, and another run in which the two steps are in the same order may pass.
 *
 * @param kind what decides
 * @param first the number of the step, from 1, that has to be first to violate; for a choice, that of the step that chooses
 * @param firstStep its name
 * @param second the number of the step that has to be second; for a choice, the same as the first
 * @param secondStep its name
 * @param instead for a choice, the name of what passes; else the name under which the moved step is taken, which differs for a fetch that sees
 *     other bytes then
 * @param passing the names of the steps that pass, to where all is done
 */
public record CriticalSwap(
        Kind kind, int first, String firstStep, int second, String secondStep, String instead, List<String> passing) {
    /** What decides. */
    public enum Kind {
        /** The order of two steps. */
        ORDER,
        /** What a fetch sees. */
        CHOICE
    }

    /** Copies the list. */
    public CriticalSwap {
        passing = List.copyOf(passing);
    }

    /**
     * Looks for it.
     *
     * @return it; empty if no change that is tried makes the schedule pass
     */
    public static Optional<CriticalSwap> of(Minimized minimized) {
        Property property = minimized.symptom().property();
        return of(minimized.machine(), minimized.schedule(), property);
    }

    /**
     * The same for any schedule that violates a property in its last step, or in the state behind it.
     *
     * @param machine the machine without reduction that the schedule belongs to
     */
    public static Optional<CriticalSwap> of(Machine machine, int[] schedule, Property property) {
        return new Swaps(machine, schedule, ActionNames.of(machine, schedule), property).nearest();
    }

    /** In words. */
    public List<String> text() {
        if (kind == Kind.CHOICE) {
            return List.of(
                    "step " + first + " decides by what it sees: " + firstStep,
                    "the same schedule passes with: " + instead);
        }
        String as = instead.equals(firstStep) || instead.equals(secondStep) ? "" : " (then: " + instead + ")";
        return List.of(
                "the order of two steps decides; it passes if step " + second + " comes before step " + first + as
                        + ":",
                "step " + first + ": " + firstStep,
                "step " + second + ": " + secondStep);
    }
}
