// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.protocol.Stmt;
import java.util.Optional;
import java.util.Set;

/**
 * One step of a routine, with all its facets. Each facet is an abstract method, so that a new step cannot forget one.
 *
 * <p>Steps are immutable once their {@link Graph} is made; what changes is in the {@link Host}.
 */
public abstract class Step {
    private final Optional<Stmt> source;
    private final String label;
    private final boolean local;

    /**
     * A step of a statement.
     *
     * @param label the name of the step in schedules; empty if it has none
     * @param local whether it touches only its own context, so that it can be merged into the step before it
     */
    protected Step(Optional<Stmt> source, String label, boolean local) {
        this.source = source;
        this.label = label;
        this.local = local;
    }

    /** The one step of a statement: local if the statement has no label. */
    protected Step(Stmt source) {
        this(Optional.of(source), source.label(), source.label().isEmpty());
    }

    /** The statement that it comes from; empty for the end of a routine and the like. */
    public final Optional<Stmt> source() {
        return source;
    }

    /** Its name in schedules; empty if it has none. */
    public final String label() {
        return label;
    }

    /** Whether it touches only its own context, so that it can be merged into the step before it. */
    public final boolean isLocal() {
        return local;
    }

    /** Whether a routine ends with it. */
    public final boolean isEnd() {
        return ways() == Ways.RETURN;
    }

    /** In how many ways it can be taken. */
    public abstract Ways ways();

    /** Whether it can be taken now. It changes nothing. */
    public abstract boolean ready(Host h);

    /** What it does; called only when it is {@link #ready}. Control then goes to the next step unless it tells the host otherwise. */
    public abstract void run(Host h);

    /** Where control may go. */
    public abstract Flow flow();

    /** What it may read, write and set off. */
    public abstract Footprint footprint();

    /** What a host must offer for it. */
    public abstract Set<Facility> needs();

    /** Its text, and what it waits for. */
    public abstract Words words();

    /** What it finds when it is taken now: the value of a load, the outcome of a comparison; empty if it does not look. */
    public abstract String finds(Host h, ValueText values);
}
