// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.syntax;

import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import java.util.Optional;

/**
 * A variable, a parameter, or a declaration of one.
 *
 * @param at its name, where it is declared
 * @param type its type
 * @param storage how long it lives and who sees it
 * @param range which values it has, if the author says so
 * @param initializer what it is at first
 * @param isConst whether it never is anything else
 */
public record Variable(
        Token at,
        CType type,
        Storage storage,
        Optional<Range> range,
        Optional<Initializer> initializer,
        boolean isConst) {
    /** How long it lives. */
    public enum Storage {
        /** As long as its block. */
        AUTOMATIC,
        /** For ever. */
        STATIC,
        /** For ever, defined elsewhere. */
        EXTERN,
        /** For ever, one for each CPU. */
        PER_CPU
    }

    /** Values from {@code min} to {@code max}. */
    public record Range(long min, long max) {}

    /** Its name. */
    public String name() {
        return at.text();
    }
}
