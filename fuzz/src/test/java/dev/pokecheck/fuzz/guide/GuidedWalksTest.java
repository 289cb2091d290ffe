// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Level;
import dev.pokecheck.schedule.PctScheduler;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.RecordingScheduler;
import dev.pokecheck.schedule.Scheduler;
import dev.pokecheck.schedule.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The rules of the package. */
class GuidedWalksTest {
    private static final long STOP_ON = Incidents.forbiddenAt(Level.REGULAR);
    private static final Walk.Limits LIMITS = new Walk.Limits(STOP_ON, 1000, true);

    private static Machine machine(String protocol, String scenario) {
        return Machine.of(
                ScenarioText.parse(scenario).with(b -> b.reduce(true)),
                protocol,
                Catalog.find(protocol).orElseThrow().definition());
    }

    private static Machine hard() {
        return machine("text_poke_late@rfc18", "cpus=2 site0=nop5->jmp32 thread=none nmi=1 nmi-work=site");
    }

    private static GuidedWalks walks(Machine machine, long seed, Novelty novelty) {
        return new GuidedWalks(machine, LIMITS, seed, 512, new RandomScheduler(0), novelty);
    }

    /** Rule 2: what is resumed in the middle is a schedule from the initial state, and ends as it did. */
    @Test
    void aScheduleWithAPrefixIsOneFromTheInitialState() {
        Machine machine = hard();
        GuidedWalks walks = walks(machine, 1, state -> {});
        long[] state = new long[machine.words()];
        ActionList enabled = new ActionList();
        int resumed = 0;
        for (int run = 0; run < 3000; run++) {
            walks.next();
            int[] actions = walks.actions();
            resumed += walks.made() < actions.length ? 1 : 0;
            machine.initial(state);
            long incidents = 0;
            for (int action : actions) {
                machine.enabled(state, enabled);
                assertTrue(contains(enabled, action), "an action that is not enabled");
                incidents |= machine.apply(state, action) | machine.inspect(state);
            }
            assertEquals(walks.incidents() & STOP_ON, incidents & STOP_ON);
        }
        assertTrue(resumed > 1000, resumed + " schedules had a prefix");
    }

    private static boolean contains(ActionList enabled, int action) {
        for (int i = 0; i < enabled.size(); i++) {
            if (enabled.get(i) == action) {
                return true;
            }
        }
        return false;
    }

    /** Rule 5: the first schedules are those of plain random and PCT schedules with the same seed, in turn, so that no fault takes more than twice as many. */
    @Test
    void theFirstSchedulesArePlain() {
        Machine machine = hard();
        GuidedWalks walks = walks(machine, 7, state -> {});
        RecordingScheduler random = recording(machine, new RandomScheduler(7));
        RecordingScheduler pct = recording(machine, new PctScheduler(machine, 7, 4, 500));
        Walk walk = new Walk(machine, LIMITS);
        for (int run = 0; run < 64; run++) {
            walks.next();
            RecordingScheduler plain = run % 2 == 0 ? random : pct;
            walk.run(plain, run / 2);
            assertArrayEquals(plain.actions(), walks.actions(), "schedule " + run);
        }
    }

    private static RecordingScheduler recording(Machine machine, Scheduler scheduler) {
        return new RecordingScheduler(new ThenStop(machine, scheduler));
    }

    /** Rule 6: the same seed gives the same schedules, another one others. */
    @Test
    void aScheduleIsAFunctionOfSeedAndNumber() {
        assertEquals(schedules(3), schedules(3));
        assertTrue(!schedules(3).equals(schedules(4)));
    }

    private static List<String> schedules(long seed) {
        GuidedWalks walks = walks(hard(), seed, state -> {});
        List<String> all = new ArrayList<>();
        for (int run = 0; run < 500; run++) {
            walks.next();
            all.add(Arrays.toString(walks.actions()));
        }
        return all;
    }

    /** Each abstract state is told once, and all are counted. */
    @Test
    void noveltyIsToldOnce() {
        TreeSet<Long> told = new TreeSet<>();
        GuidedWalks walks = walks(hard(), 5, state -> assertTrue(told.add(state), "told twice"));
        for (int run = 0; run < 2000; run++) {
            walks.next();
        }
        assertEquals(told.size(), walks.states());
        assertTrue(told.size() > 100, told.size() + " states");
    }

    /** What random and PCT schedules do not find within the cap of the comparison of engines, guided ones do. */
    @Test
    void aDeepFaultIsFound() {
        GuidedWalks walks = walks(hard(), 1, state -> {});
        long torn = dev.pokecheck.property.Property.TORN.bits();
        int run = 0;
        do {
            walks.next();
        } while ((walks.incidents() & torn) == 0 && ++run < 20_000);
        assertTrue(run < 20_000, "no schedule of 20000 is torn");
    }
}
