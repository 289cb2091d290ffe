// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

/** How runs are picked. */
public enum SchedulerKind {
    EXHAUSTIVE("exhaustive"),
    RANDOM("random"),
    PCT("pct");

    private final String text;

    SchedulerKind(String text) {
        this.text = text;
    }

    /** The name that users give. */
    public String text() {
        return text;
    }
}
