// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a fuzzing process says of itself, and when: by a clock of the test. */
class HeartbeatTest {
    private static final long MILLI = 1_000_000;

    private final List<String> lines = new ArrayList<>();
    private long nanos = 5;
    private int looks;

    private Heartbeat heartbeat() {
        return new Heartbeat(
                () -> "states=7",
                () -> List.of("naive states=7", "naive@sync states=8"),
                () -> {
                    looks++;
                    return nanos;
                },
                lines::add);
    }

    private void run(Heartbeat heartbeat, int runs, long each) {
        for (int i = 0; i < runs; i++) {
            nanos += each;
            heartbeat.run();
        }
    }

    private long count(String start) {
        return lines.stream().filter(line -> line.startsWith(start)).count();
    }

    @Test
    void aLineEachSecondAndProtocolsEveryFive() {
        run(heartbeat(), 12_000, MILLI);
        assertTrue(
                lines.get(0).matches("pokecheck-figures runs=[0-9]+ nanos=[0-9]+ cpu=[0-9]+ states=7"), lines.get(0));
        long figures = count("pokecheck-figures ");
        assertTrue(figures >= 9 && figures <= 12, lines::toString);
        assertEquals(2 * 3, count("pokecheck-protocol naive"), lines::toString);
        assertEquals(3, count("pokecheck-protocol naive@sync states=8"), lines::toString);
    }

    /** A target that is slow is heard of at once, and one that is fast does not look at the clock each time. */
    @Test
    void slowAndFast() {
        run(heartbeat(), 4, 400 * MILLI);
        assertEquals(2, count("pokecheck-figures "), lines::toString);
        looks = 0;
        run(heartbeat(), 64_000, 1000);
        assertTrue(looks < 1_100, () -> looks + " looks");
    }

    @Test
    void theEndSaysItAll() {
        heartbeat().last();
        assertEquals(3, lines.size());
    }
}
