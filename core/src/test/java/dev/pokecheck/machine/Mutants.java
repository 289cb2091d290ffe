// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Protocol;
import java.util.EnumSet;
import java.util.Set;

/** One machine for each operation, made by leaving something out. */
final class Mutants {
    private Mutants() {}

    /** Makes the machine in which something about an operation is left out. */
    @FunctionalInterface
    interface Maker {
        Machine machine(OpCode code, Scenario scenario, Protocol protocol);
    }

    /** The operations whose machine does in all of {@link Litmuses} what the rules say. */
    static Set<OpCode> survivors(Maker maker) {
        Set<OpCode> survivors = EnumSet.noneOf(OpCode.class);
        for (OpCode code : OpCode.values()) {
            boolean noticed = Litmuses.all().stream()
                    .anyMatch(
                            litmus -> litmus.notices((scenario, protocol) -> maker.machine(code, scenario, protocol)));
            if (!noticed) {
                survivors.add(code);
            }
        }
        return survivors;
    }
}
