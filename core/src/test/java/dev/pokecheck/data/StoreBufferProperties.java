// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The packed buffer is a queue, and equal queues are equal bits. */
class StoreBufferProperties {
    private static final int TARGETS = 6;
    private static final int VALUES = 8;

    @Property(tries = 500, seed = "20250770")
    void behavesLikeAList(@ForAll @IntRange(min = 1, max = 15) int depth, @ForAll long seed) {
        FieldPacker packer = new FieldPacker();
        StoreBuffer buffer = new StoreBuffer(packer, depth, 3, 3);
        long[] state = new long[packer.words() + 1];
        List<int[]> expected = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 60; i++) {
            if (!buffer.isFull(state, 1) && (expected.isEmpty() || random.nextInt(3) > 0)) {
                int[] entry = {random.nextInt(TARGETS), random.nextInt(VALUES)};
                buffer.append(state, 1, entry[0], entry[1]);
                expected.add(entry);
            } else {
                buffer.removeOldest(state, 1);
                expected.remove(0);
            }
            check(buffer, state, expected);
        }
    }

    private static void check(StoreBuffer buffer, long[] state, List<int[]> expected) {
        assertEquals(expected.size(), buffer.size(state, 1));
        assertEquals(expected.size() == buffer.depth(), buffer.isFull(state, 1));
        int[] newest = {-1, -1, -1, -1, -1, -1};
        long[] fresh = new long[state.length];
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(expected.get(i)[0], buffer.target(state, 1, i));
            assertEquals(expected.get(i)[1], buffer.value(state, 1, i));
            newest[expected.get(i)[0]] = i;
            buffer.append(fresh, 1, expected.get(i)[0], expected.get(i)[1]);
        }
        for (int target = 0; target < TARGETS; target++) {
            assertEquals(newest[target], buffer.newest(state, 1, target));
        }
        assertArrayEquals(fresh, state);
    }
}
