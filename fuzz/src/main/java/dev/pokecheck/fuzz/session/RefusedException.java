// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

/** A session was asked for something that there is not, or that cannot be done here: what is wrong, and what would be right. */
final class RefusedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    RefusedException(String problem) {
        super(problem);
    }

    RefusedException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
