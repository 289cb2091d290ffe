// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.view.StateView.Shared;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** How a shared variable came to its value. */
final class History {
    private static final int LAST = 5;

    private History() {}

    /** The last changes of a variable, in order, each with its step. */
    static List<String> writes(Trace trace, String name) {
        List<String> all = new ArrayList<>();
        for (TraceStep step : trace.steps()) {
            for (StateChange change : step.changes(StateChange.Kind.VARIABLE)) {
                if (change.what().equals(name)) {
                    all.add(String.format(
                            Locale.ROOT,
                            "step %3d  %-9s  %s \u2192 %s   %s",
                            step.number(),
                            step.before().cpus().get(step.cpu()).name(),
                            change.old(),
                            change.now(),
                            step.source()));
                }
            }
        }
        return all.subList(Math.max(0, all.size() - LAST), all.size());
    }

    /** The step that changed a variable last; empty if none did. */
    static String lastWrite(Trace trace, String name) {
        String found = "";
        for (TraceStep step : trace.steps()) {
            for (StateChange change : step.changes(StateChange.Kind.VARIABLE)) {
                if (change.what().equals(name)) {
                    found = "step " + step.number() + ", cpu" + step.cpu();
                }
            }
        }
        return found;
    }

    /** The value of a variable at the end. */
    static String value(Trace trace, String name) {
        return trace.last().variables().stream()
                .filter(variable -> variable.name().equals(name))
                .map(Shared::text)
                .findFirst()
                .orElse("");
    }
}
