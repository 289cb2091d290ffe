// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

/** A trace as text. */
public final class TextTimeline {
    private TextTimeline() {}

    /** The text, lines ended by a newline. */
    public static String of(Trace trace) {
        StringBuilder out = new StringBuilder();
        for (Step step : trace.steps()) {
            out.append(step.number())
                    .append("  ")
                    .append(step.action())
                    .append("   ")
                    .append(step.source());
            step.changes().forEach(change -> out.append("; ").append(change.text()));
            out.append(step.incidents().isEmpty() ? "" : "  " + step.incidents())
                    .append("  " + step.turn().text())
                    .append('\n');
        }
        trace.waits().forEach(line -> out.append(line).append('\n'));
        return out.toString();
    }
}
