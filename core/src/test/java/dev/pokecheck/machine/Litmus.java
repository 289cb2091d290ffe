// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.DataModel;
import dev.pokecheck.data.Var;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.Site;
import java.nio.LongBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Explores a small program to the end and collects what it can do. An outcome is what each CPU executed of the sites, in its
 * order, and the final values of the variables {@code r0}, {@code r1}, … and of those that were asked for:
 * {@code "cpu1=int3,new 0 1"}.
 */
final class Litmus {
    private static final Pattern FETCH =
            Pattern.compile("cpu(\\d)(?:\\.\\w+)? fetch (\\w+?)(?:\\+(\\d+))? \\[(.*?)\\].*");
    private static final Pattern REGISTER = Pattern.compile("r\\d+");
    private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

    private final Scenario scenario;
    private final List<String> memory;
    private final boolean fetches;

    private Litmus(Scenario scenario, List<String> memory, boolean fetches) {
        this.scenario = scenario;
        this.memory = memory;
        this.fetches = fetches;
    }

    /** Programs that touch only data; there is a site, but nobody uses it. */
    static Litmus data(DataModel model) {
        return sites("nop1->nop1").with(b -> b.data(model));
    }

    /** Programs that patch sites; only the CPUs' own threads execute them. */
    static Litmus sites(String... specs) {
        List<SiteSpec> sites = Arrays.stream(specs).map(SiteSpec::parse).toList();
        return new Litmus(Scenario.of(sites).with(b -> b.thread(ThreadWork.NONE)), List.of(), false);
    }

    Litmus with(UnaryOperator<ScenarioBuilder> change) {
        return new Litmus(scenario.with(change), memory, fetches);
    }

    /** Observes the final values of some variables, too. */
    Litmus finals(String... variables) {
        return new Litmus(scenario, List.of(variables), fetches);
    }

    /** Observes what each CPU executes; only for programs without loops. */
    Litmus fetches() {
        return new Litmus(scenario, memory, true);
    }

    /** Runs a program in the words of {@link Assembly}, one string a CPU. */
    Outcomes run(String... threads) {
        return with(b -> b.cpus(Math.max(1, threads.length))).run(new Assembly(threads));
    }

    /**
     * Runs a protocol, and runs it again with other mergings of steps: they must say the same, whatever the test asks. A loop that
     * is {@link Incident#ENDLESS} is one only if local steps are merged.
     */
    Outcomes run(Protocol.Definition definition) {
        Outcomes outcomes = explore(machine(definition), true);
        if (!outcomes.incidents().contains(Incident.ENDLESS)) {
            outcomes.assertSays(with(b -> b.reduce(!scenario.reduce())).again(definition), "reduce");
            outcomes.assertSays(with(b -> b.mergeLocal(!scenario.mergeLocal())).again(definition), "mergeLocal");
        }
        return outcomes;
    }

    /** For a comparison, in which names of actions do not count. */
    private Outcomes again(Protocol.Definition definition) {
        return explore(machine(definition), false);
    }

    Machine machine(Protocol.Definition definition) {
        return Machine.of(scenario, "litmus", definition);
    }

    /** How a machine is made. */
    @FunctionalInterface
    interface Build {
        Machine machine(Scenario scenario, Protocol protocol);
    }

    /** Runs a protocol once, on a machine that is made in another way. */
    Outcomes run(Protocol.Definition definition, Build build) {
        return explore(build.machine(scenario, Protocol.record("litmus", scenario.setting(), definition)), true);
    }

    /** A state, and what was executed on the way to it. */
    private record Node(LongBuffer words, List<String> fetched) {}

    /** Most tests that have this at all spend their time here. */
    private Outcomes explore(Machine machine, boolean named) {
        Set<String> finals = new TreeSet<>();
        Set<String> names = new TreeSet<>();
        boolean deadlock = false;
        ActionList actions = new ActionList();
        long[] state = new long[machine.words()];
        machine.initial(state);
        long incidents = machine.inspect(state);
        Node first = new Node(LongBuffer.wrap(state), List.of("", "", "", "", "", "", "", ""));
        Set<Node> seen = new HashSet<>(Set.of(first));
        Deque<Node> open = new ArrayDeque<>(seen);
        while (!open.isEmpty()) {
            Node node = open.removeLast();
            long[] from = node.words.array();
            boolean complete = machine.complete(from);
            if (complete) {
                finals.add(outcome(machine, from, node));
            }
            machine.enabled(from, actions);
            deadlock |= !complete && machine.nothingOwed(actions);
            for (int i = 0; i < actions.size(); i++) {
                long[] to = from.clone();
                String name = named || fetches ? machine.describe(from, actions.get(i)) : "";
                names.add(name);
                long bits = machine.apply(to, actions.get(i)) | machine.inspect(to);
                incidents |= bits;
                if ((bits & scenario.fatal() & ~Incident.LOST_PATCH.bit()) != 0) {
                    continue;
                }
                Node next = new Node(LongBuffer.wrap(to), fetched(machine, node.fetched, name));
                if (seen.add(next)) {
                    open.addLast(next);
                }
            }
        }
        return new Outcomes(finals, incidents(incidents), deadlock, machine.reached(), names);
    }

    private static Set<Incident> incidents(long bits) {
        Set<Incident> incidents = EnumSet.allOf(Incident.class);
        incidents.removeIf(incident -> (bits & incident.bit()) == 0);
        return incidents;
    }

    private List<String> fetched(Machine machine, List<String> before, String action) {
        if (!fetches) {
            return before;
        }
        Matcher fetch = FETCH.matcher(action);
        if (!fetch.matches()) {
            return before;
        }
        Site site = machine.protocol().setting().sites().stream()
                .filter(s -> s.name().equals(fetch.group(2)))
                .findFirst()
                .orElseThrow();
        int offset = fetch.group(3) == null ? 0 : Integer.parseInt(fetch.group(3));
        int cpu = Integer.parseInt(fetch.group(1));
        List<String> after = new ArrayList<>(before);
        after.set(
                cpu, before.get(cpu) + (before.get(cpu).isEmpty() ? "" : ",") + version(site, offset, fetch.group(4)));
        return after;
    }

    private static String version(Site site, int offset, String hex) {
        byte[] bytes = HEX.parseHex(hex);
        int versions = site.versionsWith(offset, bytes);
        if (versions == 0) {
            return bytes[0] == (byte) 0xcc ? "int3" : "torn";
        }
        return versions == 1 ? "old" : versions == 2 ? "new" : "v" + Integer.toBinaryString(versions);
    }

    private String outcome(Machine machine, long[] state, Node node) {
        List<String> parts = new ArrayList<>();
        for (int cpu = 0; cpu < node.fetched.size(); cpu++) {
            if (!node.fetched.get(cpu).isEmpty()) {
                parts.add("cpu" + cpu + "=" + node.fetched.get(cpu));
            }
        }
        for (Var var : machine.protocol().variables()) {
            if (REGISTER.matcher(var.name()).matches() || memory.contains(var.name())) {
                parts.add(Integer.toString(machine.model()
                        .memory
                        .read(state, machine.model().memory.cell(var.id(), 0))));
            }
        }
        return String.join(" ", parts);
    }
}
