// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli;

import dev.pokecheck.explore.Verdict;

/** The exit codes, from the most harmless to the worst. */
enum ExitCode {
    HOLDS(0),
    INCONCLUSIVE(4),
    VIOLATED(1),
    DIVERGED(5),
    USAGE(2),
    INTERNAL_ERROR(3);

    private final int number;

    ExitCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    ExitCode worse(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    static ExitCode of(Verdict.Kind kind) {
        return switch (kind) {
            case HOLDS -> HOLDS;
            case VIOLATED -> VIOLATED;
            case NO_VIOLATION_WITHIN, SAMPLED, VACUOUS -> INCONCLUSIVE;
        };
    }
}
