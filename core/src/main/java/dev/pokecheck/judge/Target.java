// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.judge;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.machine.ActionList;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.ShownBy;
import dev.pokecheck.view.StateView;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.BiPredicate;
import java.util.function.UnaryOperator;

/**
 * What a smaller schedule must show to show <em>the same</em> violation:
 * <ul>
 *   <li>an incident: the same {@link Incident}, raised by a step in the same stack of contexts, in the same phase of the
 *       patching of the site that the step is about, if it is about one;
 *   <li>a deadlock: the same contexts wait at the same labels;
 *   <li>a livelock: CPUs go round in, or stay in, the same stacks of contexts, wherever in the loop it is entered;
 *   <li>a state from which nothing can be completed any more: the CPUs that are not done have the same stacks of contexts. Nobody need wait
 *       there, so that there are no labels to speak of.
 * </ul>
 *
 * <p>The phase is part of it because a protocol may lack two steps at once and be torn in two phases: the shortest violation of the property
 * would hide the other one. {@link #inAnyPhase} leaves it out, for those who want the shortest. The number of the site is not part of it: sites
 * are dropped, and what is left is numbered anew.
 */
public final class Target {
    /** The sorts of targets. */
    public enum Kind {
        /** A step that raises an incident. */
        INCIDENT,
        /** A state that is not complete and in which nothing is owed by anybody who can move. */
        DEADLOCK,
        /** A state from which no complete one can be reached. */
        STUCK,
        /** A fair loop, at the end of the schedule, in which nothing completes. */
        LIVELOCK
    }

    private static final int ANY_PHASE = -1;

    /** The phase of a deadlock that is to be at its labels. */
    private static final int LABELS = -2;

    private final Kind kind;
    private final Property property;
    private final long incident;
    private final long contexts;
    private final int phase;
    private final String waits;
    private final String stacks;
    private final BiPredicate<Machine, long[]> stuck;

    private Target(
            Kind kind,
            Property property,
            long incident,
            long contexts,
            int phase,
            String waits,
            String stacks,
            BiPredicate<Machine, long[]> stuck) {
        this.kind = kind;
        this.property = property;
        this.incident = incident;
        this.contexts = contexts;
        this.phase = phase;
        this.waits = waits;
        this.stacks = stacks;
        this.stuck = stuck;
    }

    /**
     * The first violation of a property that a schedule comes to.
     *
     * @param target the violation
     * @param steps how many steps lead to it
     */
    public record Sighting(Target target, int steps) {}

    /**
     * Looks for the first violation of a property along a schedule. What lies behind another incident that ends executions does not count.
     *
     * @param machine a machine without reduction
     * @param schedule actions from the initial state on, each enabled when its turn comes
     * @param stuck whether no complete state can be reached from a state of a machine; asked of the last state only, for a deadlock
     * @return the violation; empty if the schedule comes to none
     */
    public static Optional<Sighting> first(
            Machine machine, int[] schedule, Property property, BiPredicate<Machine, long[]> stuck) {
        if (property.shownBy() == ShownBy.LOOP) {
            return livelock(machine, schedule, property);
        }
        long[] state = new long[machine.words()];
        long[] before = new long[machine.words()];
        ActionList enabled = new ActionList();
        machine.initial(state);
        for (int i = 0; i < schedule.length; i++) {
            System.arraycopy(state, 0, before, 0, state.length);
            long raised = machine.apply(state, schedule[i]) | machine.inspect(state);
            long found = raised & property.bits();
            if (found != 0) {
                return Optional.of(new Sighting(incident(machine, before, schedule[i], property, found), i + 1));
            }
            if ((raised & machine.scenario().fatal()) != 0) {
                return Optional.empty();
            }
            if (property.shownBy() == ShownBy.LAST_STATE && isDeadlock(machine, state, enabled)) {
                StateView view = new StateView(machine, state);
                Target target = new Target(
                        Kind.DEADLOCK,
                        property,
                        0,
                        0,
                        LABELS,
                        Symptom.waits(view, true),
                        Symptom.waits(view, false),
                        stuck);
                return Optional.of(new Sighting(target, i + 1));
            }
        }
        if (property.shownBy() == ShownBy.LAST_STATE && !machine.complete(state) && stuck.test(machine, state)) {
            String stacks = Symptom.stacks(machine, state);
            return Optional.of(new Sighting(
                    new Target(Kind.STUCK, property, 0, 0, ANY_PHASE, "", stacks, stuck), schedule.length));
        }
        return Optional.empty();
    }

    private static Optional<Sighting> livelock(Machine machine, int[] schedule, Property property) {
        OptionalInt from = Livelock.start(machine, schedule);
        if (from.isEmpty()) {
            return Optional.empty();
        }
        String stacks = Symptom.loop(machine, schedule, from.getAsInt());
        return Optional.of(new Sighting(
                new Target(Kind.LIVELOCK, property, 0, 0, ANY_PHASE, "", stacks, (any, state) -> false),
                schedule.length));
    }

    private static Target incident(Machine machine, long[] before, int action, Property property, long found) {
        int site = machine.concerned(before, action);
        return new Target(
                Kind.INCIDENT,
                property,
                Long.lowestOneBit(found),
                machine.contexts(before, ActionKind.cpu(action)),
                site < 0 ? ANY_PHASE : machine.phase(before, site),
                "",
                "",
                (any, state) -> false);
    }

    /** The same in whatever phase of the patching; of a deadlock, at whatever labels the same contexts wait. */
    public Target inAnyPhase() {
        return new Target(kind, property, incident, contexts, ANY_PHASE, waits, stacks, stuck);
    }

    /** The same where the labels of the protocol have other names. */
    public Target renamed(UnaryOperator<String> names) {
        return new Target(kind, property, incident, contexts, phase, names.apply(waits), stacks, stuck);
    }

    /** Its sort. */
    public Kind kind() {
        return kind;
    }

    /** The property that it violates. */
    public Property property() {
        return property;
    }

    /** Whether what was raised ends a run: executions mean nothing behind it, or the property is violated, if elsewhere. */
    public boolean isEnd(Machine machine, long raised) {
        return (raised & (machine.scenario().fatal() | property.bits())) != 0;
    }

    /**
     * Whether a step shows an incident that is this one.
     *
     * @param raised what {@link Machine#apply} and {@link Machine#inspect} have said of the step
     */
    public boolean isShownBy(Machine machine, long[] before, int action, long raised) {
        if ((raised & incident) == 0 || machine.contexts(before, ActionKind.cpu(action)) != contexts) {
            return false;
        }
        if (phase == ANY_PHASE) {
            return true;
        }
        int site = machine.concerned(before, action);
        return site >= 0 && machine.phase(before, site) == phase;
    }

    /** Whether a state is the deadlock that this is; {@code enabled} is scratch space. */
    public boolean isDeadlockOf(Machine machine, long[] state, ActionList enabled) {
        if (kind != Kind.DEADLOCK || !isDeadlock(machine, state, enabled)) {
            return false;
        }
        boolean labels = phase == LABELS;
        return Symptom.waits(new StateView(machine, state), labels).equals(labels ? waits : stacks);
    }

    private static boolean isDeadlock(Machine machine, long[] state, ActionList enabled) {
        machine.enabled(state, enabled);
        return machine.isDeadEnd(state, enabled);
    }

    /** Whether a state is one from which nothing can be completed any more, if that is what this is. It may cost a search. */
    public boolean isStuckAt(Machine machine, long[] state) {
        return kind == Kind.STUCK
                && !machine.complete(state)
                && Symptom.stacks(machine, state).equals(stacks)
                && stuck.test(machine, state);
    }

    /** Whether a schedule ends with the livelock that this is. */
    public boolean isLivelockOf(Machine machine, int[] schedule) {
        if (kind != Kind.LIVELOCK) {
            return false;
        }
        OptionalInt from = Livelock.start(machine, schedule);
        return from.isPresent()
                && Symptom.loop(machine, schedule, from.getAsInt()).equals(stacks);
    }
}
