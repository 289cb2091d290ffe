// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static dev.pokecheck.lincheck.Lincheck.call;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.fuzz.session.Figures;
import dev.pokecheck.fuzz.session.Interruption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;
import org.jetbrains.lincheck.datastructures.Operation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the threads of a fuzz session share: the figures that one reads and another shows, and who ends the process. Every access is a switch point. */
public class SessionTest {
    private static final int RUNS = 500;
    private static final int RUNS_IN_FULL = 3_000;

    private static final List<List<Lincheck.Call>> READER_AND_RUNNER = List.of(
            List.of(call("note", 1), call("noteProtocol", 3), call("note", 2)),
            List.of(call("look"), call("look")),
            List.of(call("look")));

    private static final List<List<Lincheck.Call>> RUNNER_HOOK_AND_SECOND_HOOK = List.of(
            List.of(call("isInterrupted"), call("end"), call("isInterrupted")),
            List.of(call("interrupt"), call("isInterrupted")),
            List.of(call("interrupt")));

    /** Two figures of one line, of the process and of a protocol. */
    public static class Noted {
        private final Figures figures = new Figures();

        /** See {@link Figures#note}. */
        @Operation
        public void note(int value) {
            figures.note("runs=" + value + " no-figure states=" + value);
        }

        /** See {@link Figures#noteProtocol}. */
        @Operation
        public void noteProtocol(int value) {
            figures.noteProtocol("naive@sync schedules=" + value + " states=" + value);
        }

        /** See {@link Figures#now}. */
        @Operation
        public List<Long> look() {
            Figures.Snapshot now = figures.now();
            return List.of(
                    now.of("runs"),
                    now.of("states"),
                    now.of("naive@sync", "schedules"),
                    now.of("naive@sync", "states"));
        }
    }

    /** The same with a lock for each figure and none for the line. */
    public static class NotedOneByOne {
        private final Map<String, Long> figures = new TreeMap<>();

        /** Notes two figures. */
        @Operation
        public void note(int value) {
            put("runs", value);
            put("states", value);
        }

        /** Notes two figures of a protocol. */
        @Operation
        public void noteProtocol(int value) {
            put("naive@sync schedules", value);
            put("naive@sync states", value);
        }

        /** Looks at all. */
        @Operation
        public List<Long> look() {
            return List.of(get("runs"), get("states"), get("naive@sync schedules"), get("naive@sync states"));
        }

        private synchronized void put(String name, long value) {
            figures.put(name, value);
        }

        private synchronized long get(String name) {
            return figures.getOrDefault(name, 0L);
        }
    }

    /** The sequential specification of both. */
    public static class Line {
        private long last;
        private long lastOfProtocol;

        /** Writes. */
        public void note(int value) {
            last = value;
        }

        /** Writes of a protocol. */
        public void noteProtocol(int value) {
            lastOfProtocol = value;
        }

        /** Reads. */
        public List<Long> look() {
            return List.of(last, last, lastOfProtocol, lastOfProtocol);
        }
    }

    /** The end of a session and interrupts of it. */
    public static class Ended {
        private final Interruption interruption = new Interruption();

        /** See {@link Interruption#interrupt}. */
        @Operation
        public boolean interrupt() {
            return interruption.interrupt();
        }

        /** See {@link Interruption#end}. */
        @Operation
        public boolean end() {
            return interruption.end();
        }

        /** See {@link Interruption#isInterrupted}. */
        @Operation
        public boolean isInterrupted() {
            return interruption.isInterrupted();
        }
    }

    /** A flag that the hook sets, and the runner looks at in the end: both can think that they were first. */
    public static class Flag {
        private volatile boolean interrupted;
        private volatile boolean ended;

        /** The hook. */
        @Operation
        public boolean interrupt() {
            if (ended) {
                return false;
            }
            interrupted = true;
            return true;
        }

        /** The runner. */
        @Operation
        public boolean end() {
            if (interrupted) {
                return false;
            }
            ended = true;
            return true;
        }

        /** The runner, before. */
        @Operation
        public boolean isInterrupted() {
            return interrupted;
        }
    }

    /** The sequential specification: what comes first counts. */
    public static class First {
        private boolean interrupted;
        private boolean ended;

        /** Whether it came before the end. */
        public boolean interrupt() {
            interrupted |= !ended;
            return interrupted;
        }

        /** Whether it came before the interrupt. */
        public boolean end() {
            ended |= !interrupted;
            return ended;
        }

        /** Whether the interrupt came first. */
        public boolean isInterrupted() {
            return interrupted;
        }
    }

    private static Optional<LincheckFailure> figures(int runs, Class<?> tested) {
        return Lincheck.run(Lincheck.everyAccess(runs), tested, Line.class, READER_AND_RUNNER);
    }

    private static Optional<LincheckFailure> ends(int runs, Class<?> tested) {
        return Lincheck.run(Lincheck.everyAccess(runs), tested, First.class, RUNNER_HOOK_AND_SECOND_HOOK);
    }

    @Test
    void figuresThatAreReadTogetherBelongTogether() {
        assertEquals("", Lincheck.text(figures(RUNS, Noted.class)));
    }

    @Tag("full")
    @Test
    void theyDoInMoreRuns() {
        assertEquals("", Lincheck.text(figures(RUNS_IN_FULL, Noted.class)));
    }

    @Test
    void figuresOneByOneDoNot() {
        String failure = Lincheck.text(figures(RUNS, NotedOneByOne.class));
        assertTrue(failure.contains("Invalid execution results"), failure);
    }

    @Test
    void oneOfTheTwoEndsTheProcess() {
        assertEquals("", Lincheck.text(ends(RUNS, Ended.class)));
    }

    @Tag("full")
    @Test
    void oneOfTheTwoDoesInMoreRuns() {
        assertEquals("", Lincheck.text(ends(RUNS_IN_FULL, Ended.class)));
    }

    @Test
    void withAFlagBothOrNobodyDoes() {
        String failure = Lincheck.text(ends(RUNS, Flag.class));
        assertTrue(failure.contains("Invalid execution results"), failure);
    }
}
