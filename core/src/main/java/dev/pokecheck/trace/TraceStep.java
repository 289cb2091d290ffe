// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.machine.ActionKind;
import dev.pokecheck.property.Incident;
import dev.pokecheck.protocol.Origin;
import dev.pokecheck.view.StateView;
import dev.pokecheck.view.StateView.Context;
import java.util.List;
import java.util.Optional;

/**
 * One step of a trace.
 *
 * @param number its number, from 1, as in the schedule
 * @param cpu the CPU
 * @param kind the kind of action
 * @param action its name in schedules
 * @param source what it does: the statement in the words of C, or the event
 * @param outcome what the statement found; empty if it did not look
 * @param piece the piece of a text store that it brings to memory; empty if it is no piece
 * @param fetched what was fetched, if something was
 * @param changes what changed
 * @param incidents what went wrong
 * @param turn why it is the turn of this CPU
 * @param before the state before
 * @param after the state after
 */
public record TraceStep(
        int number,
        int cpu,
        ActionKind kind,
        String action,
        String source,
        String outcome,
        String piece,
        Optional<FetchedCode> fetched,
        List<StateChange> changes,
        List<Incident> incidents,
        Turn turn,
        StateView before,
        StateView after) {
    /** Copies the lists. */
    public TraceStep {
        changes = List.copyOf(changes);
        incidents = List.copyOf(incidents);
    }

    /** The context that was on top before the step. */
    public Context context() {
        return before.cpus().get(cpu).top();
    }

    /** The contexts that were on the stack of the CPU before the step, from the thread up. */
    public List<Context> contexts() {
        return before.cpus().get(cpu).contexts();
    }

    /** Where the statement comes from that it executes; empty for what hardware does by itself, and for statements that are none of the author's. */
    public Optional<Origin> origin() {
        return switch (kind) {
            case STEP, FETCH, CALLEE, RETURN -> context().origin();
            case IRET, DRAIN, NMI, NMI_SENT, IRQ, MC, IPI, CALL, STOP, SUSPEND, LEAVE -> Optional.empty();
        };
    }

    /** The changes of one kind. */
    public List<StateChange> changes(StateChange.Kind kindOfChange) {
        return changes.stream().filter(change -> change.kind() == kindOfChange).toList();
    }
}
