// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.data.Var;
import dev.pokecheck.insn.Kind;
import dev.pokecheck.protocol.BranchTargets;
import dev.pokecheck.protocol.ControlStmt;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Stmt;
import dev.pokecheck.protocol.TextStmt;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Graph;
import dev.pokecheck.step.op.Lowering;
import dev.pokecheck.text.Site;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A recorded protocol, and what can be known of it before it runs: where each shared variable lies among the {@link SharedWords}, and what each
 * version of each site does. Immutable; any number of machines can be made of it.
 */
public final class Program {
    /** What protocols may not need, first what is told first. */
    private static final List<Facility> REFUSED = List.of(
            Facility.GRACE_PERIODS,
            Facility.FOREIGN_BREAKPOINTS,
            Facility.TASK_SWITCHES,
            Facility.UNFENCED_SENDS,
            Facility.CALLS,
            Facility.SUSPENSION,
            Facility.HOTPLUG,
            Facility.VERSIONS,
            Facility.ENTRIES,
            Facility.CHOICES,
            Facility.INTERRUPT_SHADOW,
            Facility.END_OF_INTERRUPT,
            Facility.GHOSTS);

    private final Protocol protocol;
    private final Graph graph;
    private final int[] firstCell;
    private final int[] initial;
    private final int firstAlive;
    private final int firstSignal;
    private final int[][] classes;
    private final BranchTargets targets;
    private final List<List<List<String>>> effects = new ArrayList<>();

    /**
     * Prepares a protocol.
     *
     * @throws IllegalArgumentException if it has what threads do not do; the package documentation lists it
     */
    public Program(Protocol protocol) {
        this(protocol, Lowering.of(protocol));
    }

    /** The same with other steps, for tests that ask who would notice. */
    Program(Protocol protocol, Graph graph) {
        this.protocol = protocol;
        this.graph = graph;
        refuseWhatThreadsCannotDo();
        targets = new BranchTargets(sites(), protocol.setting().places());
        firstCell = new int[protocol.variables().size()];
        List<Integer> values = new ArrayList<>();
        for (Var var : protocol.variables()) {
            firstCell[var.id()] = values.size();
            for (int i = 0; i < var.length(); i++) {
                values.add(var.initial(i));
            }
        }
        firstAlive = values.size();
        firstSignal = firstAlive + protocol.objects().size();
        int cpus = protocol.setting().cpus();
        initial =
                Arrays.copyOf(values.stream().mapToInt(Integer::intValue).toArray(), firstSignal + Signals.words(cpus));
        List<Site> sites = protocol.setting().sites();
        classes = new int[sites.size()][];
        for (Site site : sites) {
            List<List<String>> ofVersions = new ArrayList<>();
            classes[site.index()] = new int[site.versions()];
            for (int v = 0; v < site.versions(); v++) {
                ofVersions.add(Effects.of(site, v));
                classes[site.index()][v] = ofVersions.indexOf(ofVersions.get(v));
            }
            effects.add(ofVersions);
        }
    }

    private void refuseWhatThreadsCannotDo() {
        if (!protocol.users().isEmpty()) {
            refuse("has user threads");
        }
        if (protocol.unlockSite().isPresent()) {
            refuse("releases a lock by a site");
        }
        for (Site site : protocol.setting().sites()) {
            if (!protocol.setting().places().region(site).isAlone()) {
                refuse("has sites that overlap");
            }
            for (int v = 0; v < site.versions(); v++) {
                if (site.instruction(v, 0).kind() == Kind.INT3) {
                    refuse("has a version that is a breakpoint");
                }
            }
        }
        if (!bringsVersions(protocol.threads().get(0).body())) {
            refuse("has no patch calls");
        }
        for (int cpu = 1; cpu < cpus(); cpu++) {
            if (!onlyExecutes(protocol.threads().get(cpu).body())) {
                refuse("gives other CPUs work of their own");
            }
        }
        if (!protocol.callOrder().isAscending()) {
            refuse("brings versions in another order than that of their numbers");
        }
        REFUSED.stream().filter(graph::needs).forEach(facility -> refuse(facility.text()));
    }

    private static boolean bringsVersions(List<Stmt> body) {
        return body.stream()
                .anyMatch(stmt -> stmt instanceof TextStmt.PatchMark
                        || stmt.bodies().stream().anyMatch(inside -> bringsVersions(inside.statements())));
    }

    /** Whether a thread only executes sites, for which operations stand here. */
    private static boolean onlyExecutes(List<Stmt> body) {
        return body.stream()
                .allMatch(stmt -> stmt instanceof ControlStmt.Rest
                        || stmt instanceof ControlStmt.PathBegin
                        || stmt instanceof TextStmt.Execute
                        || (stmt instanceof ControlStmt.While loop && onlyExecutes(loop.body())));
    }

    private void refuse(String what) {
        throw new IllegalArgumentException(
                protocol.name() + " " + what + ", which threads do not do; search it with 'check' instead");
    }

    /** The protocol. */
    public Protocol protocol() {
        return protocol;
    }

    Graph graph() {
        return graph;
    }

    /** The number of CPUs. */
    public int cpus() {
        return protocol.setting().cpus();
    }

    /** The sites. */
    public List<Site> sites() {
        return protocol.setting().sites();
    }

    /** Where their branches lead. */
    BranchTargets targets() {
        return targets;
    }

    /**
     * The first version of a site that does the same as a version: what an execution of either is called. In a chain old, new, old
     * versions 0 and 2 are both 0.
     */
    public int versionClass(int site, int version) {
        return classes[site][version];
    }

    List<String> effects(Site site, int version) {
        return effects.get(site.index()).get(version);
    }

    SharedWords newWords() {
        return new SharedWords(initial);
    }

    int firstSignal() {
        return firstSignal;
    }

    int cell(Var var, int index) {
        return firstCell[var.id()] + index;
    }

    int alive(int object) {
        return firstAlive + object;
    }
}
