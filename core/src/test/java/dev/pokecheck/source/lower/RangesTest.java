// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceText;
import org.junit.jupiter.api.Test;

/** A file is read again if it would then be read in another way, and only then. */
class RangesTest {
    private static final Place HERE = new SourceText("f.c", "").place(0);

    private final Ranges ranges = new Ranges();

    @Test
    void theFirstReadingIsNeeded() {
        assertTrue(ranges.next());
        assertFalse(ranges.next());
    }

    @Test
    void valuesThatWereAskedForBeforeTheyGrewNeedAnotherReading() {
        ranges.next();
        assertEquals(Interval.of(0), ranges.of("x"));
        ranges.add("x", Interval.of(3), HERE);

        assertTrue(ranges.next());
        assertEquals(Interval.of(3), ranges.of("x"));
        ranges.add("x", Interval.of(3), HERE);

        assertFalse(ranges.next());
    }

    @Test
    void valuesThatNothingHasAskedForNeedNone() {
        ranges.next();
        ranges.add("x", Interval.of(3), HERE);
        ranges.add("x", Interval.of(4), HERE);
        assertEquals(new Interval(3, 4), ranges.of("x"));

        assertFalse(ranges.next());
    }

    @Test
    void whatWasAskedForInAnEarlierReadingDoesNotCount() {
        ranges.next();
        ranges.of("x");
        ranges.of("y");
        ranges.add("y", Interval.of(1), HERE);

        assertTrue(ranges.next());
        ranges.add("x", Interval.of(1), HERE);

        assertFalse(ranges.next());
    }

    @Test
    void aVariableThatTurnsOutToBeReadInARunNeedsAnotherReadingIfItWasAssignedBefore() {
        ranges.next();
        ranges.keep("early");
        assertTrue(ranges.isKept("early"));
        assertFalse(ranges.isKept("late"));
        ranges.keep("late");

        assertTrue(ranges.next());
        assertTrue(ranges.isKept("late"));
        ranges.keep("late");

        assertFalse(ranges.next());
    }
}
