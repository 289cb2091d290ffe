// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

/** How a thread waits for another that is about to be done: it spins a few times, and then lets others have its processor each time. */
final class Backoff {
    private static final int SPINS = 16;

    private int spins;

    /** Call it each time round. Yielding only saves processor time: nothing relies on which thread runs next. */
    @SuppressWarnings("ThreadPriorityCheck")
    void pause() {
        if (spins < SPINS) {
            spins++;
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }
}
