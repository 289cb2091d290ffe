// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an action is made of comes out of it again. */
class ActionKindTest {
    /** The last is the greatest number of a fetched instruction, doubled, with a jump. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 255, 1 << 16, (1 << 19) - 1})
    void details(int detail) {
        int action = ActionKind.FETCH.action(7, detail);
        assertTrue(action > 0);
        assertEquals(detail, ActionKind.detail(action));
        assertEquals(7, ActionKind.cpu(action));
        assertEquals(ActionKind.FETCH, ActionKind.of(action));
    }

    @ParameterizedTest
    @EnumSource
    void kinds(ActionKind kind) {
        assertEquals(kind, ActionKind.of(kind.action(7)));
        assertEquals(0, ActionKind.detail(kind.action(7)));
    }
}
