// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.TableRoom;

/** Machines that have forgotten one thing about one operation: the mutants that a litmus test has to notice. */
final class Forgetful {
    private Forgetful() {}

    /** A machine in which an operation waits for nothing. */
    static Machine ready(Class<? extends Step> forgotten, Scenario scenario, Protocol protocol) {
        Hardware hw = new Hardware(scenario, protocol, new TableRoom());
        Enabling enabling = new Enabling(hw) {
            @Override
            boolean isReady(long[] state, Step step, int c, int base, int frame, int way) {
                return step.getClass() == forgotten || super.isReady(state, step, c, base, frame, way);
            }

            @Override
            boolean canTakeEffect(long[] state, int base) {
                return forgotten == StepClasses.of("Execute") || super.canTakeEffect(state, base);
            }
        };
        return new Machine(hw, scenario.reduce(), enabling, Accesses.of(hw.tables.graph, protocol));
    }

    /** A machine that merges steps as if an operation touched nothing that others share, and disturbed no other CPU. */
    static Machine footprint(Class<? extends Step> forgotten, Scenario scenario, Protocol protocol) {
        Scenario reduced = scenario.with(b -> b.reduce(true));
        Hardware hw = new Hardware(reduced, protocol, new TableRoom());
        Accesses accesses = new Accesses(hw.tables.graph, protocol) {
            @Override
            void own(int pc, Step step) {
                if (step.getClass() != forgotten) {
                    super.own(pc, step);
                }
            }
        };
        accesses.gather();
        return new Machine(hw, true, new Enabling(hw), accesses);
    }
}
