// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static dev.pokecheck.lincheck.Lincheck.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A CPU is run by one thread at a time, and who waits for it is woken: {@link Signals} and {@link Doorbell}, with every access a switch point. A lost
 * wake-up would be a deadlock.
 */
public class ClaimTest {
    private static final int RUNS = 500;
    private static final int RUNS_IN_FULL = 3_000;

    private static final List<List<Lincheck.Call>> OWNER_AND_HELPERS =
            List.of(List.of(call("own"), call("own")), List.of(call("help"), call("own")), List.of(call("help")));

    /** A CPU with work to do, and a counter that only its owner may touch. */
    public static class Claimed {
        private final Signals signals = new Signals(new SharedWords(new int[Signals.words(1)]), 0, 1);
        private final Doorbell doorbell = signals.doorbell();
        private int counter;

        /** As for an operation of the CPU. */
        @Operation
        public int own() {
            int seen = signals.changes();
            while (!signals.claim(0)) {
                doorbell.await(seen);
                seen = signals.changes();
            }
            signals.depth(0, 1);
            int counted = counter;
            counter = counted + 1;
            ring(signals.release(0));
            return counted;
        }

        /** As a thread that waits for something else: it looks at the CPU if nobody runs it. */
        @Operation
        public boolean help() {
            if (signals.claimForHelp(0)) {
                int counted = counter;
                counter = counted + 1;
                counter = counted;
                ring(signals.releaseHelped(0));
            }
            return true;
        }

        private void ring(boolean needed) {
            if (needed) {
                doorbell.ring();
            }
        }
    }

    /** The sequential specification. */
    public static class Counter {
        private int counter;

        /** Counts. */
        public int own() {
            return counter++;
        }

        /** Does nothing that one may notice. */
        public boolean help() {
            return true;
        }
    }

    @Test
    void oneThreadAtATimeAndNobodySleepsOn() {
        assertHolds(RUNS);
    }

    @Tag("full")
    @Test
    void neitherInMoreRuns() {
        assertHolds(RUNS_IN_FULL);
    }

    private static void assertHolds(int runs) {
        assertEquals(
                "",
                Lincheck.text(
                        Lincheck.run(Lincheck.everyAccess(runs), Claimed.class, Counter.class, OWNER_AND_HELPERS)));
    }
}
