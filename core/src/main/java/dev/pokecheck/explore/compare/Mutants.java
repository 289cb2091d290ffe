// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.compare;

import dev.pokecheck.explore.search.SearchOptions;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.explore.verdict.Verdict.Kind;
import dev.pokecheck.explore.verdict.Violation;
import dev.pokecheck.machine.Event;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Watch;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.mutation.Mutation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Searches the mutations of a protocol on several machines that differ in their fetch model: which statement is needed on which of them. A mutation
 * that breaks nothing can be compared with the protocol: if it has the same histories ({@link Histories}) it is the same protocol at these bounds.
 *
 * <p>A statement is needed on a machine if the protocol with it keeps a property there, and the mutant breaks it. So a mutant that only lowers the
 * level that holds is caught as well. Two rules save searches, and both are exact. What a fetch model allows, every model that includes
 * it allows ({@link dev.pokecheck.text.FetchModel#allows}): a mutant that breaks nothing under the stronger machine breaks nothing under the
 * weaker. And what the protocol never executes cannot be needed.
 */
public final class Mutants {
    private final List<Machines> machines;
    private final SearchOptions search;

    /** A machine that the protocol holds on. */
    private static final class Machines {
        private final Baseline baseline;
        private Optional<Histories> histories = Optional.empty();
        private boolean visited;

        Machines(Baseline baseline) {
            this.baseline = baseline;
        }

        Scenario scenario() {
            return baseline.scenario();
        }

        Baseline baseline() {
            return baseline;
        }

        Protocol protocol() {
            return baseline.protocol();
        }

        /** The histories of the protocol there, worked out once. */
        synchronized Optional<Histories> histories(Supplier<Optional<Histories>> visit) {
            if (!visited) {
                histories = visit.get();
                visited = true;
            }
            return histories;
        }
    }

    /**
     * What the protocol itself does on a machine.
     *
     * @param protocol the protocol
     * @param scenario the machine
     * @param verdict what is shown of the protocol there
     */
    public record Baseline(Protocol protocol, Scenario scenario, Verdict verdict) {
        /** Whether the protocol holds there, so that it can be asked what it needs for that. */
        public boolean holds() {
            return verdict.kind() == Kind.HOLDS;
        }

        /** The properties that the protocol keeps. */
        public Set<Property> kept() {
            Set<Property> kept = EnumSet.allOf(Property.class);
            verdict.findings().forEach(finding -> kept.remove(finding.property()));
            return Collections.unmodifiableSet(kept);
        }
    }

    /** What a mutant shows on one machine. */
    public enum Answer {
        /** It breaks a property that the protocol keeps. */
        NEEDED,
        /** It breaks none, and all its states were visited, or those of a machine that allows more. */
        NOT_NEEDED,
        /** It never reaches what the scenario is to test, where the protocol does. */
        VACUOUS,
        /** Its machine cannot be built, or its first steps fail. */
        REFUSED,
        /** A bound ended the search. */
        OPEN
    }

    /**
     * One entry of the matrix.
     *
     * @param answer whether the statement is needed
     * @param violation what the mutant breaks, by the first schedule found, breadth first
     * @param why in words, what a vacuous mutant misses, or why one was refused; else empty
     */
    public record Cell(Answer answer, Optional<Violation> violation, String why) {
        /** Whether the mutant is told from the protocol. */
        public boolean killed() {
            return answer == Answer.NEEDED || answer == Answer.VACUOUS || answer == Answer.REFUSED;
        }
    }

    /** What is known of a mutant over all machines. */
    public enum Fate {
        /** It is the protocol in other words, whatever the scenario. */
        EQUIVALENT("equivalent"),
        /** The changed statement is never executed within these bounds. */
        NEVER_EXECUTED("never-executed"),
        /** It runs, and has the same histories as the protocol within these bounds: no consistency level can tell them apart. */
        SAME("same-histories"),
        /** It runs, and breaks nothing within these bounds. */
        SURVIVED("survived"),
        /** A bound ended a search before it was decided. */
        OPEN("open"),
        /** Some machine tells it from the protocol. */
        KILLED("killed");

        private final String text;

        Fate(String text) {
            this.text = text;
        }

        /** Its name in machine-readable results. */
        public String text() {
            return text;
        }
    }

    /**
     * One line of the matrix.
     *
     * @param mutation the mutation
     * @param cells one for each machine
     * @param fate what is known over all machines
     */
    public record Row(Mutation mutation, List<Cell> cells, Fate fate) {
        /** Copies the list. */
        public Row {
            cells = List.copyOf(cells);
        }
    }

    /**
     * @param baselines what the protocol does on each machine; it must hold on all of them, and the scenarios may differ in their fetch model only
     * @param search the bounds of each search
     */
    public Mutants(List<Baseline> baselines, SearchOptions search) {
        this.search = search;
        machines = baselines.stream().map(Machines::new).toList();
        for (Baseline baseline : baselines) {
            if (!baseline.holds()) {
                throw new IllegalArgumentException("the protocol does not hold under "
                        + baseline.scenario().fetch().text() + ": what it needs for that is no question");
            }
        }
    }

    /** What a protocol does on a machine. */
    public static Baseline baseline(Protocol protocol, Scenario scenario, SearchOptions search) {
        CheckOptions options = CheckOptions.defaults().search(search);
        return new Baseline(protocol, scenario, Check.search(new Machine(scenario, protocol), options));
    }

    /** The line of a mutation. */
    public Row row(Mutation mutation) {
        List<Cell> cells = new ArrayList<>(Collections.nCopies(machines.size(), nothing()));
        if (!executes(mutation)) {
            return new Row(mutation, cells, mutation.equivalence().isPresent() ? Fate.EQUIVALENT : Fate.NEVER_EXECUTED);
        }
        // Those that allow most come first: what they show not to be needed, no other machine needs.
        for (int i = machines.size() - 1; i >= 0; i--) {
            if (!shownBy(cells, i)) {
                cells.set(i, cell(mutation, machines.get(i)));
            }
        }
        return new Row(mutation, cells, fate(mutation, cells));
    }

    /** Whether a machine behind this one in the list allows all that this one does, and has shown that nothing breaks. */
    private boolean shownBy(List<Cell> cells, int machine) {
        Machines weaker = machines.get(machine);
        for (int i = machine + 1; i < machines.size(); i++) {
            Machines stronger = machines.get(i);
            if (cells.get(i).answer() == Answer.NOT_NEEDED
                    && stronger.scenario().fetch().allows(weaker.scenario().fetch())
                    && stronger.baseline().kept().containsAll(weaker.baseline().kept())) {
                return true;
            }
        }
        return false;
    }

    private Cell cell(Mutation mutation, Machines on) {
        CheckOptions options = CheckOptions.defaults()
                .failAt(Level.GROUP)
                .lookFor(on.baseline().kept())
                .search(search);
        Machine machine;
        try {
            machine = new Machine(on.scenario(), mutation.mutant());
            machine.initial(new long[machine.words()]);
        } catch (IllegalArgumentException e) {
            return new Cell(Answer.REFUSED, Optional.empty(), String.valueOf(e.getMessage()));
        }
        Verdict verdict = Check.search(machine, options);
        return switch (verdict.kind()) {
            case VIOLATED -> new Cell(Answer.NEEDED, verdict.violation(), "");
            case HOLDS -> nothing();
            case VACUOUS -> new Cell(Answer.VACUOUS, Optional.empty(), "never " + String.join("; ", verdict.missing()));
            case NO_VIOLATION_WITHIN, SAMPLED -> new Cell(Answer.OPEN, Optional.empty(), verdict.bounds());
        };
    }

    private static Cell nothing() {
        return new Cell(Answer.NOT_NEEDED, Optional.empty(), "");
    }

    private Fate fate(Mutation mutation, List<Cell> cells) {
        if (cells.stream().anyMatch(Cell::killed)) {
            return Fate.KILLED;
        }
        if (cells.stream().anyMatch(cell -> cell.answer() == Answer.OPEN)) {
            return Fate.OPEN;
        }
        return mutation.equivalence().isPresent() ? Fate.EQUIVALENT : Fate.SURVIVED;
    }

    /**
     * How a mutation that breaks nothing differs from the protocol, in words; empty if it has the same histories of executions and patch calls on
     * every machine. That it comes to its end as the protocol does is not asked here but by {@link #row}.
     */
    public Optional<String> difference(Mutation mutation) {
        for (Machines on : machines) {
            Scenario scenario = unwatched(on.scenario());
            Optional<Histories> mutant = histories(new Machine(scenario, mutation.mutant()));
            Optional<Histories> protocol = on.histories(() -> histories(new Machine(scenario, on.protocol())));
            if (mutant.isEmpty() || protocol.isEmpty()) {
                return Optional.of("a bound ended the comparison");
            }
            Optional<Histories.Difference> difference = protocol.get().differenceOf(mutant.get());
            if (difference.isPresent()) {
                return difference.map(it -> text(it, scenario));
            }
        }
        return Optional.empty();
    }

    /** What is watched is worked out from a history, and makes no difference to it. */
    private static Scenario unwatched(Scenario scenario) {
        return scenario.with(builder -> builder.watch(Watch.NOTHING));
    }

    private Optional<Histories> histories(Machine machine) {
        return Histories.of(machine, machine.scenario().fatal(), search.maxStates());
    }

    private static String text(Histories.Difference difference, Scenario scenario) {
        List<String> events = new ArrayList<>();
        difference.common().forEach(event -> events.add(Event.text(event)));
        events.add(Event.text(difference.event()));
        return (difference.added() ? "it adds the history" : "it never has the history") + " \""
                + String.join("; ", events) + "\" under " + scenario.fetch().text();
    }

    /** Whether the protocol comes to the statement on a machine; on one that allows all that others allow, if there is one. */
    private boolean executes(Mutation mutation) {
        return machines.stream().filter(this::allowsMost).anyMatch(on -> executes(mutation, on));
    }

    private boolean allowsMost(Machines machine) {
        return machines.stream()
                .noneMatch(other -> other != machine
                        && other.scenario().fetch().allows(machine.scenario().fetch()));
    }

    /** Whether the protocol comes to the statement: if not, its trap is never met. */
    private boolean executes(Mutation mutation, Machines on) {
        Machine trapped = new Machine(on.scenario(), mutation.trap());
        try {
            trapped.initial(new long[trapped.words()]);
        } catch (IllegalArgumentException e) {
            return true;
        }
        CheckOptions options =
                CheckOptions.defaults().lookFor(EnumSet.of(Property.BUG)).search(search);
        Kind kind = Check.search(trapped, options).kind();
        return kind == Kind.VIOLATED || kind == Kind.NO_VIOLATION_WITHIN;
    }
}
