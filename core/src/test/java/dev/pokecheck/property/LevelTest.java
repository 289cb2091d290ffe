// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LevelTest {
    @Test
    void levelsAreCumulative() {
        for (Level level : Level.values()) {
            for (Level weaker : Level.values()) {
                if (level.contains(weaker)) {
                    for (Property property : Property.values()) {
                        assertTrue(!property.forbiddenAt(weaker) || property.forbiddenAt(level));
                    }
                }
            }
        }
        assertTrue(Level.GROUP.contains(Level.GROUP));
        assertFalse(Level.SAFE.contains(Level.REGULAR));
    }

    @Test
    void aLevelWatchesWhatItForbids() {
        for (Level level : Level.values()) {
            Watch watch = level.watch();
            assertEquals(Property.STALE.forbiddenAt(level), watch.stale());
            assertEquals(Property.BACKWARDS.forbiddenAt(level), watch.backwards());
            assertEquals(Incident.GROUP.property().forbiddenAt(level), watch.group());
        }
        assertEquals(Watch.NOTHING, Level.SAFE.watch());
        assertEquals(Watch.ALL, Level.GROUP.watch());
    }

    @Test
    void namesAreThoseOfTheDesign() {
        assertEquals(List.of("none", "safe", "regular", "atomic", "group"), Level.texts());
        assertEquals(Optional.of(Level.ATOMIC), Level.of("atomic"));
        assertEquals(Optional.empty(), Level.of("linearizable"));
    }
}
