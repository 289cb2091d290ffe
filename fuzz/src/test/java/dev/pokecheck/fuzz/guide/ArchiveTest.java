// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.fuzz.guide.Archive.Meeting;
import dev.pokecheck.schedule.RandomNumbers;
import org.junit.jupiter.api.Test;

/** What is kept of what was met. */
class ArchiveTest {
    private final RandomNumbers random = new RandomNumbers();

    private static Trail trail(int action) {
        return Trail.of(null, new int[] {action}, 0);
    }

    @Test
    void aMeetingIsTheFirstOrCheaperOrNeither() {
        Archive archive = new Archive(4);
        assertEquals(Meeting.FIRST, archive.meet(0, 2));
        assertEquals(Meeting.AGAIN, archive.meet(0, 2));
        assertEquals(Meeting.CHEAPER, archive.meet(0, 1));
        assertEquals(Meeting.AGAIN, archive.meet(0, 2));
        for (int state = 1; state <= 10_000; state++) {
            assertEquals(Meeting.FIRST, archive.meet(state * 0x9e3779b97f4a7c15L, 0));
        }
        assertEquals(10_001, archive.states());
        assertEquals(Meeting.AGAIN, archive.meet(0, 1), "after the table has grown");
    }

    /** What led to a state before gives way to what is cheaper. */
    @Test
    void thePrefixToAStateIsReplaced() {
        Archive archive = new Archive(4);
        archive.meet(7, 1);
        archive.keep(7, new long[1], trail(1), random);
        Trail cheaper = trail(2);
        archive.keep(7, new long[1], cheaper, random);
        assertEquals(1, archive.prefixes());
        assertSame(cheaper, archive.trail(0));
    }

    /** Of those drawn the rarest is chosen, and being chosen counts. */
    @Test
    void rareStatesAreChosenMoreOften() {
        Archive archive = new Archive(4);
        for (int state = 1; state <= 4; state++) {
            archive.meet(state, 0);
            archive.keep(state, new long[1], trail(state), random);
        }
        for (int i = 0; i < 1000; i++) {
            archive.meet(1, 0);
        }
        random.seed(1, 1);
        int[] chosen = new int[4];
        for (int i = 0; i < 400; i++) {
            chosen[archive.choose(random)]++;
        }
        assertTrue(chosen[0] < 10, chosen[0] + " times the state that was met a thousand times");
        assertTrue(chosen[1] > 80 && chosen[2] > 80 && chosen[3] > 80, "about as often, each of the others");
    }

    @Test
    void noMoreThanSoManyAreKept() {
        Archive archive = new Archive(8);
        for (int state = 1; state <= 100; state++) {
            archive.meet(state, 0);
            archive.keep(state, new long[] {state}, trail(state), random);
        }
        assertEquals(8, archive.prefixes());
        for (int i = 0; i < 8; i++) {
            assertEquals(archive.snapshot(i)[0], archive.trail(i).actions()[0], "state and trail belong together");
        }
    }

    @Test
    void trailsShareTheirBeginnings() {
        Trail first = Trail.of(null, new int[] {1, 2}, 1);
        Trail second = Trail.of(first, new int[] {3}, 1);
        Trail third = Trail.of(second, new int[] {}, 1);
        assertEquals(3, third.length());
        org.junit.jupiter.api.Assertions.assertArrayEquals(new int[] {1, 2, 3}, third.actions());
    }
}
