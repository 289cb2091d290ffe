// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.schedule;

import java.util.List;

/** A schedule does not fit the system it is replayed on: at which step, what it expected, what was enabled, and likely why. */
public final class ReplayDivergedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int step;
    private final String expected;
    private final transient List<String> enabled;

    private ReplayDivergedException(int step, String expected, List<String> enabled, String cause) {
        super("step " + step + ": expected \"" + expected + "\"; enabled: "
                + (enabled.isEmpty() ? "nothing" : "\"" + String.join("\", \"", enabled) + "\"")
                + "; likely cause: " + cause);
        this.step = step;
        this.expected = expected;
        this.enabled = List.copyOf(enabled);
    }

    static ReplayDivergedException notEnabled(int step, String expected, List<String> enabled) {
        return new ReplayDivergedException(step, expected, enabled, cause(expected, enabled));
    }

    static ReplayDivergedException endedEarly(int step, String expected, Walk.End end) {
        String cause = switch (end) {
            case INCIDENT -> "the run met its incident earlier than when it was recorded; what follows is surplus";
            case COMPLETE -> "everybody is done: the recorded run was longer, or the walk stops at complete states";
            case DEADLOCK -> "the run is deadlocked here, and was not when it was recorded";
            case STEP_BOUND -> "the walk may take no more steps than this";
            case SCHEDULE_END -> "a scheduler around the replay ended the run";
        };
        return new ReplayDivergedException(step, expected, List.of(), cause);
    }

    private static String cause(String expected, List<String> enabled) {
        String nearest = NearMiss.nearest(expected, enabled);
        if (!nearest.isEmpty()) {
            return "a typing error or a renamed step, if \"" + nearest + "\" is meant";
        }
        String agent = firstWord(expected);
        if (enabled.stream().noneMatch(name -> firstWord(name).equals(agent))) {
            return "\"" + agent + "\" cannot move here: it waits, is done, or does not exist in this scenario";
        }
        return "the schedule was recorded with another protocol, scenario or version of the model";
    }

    private static String firstWord(String name) {
        int space = name.indexOf(' ');
        return space < 0 ? name : name.substring(0, space);
    }

    /** The step that does not fit, counted from 1. */
    public int step() {
        return step;
    }

    /** The name that the schedule has there. */
    public String expected() {
        return expected;
    }

    /** The names of what was enabled; empty if the run had ended. */
    public List<String> enabled() {
        return enabled;
    }
}
