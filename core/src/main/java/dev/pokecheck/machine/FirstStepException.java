// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.property.Incidents;
import dev.pokecheck.protocol.CText;
import dev.pokecheck.step.Step;

/** A protocol fails in a step that comes before all that can be interleaved, so that there is no run to show. */
public final class FirstStepException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String statement;

    /**
     * @param incidents what went wrong
     * @param pc the step
     */
    FirstStepException(MachineTables tables, long incidents, int pc) {
        super(tables.protocol.name() + " fails before its first step: "
                + Incidents.first(incidents).text() + ", in " + quoted(tables.graph.step(pc)));
        statement = text(tables.graph.step(pc));
    }

    private static String quoted(Step step) {
        return "\"" + text(step) + "\"" + (step.label().isEmpty() ? "" : " (" + step.label() + ")");
    }

    private static String text(Step step) {
        return step.words().text(CText::of);
    }

    /** The statement that fails, in the words of C. */
    public String statement() {
        return statement;
    }
}
