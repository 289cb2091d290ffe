// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.pokecheck.explore.search.SearchOptions;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class StateStoreTest {
    private static final long SEED = 7;

    private static final int WORDS = 5;
    private static final int[] PARTS = {0, 1, 3};
    private static final int LIMIT = SearchOptions.UNBOUNDED;

    /** All hash bits; none, so that all states and parts collide; only tags; only slots. */
    private static final long[] HASHES = {StateStore.ALL_BITS, 0, 0xff000000L, 0xf0L << 56};

    static List<StateStore> stores() {
        return LongStream.of(HASHES)
                .boxed()
                .flatMap(bits -> Stream.<StateStore>of(
                        new PlainStore(WORDS, LIMIT, bits), new CollapsedStore(WORDS, PARTS, LIMIT, bits)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("stores")
    void isExactHoweverManyStatesCollide(StateStore store, TestReporter reporter) {
        reporter.publishEntry("seed", Long.toString(SEED));
        SplittableRandom random = new SplittableRandom(SEED);
        TreeMap<String, Integer> numbers = new TreeMap<>();
        long[] state = new long[WORDS];
        long[] loaded = new long[WORDS];
        int parent = -1;
        for (int i = 0; i < 6000; i++) {
            if (i > 0 && random.nextInt(4) == 0) {
                parent = random.nextInt(store.size());
                store.load(parent, state);
            }
            state[random.nextInt(WORDS)] = random.nextInt(6) * 0x0100000001000000L;
            Integer known = numbers.putIfAbsent(
                    List.of(state[0], state[1], state[2], state[3], state[4]).toString(), store.size());
            int number = store.put(state);
            if (known == null) {
                assertEquals(store.size() - 1, number);
                assertEquals(parent, store.parent(number));
            } else {
                assertEquals(~known, number);
            }
            int reload = known == null ? number : known;
            if (random.nextInt(16) == 0) {
                store.load(reload, loaded);
                assertArrayEquals(state, loaded);
                parent = reload;
            }
        }
        assertEquals(numbers.size(), store.size());
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aWordMayHoldAnything(StateStore store) {
        long[] back = new long[WORDS];
        long[][] states = {{0, 0, 0, 0, 0}, {-1, -1, -1, -1, -1}, {Long.MIN_VALUE, 1, 2, 3, Long.MAX_VALUE}};
        for (int i = 0; i < states.length; i++) {
            assertEquals(i, store.put(states[i]));
        }
        for (int i = 0; i < states.length; i++) {
            store.load(i, back);
            assertArrayEquals(states[i], back);
            assertEquals(-1, store.parent(i));
        }
    }

    @Test
    void refusesStatesBeyondItsLimitAndStillKnowsTheOthers() {
        for (StateStore store : List.of(
                new PlainStore(WORDS, 2, StateStore.ALL_BITS),
                new CollapsedStore(WORDS, PARTS, 2, StateStore.ALL_BITS))) {
            long[] state = new long[WORDS];
            assertEquals(0, store.put(state));
            state[1] = 1;
            assertEquals(1, store.put(state));
            state[1] = 2;
            assertEquals(StateStore.FULL, store.put(state));
            assertEquals(2, store.size());
            state[1] = 1;
            assertEquals(~1, store.put(state));
        }
    }

    @ParameterizedTest
    @MethodSource("stores")
    void aSealedStoreIsSmallerAndLoads(StateStore store) {
        long[] state = {1, 2, 3, 4, 5};
        store.put(state);
        long before = store.bytes();
        store.seal();
        assertEquals(true, store.bytes() < before);
        long[] back = new long[WORDS];
        store.load(0, back);
        assertArrayEquals(state, back);
    }

    @Test
    void partsMustCoverTheState() {
        for (int[] parts : new int[][] {{1}, {0, 0}, {0, 5}, {0, 3, 2}}) {
            assertThrows(
                    IllegalArgumentException.class, () -> new CollapsedStore(5, parts, LIMIT, StateStore.ALL_BITS));
        }
    }
}
