// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

/** What came of one target, for the summary; it grows while the target is fuzzed. */
final class TargetReport {
    private final FuzzTarget target;
    private final TargetFigures figures = new TargetFigures();
    private long inputsBefore;
    private long inputsAfter;
    private String canary = "not looked for";

    TargetReport(FuzzTarget target) {
        this.target = target;
    }

    FuzzTarget target() {
        return target;
    }

    TargetFigures figures() {
        return figures;
    }

    /** The corpus had so many inputs, and has so many now. */
    void inputs(long before, long after) {
        inputsBefore = before;
        inputsAfter = after;
    }

    long inputsBefore() {
        return inputsBefore;
    }

    long inputsAfter() {
        return inputsAfter;
    }

    /** What there is to say of the canary. */
    void canary(String what) {
        canary = what;
    }

    String canary() {
        return canary;
    }
}
