// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

/** A session was asked for something that there is not, or that cannot be done here: what is wrong, and what would be right. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String problem) {
        super(problem);
    }

    UsageException(String problem, Throwable cause) {
        super(problem, cause);
    }
}
