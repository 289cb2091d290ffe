// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class FrontierTest {
    @Test
    void aQueueGoesLevelByLevel() {
        Frontier queue = Order.BREADTH_FIRST.frontier();
        assertEquals(Frontier.NONE, queue.take());
        queue.add(0, 0);
        assertEquals(0, queue.take());
        assertEquals(0, queue.depth());
        queue.add(1, 1);
        queue.add(2, 1);
        assertEquals(2, queue.size());
        assertEquals(1, queue.take());
        queue.add(3, 2);
        assertEquals(2, queue.take());
        assertEquals(1, queue.depth());
        assertEquals(3, queue.take());
        assertEquals(2, queue.depth());
        assertEquals(Frontier.NONE, queue.take());
        assertThrows(IllegalArgumentException.class, () -> queue.add(7, 3));
    }

    @Test
    void aStackGrowsAndReturnsTheLast() {
        Frontier stack = Order.DEPTH_FIRST.frontier();
        for (int i = 0; i < 5000; i++) {
            stack.add(i, 2 * i);
        }
        assertEquals(5000, stack.size());
        for (int i = 4999; i >= 0; i--) {
            assertEquals(i, stack.take());
            assertEquals(2 * i, stack.depth());
        }
        assertEquals(Frontier.NONE, stack.take());
    }
}
