// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.judge.Target;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Property;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Makes violating schedules small. The same arguments give the same result, and nothing is kept between two of them.
 *
 * @param machines the machine of the protocol in a scenario; the protocol is recorded for each anew. An {@link IllegalArgumentException} says
 *     that the protocol does not fit a scenario, which is then not tried
 * @param shortener the search for shorter schedules
 * @param stuck whether no complete state can be reached from a state of a machine; asked only for a violated {@link Property#DEADLOCK} that is
 *     not an immediate one
 * @param keepScenario whether the scenario stays as it is
 * @param keepPhase whether the violation stays in its phase of the patching; see {@link Target}
 */
public record Minimizer(
        Function<Scenario, Machine> machines,
        Shortener shortener,
        BiPredicate<Machine, long[]> stuck,
        boolean keepScenario,
        boolean keepPhase) {

    /** A minimiser that changes the scenario, keeps the phase, and neither searches nor knows stuck states. */
    public static Minimizer of(Function<Scenario, Machine> machines) {
        return new Minimizer(machines, Shortener.NONE, (machine, state) -> false, false, true);
    }

    /** With a search. */
    public Minimizer shortener(Shortener value) {
        return new Minimizer(machines, value, stuck, keepScenario, keepPhase);
    }

    /** With an answer to what is stuck. */
    public Minimizer stuck(BiPredicate<Machine, long[]> value) {
        return new Minimizer(machines, shortener, value, keepScenario, keepPhase);
    }

    /** Keeping the scenario, or not. */
    public Minimizer keepScenario(boolean value) {
        return new Minimizer(machines, shortener, stuck, value, keepPhase);
    }

    /** Keeping the phase, or not. */
    public Minimizer keepPhase(boolean value) {
        return new Minimizer(machines, shortener, stuck, keepScenario, value);
    }

    /**
     * Minimises a schedule.
     *
     * @param machine the machine, without reduction, that the schedule belongs to
     * @param schedule actions from the initial state on, each enabled when its turn comes
     * @param property what it violates
     * @return a schedule that shows the same violation in its last step; empty if the one given does not violate the property
     */
    public Optional<Minimized> minimize(Machine machine, int[] schedule, Property property) {
        return Target.first(machine, schedule, property, stuck).map(sighting -> {
            Target target = keepPhase ? sighting.target() : sighting.target().inAnyPhase();
            return new Passes(this, machine, schedule, target).run(sighting.steps());
        });
    }
}
