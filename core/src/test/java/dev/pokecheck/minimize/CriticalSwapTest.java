// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.ReplayScheduler;
import dev.pokecheck.schedule.Walk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Which two steps decide, for entries of the corpus whose cause is known. */
class CriticalSwapTest {
    private static Minimized minimized(String file, boolean keepScenario) {
        Case known = Case.of(file);
        return known.minimized(known.minimizer().keepScenario(keepScenario));
    }

    private static CriticalSwap swap(Minimized minimized) {
        CriticalSwap swap = CriticalSwap.of(minimized).orElseThrow();
        passes(minimized.machine(), swap);
        return swap;
    }

    /** What is said to pass is replayed strictly: it raises nothing and comes to where all is done. */
    private static void passes(Machine machine, CriticalSwap swap) {
        RecordingScheduler replay = new RecordingScheduler(new ReplayScheduler(machine, swap.passing()));
        Walk walk = new Walk(machine, new Walk.Limits(0, swap.passing().size(), true));
        walk.run(replay, 0);
        assertEquals(0, walk.incidents());
        long[] state = new long[machine.words()];
        machine.initial(state);
        for (int action : replay.actions()) {
            machine.apply(state, action);
        }
        assertTrue(machine.complete(state));
    }

    @Test
    void tornBecauseTheFetchComesBehindTheFirstHalfOfTheStore() {
        CriticalSwap swap = swap(minimized("torn+line-crossing+coherent", true));
        assertEquals(CriticalSwap.Kind.ORDER, swap.kind());
        assertEquals("cpu0 memcpy.site0 site0+0 [e9 2f]", swap.firstStep());
        assertEquals("cpu1 fetch site0 [e9 2f 44 00 00]", swap.secondStep());
        assertEquals("cpu1 fetch site0 [0f 1f 44 00 00]", swap.instead());
        assertEquals(2, swap.first());
        assertEquals(3, swap.second());
    }

    /** The acknowledgement is lost because the map is cleared behind the state that is published. */
    @Test
    void deadlockedBecauseTheMapIsClearedBehindTheTest() {
        CriticalSwap swap = swap(minimized("deadlock+stale-ack+no-nmi", true));
        assertEquals("cpu1.stop sync_finish.sync_site.test_bit", swap.firstStep());
        assertEquals("cpu0 patch_worker.poke.site0.SYNC_0.clear", swap.secondStep());
    }

    @Test
    void anInterruptOfTheSameCpuIsMovedAsAWhole() {
        Minimized minimized = minimized("torn+stop_machine+nmi", false);
        assertEquals(1, minimized.scenario().cpus());
        CriticalSwap swap = swap(minimized);
        assertEquals("cpu0 text_poke.site0 site0+0 [e9]", swap.firstStep());
        assertEquals("cpu0 nmi", swap.secondStep());
    }

    @Test
    void whereNoOrderDecidesWhatAFetchSeesMay() {
        CriticalSwap swap = swap(minimized("torn+cpuid-emulated", false));
        assertEquals(CriticalSwap.Kind.CHOICE, swap.kind());
        assertEquals("cpu0.nmi fetch site0 [e9 1f 44 00 00]", swap.firstStep());
        assertEquals("cpu0.nmi fetch site0 [0f 1f 44 00 00]", swap.instead());
    }

    /** A protocol that runs into its BUG() whatever happens passes in no order. */
    @Test
    void whereNothingDecidesNothingIsSaid() {
        assertEquals(Optional.empty(), CriticalSwap.of(minimized("bug+six-byte-call", true)));
    }

    @Test
    void theCompletionTakesNothingSpontaneous() {
        Minimized minimized = minimized("torn+stop_machine+nmi", true);
        Machine machine = minimized.machine();
        long[] state = new long[machine.words()];
        machine.initial(state);
        Completion completion = new Completion(machine);
        ActionList enabled = new ActionList();
        int last = 0;
        while (!machine.complete(state)) {
            machine.enabled(state, enabled);
            int action = completion.next(state, last);
            assertTrue(!machine.spontaneous(action));
            assertEquals(0, machine.apply(state, action));
            last = machine.agent(action);
        }
    }
}
