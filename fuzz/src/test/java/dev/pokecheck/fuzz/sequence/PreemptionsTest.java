// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.sequence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the bytes of a schedule mean, on a machine of the sequence engine with one site that goes from a NOP to a CALL, and two CPUs. */
class PreemptionsTest {
    private static final int NOP5_CALL = 7;

    private static final int LAST = 0x7f;

    private final Machine machine = new SequenceCase(new byte[] {0, 0, 0, 0, 0, 0, NOP5_CALL}).machine();
    private Walk.End end = Walk.End.DEADLOCK;

    private List<String> run(int... bytes) {
        byte[] schedule = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            schedule[i] = (byte) bytes[i];
        }
        Preemptions preemptions = new Preemptions(machine);
        preemptions.fill(schedule, 0);
        List<String> names = new ArrayList<>();
        end = new Walk(machine, new Walk.Limits(-1L, 1000, true))
                .run(
                        new Scheduler() {
                            @Override
                            public void start(long run) {
                                preemptions.start(run);
                            }

                            @Override
                            public int pick(long[] state, ActionList enabled) {
                                int pick = preemptions.pick(state, enabled);
                                if (pick != END) {
                                    names.add(machine.describe(state, enabled.get(pick)));
                                }
                                return pick;
                            }
                        },
                        0);
        return names;
    }

    private static List<String> fetches(List<String> names) {
        return names.stream().filter(name -> name.startsWith("cpu1 fetch")).toList();
    }

    /** The patch calls run to their end, with the IPIs that they wait for; no CPU executes the site. */
    @Test
    void noBytesAreNoInterruption() {
        List<String> names = run();
        assertEquals(Walk.End.SCHEDULE_END, end);
        assertEquals("cpu0 patch1.site0", names.get(0));
        assertEquals("cpu0 patched1.site0", names.get(names.size() - 1));
        assertTrue(names.contains("cpu1 ipi"), names.toString());
        assertTrue(names.stream().noneMatch(name -> name.contains("fetch")), names.toString());
    }

    @Test
    void anEntryInterruptsAfterSoManySteps() {
        List<String> plain = run();
        for (int steps = 0; steps < plain.size(); steps++) {
            List<String> names = run(steps, 1);
            assertEquals(plain.subList(0, steps), names.subList(0, steps));
            assertTrue(names.get(steps).startsWith("cpu1"), names.toString());
        }
    }

    /** A CPU at rest goes on to its execution, and to the end of it; then the patcher does. */
    @Test
    void anEntryIsAWholeExecution() {
        List<String> names = run(0, 1);
        List<String> before = names.subList(0, names.indexOf("cpu0 patch1.site0"));
        assertTrue(before.stream().allMatch(name -> name.startsWith("cpu1")), names.toString());
        assertEquals(List.of("cpu1 fetch site0 [0f 1f 44 00 00]"), fetches(before));
    }

    /** The second byte of an entry chooses among what its first fetch can see: here the breakpoint is in memory, and no CPU has serialized since. */
    @Test
    void anEntryChoosesWhatIsFetched() {
        Set<String> fetches = new TreeSet<>();
        for (int which = 0; which <= LAST; which++) {
            fetches.addAll(fetches(run(3, which)));
        }
        assertEquals(Set.of("cpu1 fetch site0 [cc]", "cpu1 fetch site0 [0f 1f 44 00 00]"), fetches);
    }

    @Test
    void entriesThatAreLeftWhereAllIsDoneFollowAtOnce() {
        List<String> plain = run();
        List<String> names = run(255, 0, 255, 0);
        assertEquals(Walk.End.SCHEDULE_END, end);
        assertEquals(plain, names.subList(0, plain.size()));
        assertEquals(2, fetches(names).size(), names.toString());
    }

    /** The highest bit of the second byte is no part of the choice. */
    @Test
    void aByteChoosesAmongAllThatIsEnabled() {
        for (int which = 0; which <= LAST; which++) {
            assertEquals(run(4, which).get(4), run(4, which | 0x80).get(4));
        }
    }

    /** A byte without its second one is no entry. */
    @Test
    void halfAnEntryIsNone() {
        assertEquals(run(), run(3));
        assertEquals(run(3, 1), run(3, 1, 9));
    }
}
