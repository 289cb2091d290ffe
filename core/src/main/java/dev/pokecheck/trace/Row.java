// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.protocol.Origin;
import java.util.List;
import java.util.Optional;

/**
 * What a timeline shows in one row: a step, or the pieces of one text store that follow each other.
 *
 * @param steps the steps, at least one; several are pieces of one text store
 * @param beginsLoop whether a loop begins here that goes on for ever
 * @param path the functions of the source that the row belongs to, where they are not those of the row before on its CPU: those that differ,
 *     outermost first; empty if nothing has changed
 * @param source what is done: the statement in the words of C, or the event
 * @param tail what the statement found or changed; empty if there is nothing to say
 * @param text the bytes of sites in memory that changed, before the row and behind it
 * @param details what else changed, a phrase each
 * @param other what is to be said of the CPU that moved before, if it is another
 */
public record Row(
        List<TraceStep> steps,
        boolean beginsLoop,
        List<String> path,
        String source,
        String tail,
        List<StateChange> text,
        List<String> details,
        Optional<Other> other) {
    /** Copies the lists. */
    public Row {
        steps = List.copyOf(steps);
        path = List.copyOf(path);
        text = List.copyOf(text);
        details = List.copyOf(details);
    }

    /**
     * Why another CPU does not go on.
     *
     * @param cpu the CPU
     * @param why what it waits for, or that it is done; empty where it could have gone on and the schedule chose otherwise
     */
    public record Other(int cpu, String why) {}

    /** The first step. */
    public TraceStep first() {
        return steps.get(0);
    }

    /** The last step, which may be the first. */
    public TraceStep last() {
        return steps.get(steps.size() - 1);
    }

    /** The CPU that moves. */
    public int cpu() {
        return first().cpu();
    }

    /** What a reader is told of where the statement comes from: {@code it.c:14}; empty if nothing is. */
    public String place() {
        return first().origin().filter(Origin::isForReaders).map(Origin::place).orElse("");
    }

    /** The number of the step, or the first and the last number. */
    public String number() {
        String number = Integer.toString(first().number());
        return steps.size() == 1 ? number : number + "-" + last().number();
    }
}
