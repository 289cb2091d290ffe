// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.catalog.Catalog;
import dev.pokecheck.catalog.CatalogEntry;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jetbrains.kotlinx.lincheck.strategy.LincheckFailure;

/**
 * One comparison: a protocol in a scenario, once searched by the explorer and once run by Lincheck.
 *
 * @param protocol its full name
 * @param cpus the number of CPUs; every one but CPU 0 executes
 * @param sites the sites, as on the command line
 * @param fetch coherent, or stale-insn
 * @param reads what one operation of Lincheck's reads
 */
record Row(String protocol, int cpus, List<String> sites, FetchModel fetch, Reads reads) {
    /** What is a register. */
    enum Reads {
        /** Each site by itself: an operation executes one site. Linearizability is local, so each is looked at alone. */
        EACH("each site", Level.ATOMIC),
        /** All sites together: an operation executes all of them, one after the other. */
        ALL("all as one", Level.GROUP);

        final String text;
        final Level needed;

        Reads(String text, Level needed) {
            this.text = text;
            this.needed = needed;
        }
    }

    /** What Lincheck calls a run that is not linearizable though nothing went wrong on any CPU. */
    static final String NOT_LINEARIZABLE = "not linearizable";

    static final String LINEARIZABLE = "linearizable";

    String name() {
        return protocol + ", " + cpus + " CPUs, " + String.join(" ", sites) + ", " + fetch.text() + ", " + reads.text;
    }

    // ---- the explorer

    private Scenario scenario() {
        return Scenario.of(sites.stream().map(SiteSpec::parse).toList())
                .with(b -> b.cpus(cpus).fetch(fetch).split(StoreSplit.BYTE));
    }

    private CatalogEntry entry() {
        return Catalog.find(protocol).orElseThrow();
    }

    Verdict explore() {
        Machine machine = Machine.of(scenario(), protocol, entry().definition());
        return Check.search(machine, CheckOptions.defaults().all(true));
    }

    // ---- Lincheck

    Program program() {
        return new Program(entry().record(scenario().setting()));
    }

    /**
     * The scenarios for this row, if its program has a number: CPU 0 brings all versions, each other CPU executes every site, there and back. One
     * for each site that is looked at alone.
     */
    List<Lincheck.Calls> scenarios(int number) {
        int looks = reads == Reads.EACH ? sites.size() : 1;
        List<Lincheck.Calls> scenarios = new ArrayList<>();
        for (int site = 0; site < looks; site++) {
            scenarios.add(scenario(number, site));
        }
        return scenarios;
    }

    private Lincheck.Calls scenario(int number, int looked) {
        int versions = scenario().setting().versions();
        List<Lincheck.Call> before = new ArrayList<>();
        before.add(Lincheck.call("setUp", number, looked));
        List<List<Lincheck.Call>> threads = new ArrayList<>();
        List<Lincheck.Call> patches = new ArrayList<>();
        for (int v = 1; v < versions; v++) {
            patches.add(Lincheck.call("patch", v));
        }
        threads.add(patches);
        for (int cpu = 1; cpu < cpus; cpu++) {
            threads.add(executions(cpu, versions));
            if (stale()) {
                before.add(Lincheck.call("prefetch", cpu, 0));
            }
        }
        return new Lincheck.Calls(before, threads);
    }

    private boolean stale() {
        return fetch == FetchModel.STALE_INSN;
    }

    private List<Lincheck.Call> executions(int cpu, int versions) {
        List<Lincheck.Call> calls = new ArrayList<>();
        for (int v = 0; v < versions; v++) {
            if (stale() && v > 0 && cpu == cpus - 1) {
                calls.add(Lincheck.call("prefetch", cpu, 0));
            }
            if (reads == Reads.ALL) {
                calls.add(Lincheck.call("executeAll", cpu));
                continue;
            }
            for (int s = 0; s < sites.size(); s++) {
                int site = v % 2 == 0 ? s : sites.size() - 1 - s;
                calls.add(Lincheck.call("execute", cpu, site));
            }
        }
        return calls;
    }

    /** What Lincheck found, in a word or two. */
    static String answer(Optional<LincheckFailure> found) {
        if (found.isEmpty()) {
            return LINEARIZABLE;
        }
        LincheckFailure failure = found.get();
        return switch (failure.getClass().getSimpleName()) {
            case "ManagedDeadlockFailure", "ManagedLivelockFailure" -> Property.DEADLOCK.text();
            case "IncorrectResultsFailure" ->
                Stream.of(Lincheck.results(failure).split("[ |]+"))
                        .filter(result -> Property.of(result).isPresent())
                        .findFirst()
                        .orElse(NOT_LINEARIZABLE);
            default -> throw new AssertionError("Lincheck failed in an unexpected way\n" + failure);
        };
    }

    // ---- the comparison

    /** Whether the explorer says that the registers of this row are some. */
    boolean holds(Verdict verdict) {
        return verdict.level().map(level -> level.contains(reads.needed)).orElse(false);
    }

    /** Whether both say the same: that the sites are registers, or that they are not, and then for a reason that the explorer knows, too. */
    boolean agree(Verdict verdict, String answer) {
        boolean holds =
                verdict.level().map(level -> level.contains(reads.needed)).orElse(false);
        List<Property> met =
                verdict.findings().stream().map(Violation::property).toList();
        return switch (answer) {
            case LINEARIZABLE -> holds;
            case NOT_LINEARIZABLE ->
                !holds
                        && (met.contains(Property.STALE)
                                || met.contains(Property.BACKWARDS)
                                || met.contains(Property.GROUP)
                                || met.contains(Property.LOST_PATCH));
            default -> !holds && met.contains(Property.of(answer).orElseThrow());
        };
    }
}
