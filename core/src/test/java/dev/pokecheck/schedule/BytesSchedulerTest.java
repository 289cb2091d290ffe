// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.machine.ActionList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BytesSchedulerTest {
    private final Threads system = new Threads(3, 4, state -> false);

    private String run(int... bytes) {
        byte[] input = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            input[i] = (byte) bytes[i];
        }
        RecordingScheduler recording = new RecordingScheduler(new BytesScheduler(system, input));
        new Walk(system, Walk.Limits.steps(100)).run(recording, 0);
        return IntStream.of(recording.actions()).mapToObj(String::valueOf).collect(Collectors.joining());
    }

    @Test
    void noBytesRunOneAgentAfterTheOther() {
        assertEquals("000011112222", run());
        assertEquals("000011112222", run(0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void oneByteIsOneSwitch() {
        assertEquals("111100002222", run(1));
        assertEquals("001111002222", run(0, 0, 1));
        assertEquals("002222001111", run(0, 0, 2));
        assertEquals("000011112222", run(0, 0, 3));
        assertEquals("002222001111", run(0, 0, 255 - 255 % 3 - 1));
    }

    @Test
    void nothingIsReadWhereThereIsNoChoice() {
        BytesScheduler scheduler = new BytesScheduler(system, new byte[100]);
        new Walk(system, Walk.Limits.steps(100)).run(scheduler, 0);
        assertEquals(8, scheduler.consumed());
    }

    @Test
    void twoBytesReachBeyond256Choices() {
        ActionList many = new ActionList();
        for (int i = 0; i < 1000; i++) {
            many.add(0);
        }
        BytesScheduler scheduler = new BytesScheduler(system, new byte[] {3, 1});
        scheduler.start(0);
        assertEquals(769, scheduler.pick(new long[3], many));
        assertEquals(2, scheduler.consumed());
    }
}
