// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cli.run;

import java.util.function.Supplier;

/** The user asked for something that cannot be done: where, and what could be. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** Complains; the message begins with the place, an option or a file. */
    public UsageException(String message) {
        super(message);
    }

    /** What a call returns, with its complaint about an argument turned into one about the place that the argument came from. */
    public static <T> T at(String place, Supplier<T> call) {
        try {
            return call.get();
        } catch (IllegalArgumentException e) {
            throw new UsageException(place + ": " + e.getMessage());
        }
    }
}
