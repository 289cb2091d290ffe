// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplaySchedulerTest {
    private final Threads system = new Threads(2, 2, state -> state[0] == 1 && state[1] == 2);

    private Walk.End replay(long stopOn, String... names) {
        return new Walk(system, new Walk.Limits(stopOn, 100, true)).run(new ReplayScheduler(system, List.of(names)), 0);
    }

    private ReplayDivergedException diverges(long stopOn, String... names) {
        return assertThrows(ReplayDivergedException.class, () -> replay(stopOn, names));
    }

    @Test
    void aRecordedRunReplaysByName() {
        RecordingScheduler recording = new RecordingScheduler(new RandomScheduler(2));
        Walk walk = new Walk(system, Walk.Limits.steps(100));
        Walk.End end = walk.run(recording, 0);
        int[] actions = recording.actions();
        RecordingScheduler replay =
                new RecordingScheduler(new ReplayScheduler(system, ActionNames.of(system, actions)));
        assertEquals(end, walk.run(replay, 0));
        assertArrayEquals(actions, replay.actions());
        assertEquals(end, walk.run(replay, 1));
    }

    @Test
    void endsWhereTheScheduleEnds() {
        assertEquals(Walk.End.SCHEDULE_END, replay(0, "cpu1 step1", "cpu0 step1"));
        assertEquals(Walk.End.INCIDENT, replay(1, "cpu1 step1", "cpu0 step1", "cpu1 step2"));
        assertEquals(Walk.End.SCHEDULE_END, replay(1));
    }

    @Test
    void aNearMissIsNamed() {
        ReplayDivergedException e = diverges(0, "cpu1 step1", "cpu0 stpe1");
        assertEquals(
                "step 2: expected \"cpu0 stpe1\"; enabled: \"cpu0 step1\", \"cpu1 step2\"; likely cause:"
                        + " a typing error or a renamed step, if \"cpu0 step1\" is meant",
                e.getMessage());
        assertEquals(2, e.step());
        assertEquals("cpu0 stpe1", e.expected());
        assertEquals(List.of("cpu0 step1", "cpu1 step2"), e.enabled());
    }

    @Test
    void anAgentThatCannotMoveIsNamed() {
        assertEquals(
                "step 3: expected \"cpu1 acknowledge\"; enabled: \"cpu0 step1\"; likely cause:"
                        + " \"cpu1\" cannot move here: it waits, is done, or does not exist in this scenario",
                diverges(0, "cpu1 step1", "cpu1 step2", "cpu1 acknowledge").getMessage());
    }

    @Test
    void anythingElseIsAnotherModel() {
        assertEquals(
                "step 1: expected \"cpu1 acknowledge\"; enabled: \"cpu0 step1\", \"cpu1 step1\"; likely cause:"
                        + " the schedule was recorded with another protocol, scenario or version of the model",
                diverges(0, "cpu1 acknowledge").getMessage());
    }

    @Test
    void aRunThatEndsBeforeItsScheduleDiverges() {
        assertEquals(
                "step 4: expected \"cpu0 step2\"; enabled: nothing; likely cause:"
                        + " the run met its incident earlier than when it was recorded; what follows is surplus",
                diverges(1, "cpu1 step1", "cpu0 step1", "cpu1 step2", "cpu0 step2")
                        .getMessage());
        assertEquals(
                5,
                diverges(0, "cpu1 step1", "cpu0 step1", "cpu1 step2", "cpu0 step2", "cpu0 step3")
                        .step());
    }
}
