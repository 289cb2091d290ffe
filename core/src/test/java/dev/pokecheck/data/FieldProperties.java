// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Small numbers in words. */
class FieldProperties {
    @Property(tries = 500, seed = "20250760")
    void fieldsDoNotDisturbEachOther(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(max = 62) Integer> widths, @ForAll long seed) {
        FieldPacker packer = new FieldPacker();
        List<Field> fields = widths.stream().map(packer::take).toList();
        int base = 2;
        long[] state = new long[base + packer.words()];
        long[] expected = new long[fields.size()];
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 100; i++) {
            int f = random.nextInt(fields.size());
            expected[f] = random.nextLong() & fields.get(f).max();
            fields.get(f).set(state, base, expected[f]);
            for (int other = 0; other < expected.length; other++) {
                assertEquals(expected[other], fields.get(other).get(state, base));
                assertEquals(expected[other] != 0, fields.get(other).isSet(state, base));
            }
        }
        assertEquals(0, state[0]);
        assertEquals(0, state[1]);
    }

    @Property(tries = 500, seed = "20250761")
    void aValueFitsInTheBitsForIt(@ForAll @LongRange(min = 0, max = (1L << 62) - 1) long max) {
        Field field = new Field(0, 0, Field.bitsFor(max));
        assertTrue(field.max() >= max);
        assertTrue(max == 0 || field.max() < 2 * max);
    }

    @Property(tries = 500, seed = "20250762")
    void aValueThatDoesNotFitIsAFaultAndChangesNothing(
            @ForAll @IntRange(max = 61) int bits, @ForAll @LongRange(min = 0) long above) {
        Field field = new Field(0, 1, bits);
        long[] state = {-1};
        long value = field.max() + 1 + above % (1L << 61);
        assertThrows(IllegalStateException.class, () -> field.set(state, 0, value));
        assertThrows(IllegalStateException.class, () -> field.set(state, 0, -1));
        assertEquals(-1, state[0]);
    }

    @Example
    void aFieldOfNoBitsIsAlwaysZero() {
        Field field = new FieldPacker().take(0);
        long[] state = {-1};
        assertEquals(0, field.get(state, 0));
        assertFalse(field.isSet(state, 0));
        field.set(state, 0, 0);
        assertEquals(-1, state[0]);
    }

    @Example
    void aFieldLiesInOneWord() {
        FieldPacker packer = new FieldPacker();
        assertEquals(1, packer.words());
        packer.take(40);
        Field second = packer.take(30);
        Field third = packer.take(34);
        assertEquals(List.of(1, 0, 30), List.of(second.word(), second.shift(), second.bits()));
        assertEquals(List.of(1, 30, 34), List.of(third.word(), third.shift(), third.bits()));
        assertEquals(2, packer.words());
        assertThrows(IllegalArgumentException.class, () -> new Field(0, 60, 5));
        assertThrows(IllegalArgumentException.class, () -> new Field(0, 0, 63));
    }
}
