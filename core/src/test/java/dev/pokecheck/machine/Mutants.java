// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.step.Step;
import java.util.Set;
import java.util.TreeSet;

/** One machine for each operation, made by leaving something out. */
final class Mutants {
    private Mutants() {}

    /** Makes the machine in which something about an operation is left out. */
    @FunctionalInterface
    interface Maker {
        Machine machine(Class<? extends Step> step, Scenario scenario, Protocol protocol);
    }

    /** The names of the steps whose machine does in all of {@link Litmuses} what the rules say. */
    static Set<String> survivors(Maker maker) {
        Set<String> survivors = new TreeSet<>();
        for (Class<? extends Step> step : StepClasses.all()) {
            boolean noticed = Litmuses.all().stream()
                    .anyMatch(
                            litmus -> litmus.notices((scenario, protocol) -> maker.machine(step, scenario, protocol)));
            if (!noticed) {
                survivors.add(step.getSimpleName());
            }
        }
        return survivors;
    }
}
