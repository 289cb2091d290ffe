// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.schedule.RandomScheduler;
import dev.pokecheck.schedule.Walk;
import java.util.List;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The machine without a store of states: {@code enabled}, {@code apply} and {@code inspect} along random schedules, from the
 * initial state to a complete one. Two CPUs, one site, no interrupts. The first score is schedules per second, {@code steps} is
 * steps per second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class StepBench {
    /** Far more steps than a schedule has. */
    private static final int MAX_STEPS = 100_000;

    private static final long SEED = 1;

    /** What was done in an iteration. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counters {
        /** Applied actions. */
        public long steps;
    }

    /** The data memory model. */
    @Param
    public DataModel data;

    private Walk walk;
    private RandomScheduler scheduler;
    private long run;

    /** Begins with the first schedule of the seed. */
    @Setup
    public void build() {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).with(s -> s.data(data));
        Machine machine = new Machine(
                scenario, Catalog.find("text_poke_bp_batch").orElseThrow().record(scenario.setting()));
        walk = new Walk(machine, Walk.Limits.steps(MAX_STEPS));
        scheduler = new RandomScheduler(SEED);
        run = 0;
    }

    /** One schedule. */
    @Benchmark
    public long schedule(Counters counters) {
        Walk.End end = walk.run(scheduler, run++);
        if (end != Walk.End.COMPLETE) {
            throw new IllegalStateException("run " + (run - 1) + " ended with " + end);
        }
        counters.steps += walk.steps();
        return walk.incidents();
    }
}
