// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A step with a fault: it does nothing, or its host is another. */
final class ChangedStep extends Step {
    private final Step step;
    private final UnaryOperator<Host> host;
    private final boolean runs;

    private ChangedStep(Step step, UnaryOperator<Host> host, boolean runs) {
        super(step.source(), step.label(), step.isLocal());
        this.step = step;
        this.host = host;
        this.runs = runs;
    }

    /** A step that does nothing. */
    static Step idle(Step step) {
        return new ChangedStep(step, host -> host, false);
    }

    /** A step on another host. */
    static Step on(UnaryOperator<Host> host, Step step) {
        return new ChangedStep(step, host, true);
    }

    @Override
    public Ways ways() {
        return step.ways();
    }

    @Override
    public boolean ready(Host h) {
        return step.ready(host.apply(h));
    }

    @Override
    public void run(Host h) {
        if (runs) {
            step.run(host.apply(h));
        }
    }

    @Override
    public Flow flow() {
        return step.flow();
    }

    @Override
    public Footprint footprint() {
        return step.footprint();
    }

    @Override
    public Set<Facility> needs() {
        return step.needs();
    }

    @Override
    public Words words() {
        return step.words();
    }

    @Override
    public String finds(Host h, ValueText values) {
        return step.finds(host.apply(h), values);
    }
}
