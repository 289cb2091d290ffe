// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Reached;
import java.util.Set;

/**
 * All that a {@link Litmus} program can do.
 *
 * @param finals what was observed at the end of each complete run
 * @param incidents what can go wrong; what is {@linkplain Scenario#fatal fatal} ends a run, but for a lost patch
 * @param deadlock whether a state that is not complete can leave nothing to do
 * @param reached the situations met, as bits of {@link Reached}
 * @param names the names of all actions
 */
record Outcomes(Set<String> finals, Set<Incident> incidents, boolean deadlock, long reached, Set<String> names) {
    boolean met(Reached situation) {
        return (reached & situation.bit()) != 0;
    }

    /** Checks that another way to explore the same program says the same. */
    void assertSays(Outcomes other, String way) {
        assertEquals(finals, other.finals, way);
        assertEquals(incidents, other.incidents, way);
        assertEquals(deadlock, other.deadlock, way);
    }

    boolean took(String action) {
        return names.contains(action);
    }
}
