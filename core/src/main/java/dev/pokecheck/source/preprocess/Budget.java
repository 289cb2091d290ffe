// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;

/** How much reading one file may cost: tokens that are read or brought by macros. */
final class Budget {
    private final int most;
    private int spent;

    Budget(int most) {
        this.most = most;
    }

    /** How many have been. */
    int spent() {
        return spent;
    }

    /** Whether so many more are too many. */
    boolean isExceededBy(int tokens) {
        return tokens > most - spent;
    }

    /** So many more, because of a token. */
    void spend(int tokens, Token because) {
        spent += tokens;
        if (spent > most || spent < 0) {
            throw because.wrong(
                    "with what it includes and with all macros expanded, this is more than " + most + " tokens",
                    "a macro may double itself; or cut what is not needed");
        }
    }
}
