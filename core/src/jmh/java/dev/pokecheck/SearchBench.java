// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.data.DataModel;
import dev.pokecheck.explore.search.Search;
import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.search.SearchResult;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.ScenarioBuilder;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Setting.InterruptWork;
import dev.pokecheck.protocol.Setting.ThreadWork;
import java.util.Arrays;
import java.util.function.UnaryOperator;
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
 * Exhaustive searches of shipped protocols. The score that counts is the second one, {@code transitions}: transitions per second.
 * An iteration is as many whole searches as begin within its time, for most of them one.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@Fork(
        value = 1,
        jvmArgsAppend = {"-Xms1g", "-Xmx1g"})
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class SearchBench {
    private static final long RECORDED = Incident.STALE.bit() | Incident.BACKWARDS.bit() | Incident.GROUP.bit();

    /** What is searched. Nothing is watched that needs memory of the past, or the first would take three times as long. */
    public enum Subject {
        /** The full search. */
        BATCH("text_poke_bp_batch", "nop5->call,call->nop5", false, s -> s.watch(Watch.NOTHING)),
        /** With the reduction, and with the check for stuck states. */
        BATCH_REDUCED("text_poke_bp_batch", "nop5->call,call->nop5", true, s -> s.watch(Watch.NOTHING)),
        /** Stopped CPUs that NMIs come to; the full search. */
        LATE(
                "text_poke_late@captured",
                "pvcall->unlock",
                false,
                s -> s.nmis(1)
                        .nmiWork(InterruptWork.LOCK)
                        .thread(ThreadWork.NONE)
                        .watch(Watch.NOTHING));

        private final String protocol;
        private final String sites;
        private final boolean reduced;
        private final UnaryOperator<ScenarioBuilder> change;

        Subject(String protocol, String sites, boolean reduced, UnaryOperator<ScenarioBuilder> change) {
            this.protocol = protocol;
            this.sites = sites;
            this.reduced = reduced;
            this.change = change;
        }

        Machine machine(DataModel data) {
            Scenario scenario = Scenario.of(
                            Arrays.stream(sites.split(",")).map(SiteSpec::parse).toList())
                    .with(s -> change.apply(s.cpus(3).data(data).reduce(reduced)));
            return new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        }
    }

    /** What was done in an iteration. */
    @AuxCounters
    @State(Scope.Thread)
    public static class Counters {
        /** Applied actions. */
        public long transitions;
    }

    /** What is searched. */
    @Param
    public Subject subject;

    /** The data memory model. */
    @Param
    public DataModel data;

    private Machine machine;
    private SearchOptions options;

    /** Builds the machine, whose tables stay warm from one search to the next. */
    @Setup
    public void build() {
        machine = subject.machine(data);
        options = SearchOptions.defaults().pruneOn(~RECORDED).stuck(subject.reduced);
    }

    /** One search to the end. */
    @Benchmark
    public SearchResult search(Counters counters) {
        SearchResult result = Search.run(machine, options);
        if (result.end() != SearchResult.End.EXHAUSTED) {
            throw new IllegalStateException(subject + " ended with " + result.end());
        }
        counters.transitions += result.transitions();
        return result;
    }
}
