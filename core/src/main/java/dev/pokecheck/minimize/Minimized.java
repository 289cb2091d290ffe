// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import dev.pokecheck.judge.Livelock;
import dev.pokecheck.judge.Symptom;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.ShownBy;
import java.util.List;
import java.util.OptionalInt;

/** A schedule that was minimised. */
public final class Minimized {
    private final Machine machine;
    private final int[] schedule;
    private final List<String> steps;
    private final Symptom symptom;
    private final Size before;
    private final List<Pass> passes;

    Minimized(Machine machine, int[] schedule, List<String> steps, Symptom symptom, Size before, List<Pass> passes) {
        this.machine = machine;
        this.schedule = schedule.clone();
        this.steps = List.copyOf(steps);
        this.symptom = symptom;
        this.before = before;
        this.passes = List.copyOf(passes);
    }

    /** The machine, without reduction, that the schedule belongs to. */
    public Machine machine() {
        return machine;
    }

    /** Its scenario. */
    public Scenario scenario() {
        return machine.scenario();
    }

    /** Of a livelock, how many steps lead to the loop that the others are; empty for all other violations. */
    public OptionalInt loop() {
        return symptom.property().shownBy() == ShownBy.LOOP ? Livelock.start(machine, schedule) : OptionalInt.empty();
    }

    /** A copy of the actions from the initial state on; the last of them violates the property, or closes the loop that does. */
    public int[] schedule() {
        return schedule.clone();
    }

    /** Their names. */
    public List<String> steps() {
        return steps;
    }

    /** What the violation looks like now. */
    public Symptom symptom() {
        return symptom;
    }

    /** The size of what was given. */
    public Size before() {
        return before;
    }

    /** The size of what it has become. */
    public Size after() {
        return Size.of(scenario(), schedule);
    }

    /** What the passes did, in their order. */
    public List<Pass> passes() {
        return passes;
    }
}
