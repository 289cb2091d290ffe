// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import dev.pokecheck.explore.verdict.Verdict;

/** The exit codes, from the most harmless to the worst. */
public enum ExitCode {
    HOLDS(0, "holds"),
    INCONCLUSIVE(4, "inconclusive: a bound was reached, or a sample, or a vacuous run"),
    VIOLATED(1, "violated"),
    DIVERGED(5, "a replay diverged"),
    USAGE(2, "usage"),
    INTERNAL_ERROR(3, "internal error");

    private final int number;
    private final String meaning;

    ExitCode(int number, String meaning) {
        this.number = number;
        this.meaning = meaning;
    }

    /** What the process ends with. */
    public int number() {
        return number;
    }

    /** What it means, in the words of the help. */
    public String meaning() {
        return meaning;
    }

    /** The worse of two, which is that of both together. */
    public ExitCode worse(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** That of a verdict. */
    public static ExitCode of(Verdict.Kind kind) {
        return switch (kind) {
            case HOLDS -> HOLDS;
            case VIOLATED -> VIOLATED;
            case NO_VIOLATION_WITHIN, SAMPLED, VACUOUS -> INCONCLUSIVE;
        };
    }
}
