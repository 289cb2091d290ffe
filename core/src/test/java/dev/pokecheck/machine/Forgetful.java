// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.text.TableRoom;

/** Machines that have forgotten one thing about one operation: the mutants that a litmus test has to notice. */
final class Forgetful {
    private Forgetful() {}

    /** A machine in which an operation waits for nothing. */
    static Machine ready(OpCode forgotten, Scenario scenario, Protocol protocol) {
        Hardware hw = new Hardware(scenario, protocol, new TableRoom());
        Enabling enabling = new Enabling(hw) {
            @Override
            boolean canStep(long[] state, Op op, int c, int base, int frame) {
                return op.code == forgotten || super.canStep(state, op, c, base, frame);
            }

            @Override
            boolean canTakeEffect(long[] state, int base) {
                return forgotten == OpCode.EXECUTE || super.canTakeEffect(state, base);
            }
        };
        return new Machine(hw, scenario.reduce(), enabling, Accesses.of(hw.program, protocol));
    }

    /** A machine that merges steps as if an operation touched nothing that others share, and disturbed no other CPU. */
    static Machine footprint(OpCode forgotten, Scenario scenario, Protocol protocol) {
        Scenario reduced = scenario.with(b -> b.reduce(true));
        Hardware hw = new Hardware(reduced, protocol, new TableRoom());
        Accesses accesses = new Accesses(hw.program, protocol) {
            @Override
            void own(int pc, Op op) {
                if (op.code != forgotten) {
                    super.own(pc, op);
                }
            }
        };
        accesses.gather();
        return new Machine(hw, true, new Enabling(hw), accesses);
    }
}
