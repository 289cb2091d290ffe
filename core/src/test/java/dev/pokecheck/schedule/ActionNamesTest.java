// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ActionNamesTest {
    private final Threads system = new Threads(2, 1, state -> false);

    @Test
    void eachInTheStateInWhichItIsTaken() {
        assertEquals(List.of("cpu1 step1", "cpu0 step1"), ActionNames.of(system, new int[] {1, 0}));
    }

    @Test
    void anActionThatIsNotEnabledIsRefused() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ActionNames.of(system, new int[] {1, 1}));
        assertEquals("step 2: action 1 is not enabled; enabled: [cpu0 step1]", e.getMessage());
    }
}
