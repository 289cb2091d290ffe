// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Incident;
import dev.pokecheck.view.StateView;
import java.util.List;
import java.util.OptionalInt;

/**
 * What happened in a run.
 *
 * @param protocol the name of the protocol
 * @param scenario the scenario
 * @param start the initial state
 * @param steps the steps
 * @param end how the run stands behind the last of them
 * @param incidents what is wrong at the end: raised by the last step, or shown by the last state
 * @param waits who waits for whom at the end, in words; empty if nobody waits
 * @param loop the number of the step with which a loop begins that ends with the last step and can go on for ever; empty if there is none
 */
public record Trace(
        String protocol,
        Scenario scenario,
        StateView start,
        List<TraceStep> steps,
        End end,
        List<Incident> incidents,
        List<String> waits,
        OptionalInt loop) {
    /** How a run stands at its end. */
    public enum End {
        /** Something went wrong. */
        INCIDENT,
        /** Everybody has done what was asked. */
        COMPLETE,
        /** Nothing that anybody owes is possible, and not everybody is done. */
        DEADLOCK,
        /** It ends in a loop in which nothing completes. */
        LIVELOCK,
        /** It could go on. */
        OPEN
    }

    /** Copies the lists. */
    public Trace {
        steps = List.copyOf(steps);
        incidents = List.copyOf(incidents);
        waits = List.copyOf(waits);
    }

    /** The state at the end. */
    public StateView last() {
        return steps.isEmpty() ? start : steps.get(steps.size() - 1).after();
    }
}
