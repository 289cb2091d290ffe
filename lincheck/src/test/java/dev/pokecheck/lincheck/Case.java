// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.machine.PackedWay;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.Step;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small program that can be run in three ways, and a schedule for it. */
record Case(String name, Scenario scenario, Program program, long schedule) {
    static Case of(
            String name, int cpus, FetchModel fetch, String site, long schedule, Protocol.Definition definition) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse(site)))
                .with(b -> b.cpus(cpus).fetch(fetch).split(StoreSplit.BYTE).thread(ThreadWork.NONE));
        return new Case(name, scenario, new Program(Protocol.record(name, scenario.setting(), definition)), schedule);
    }

    /** A protocol of the catalog, in which the other CPUs execute the sites for ever; none if threads refuse it. */
    static Optional<Case> shipped(CatalogEntry entry, int cpus, FetchModel fetch, List<String> sites, long schedule) {
        Scenario scenario = Scenario.of(sites.stream().map(SiteSpec::parse).toList())
                .with(b -> b.cpus(cpus).fetch(fetch).split(StoreSplit.BYTE));
        try {
            Program program = new Program(entry.record(scenario.setting()));
            return Optional.of(new Case(entry.fullName(), scenario, program, schedule));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Sequential start(Sequential way) {
        return scenario.fetch() == FetchModel.STALE_INSN ? way.prefetched() : way;
    }

    /** The old way: statement by statement. */
    Way tree() {
        return start(Sequential.tree(program));
    }

    /** The host of threads. */
    Way threads() {
        return start(Sequential.threads(program));
    }

    /** The same with other steps. */
    Way threads(UnaryOperator<Step> change) {
        Graph graph = program.graph();
        List<Integer> all = IntStream.range(0, graph.size()).boxed().toList();
        Graph changed = new Graph(
                graph.steps().stream().map(change).toList(),
                graph.routines(),
                all.stream().filter(graph::isRest).toList(),
                all.stream().map(graph::locals).toList(),
                graph.textStores(),
                graph.textReads(),
                graph.ipi());
        return start(Sequential.threads(new Program(program.protocol(), changed)));
    }

    /** The packed machine. */
    Way packed() {
        return packed(step -> step);
    }

    /** The same with other steps. */
    Way packed(UnaryOperator<Step> change) {
        return new PackedWay(scenario, program.protocol(), program::versionClass, change);
    }

    Lockstep.Result run(Way... ways) {
        return Lockstep.run(scenario.cpus(), schedule, List.of(ways));
    }

    /** Made by chance, and made for what chance does not come to. */
    static List<Case> all(int random) {
        return Stream.concat(IntStream.range(0, random).mapToObj(RandomProgram::of), DirectedPrograms.all().stream())
                .toList();
    }
}
