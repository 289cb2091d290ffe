// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.judge.Livelock;
import dev.pokecheck.property.Property;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** The schedule of a livelock: made smaller, it still ends with a fair loop in which nothing completes. */
class LivelockTest {
    private static final Case LIVELOCK = Case.of("livelock+breakpoint-before-state");

    private static Minimized minimized(int[] schedule) {
        return LIVELOCK.minimizer()
                .minimize(LIVELOCK.machine(), schedule, Property.LIVELOCK)
                .orElseThrow();
    }

    @Test
    void staysALivelock() {
        Minimized minimized = minimized(LIVELOCK.schedule());
        int loop = minimized.loop().orElseThrow();
        assertEquals(Optional.empty(), Livelock.objection(minimized.machine(), minimized.schedule(), loop));
        assertTrue(minimized.after().steps() <= LIVELOCK.steps());
    }

    @Test
    void twiceRoundIsOnceTooOften() {
        int[] once = LIVELOCK.schedule();
        int from = Livelock.start(LIVELOCK.machine(), once).orElseThrow();
        int[] twice = Arrays.copyOf(once, 2 * once.length - from);
        System.arraycopy(once, from, twice, once.length, once.length - from);
        assertEquals(OptionalInt.of(from), Livelock.start(LIVELOCK.machine(), twice), "it is a livelock, too");
        assertEquals(minimized(once).steps(), minimized(twice).steps());
    }

    @Test
    void aScheduleWithoutLoopIsNoLivelock() {
        int[] open = Arrays.copyOf(LIVELOCK.schedule(), LIVELOCK.steps() - 1);
        assertEquals(OptionalInt.empty(), Livelock.start(LIVELOCK.machine(), open));
        assertEquals(Optional.empty(), LIVELOCK.minimizer().minimize(LIVELOCK.machine(), open, Property.LIVELOCK));
    }
}
