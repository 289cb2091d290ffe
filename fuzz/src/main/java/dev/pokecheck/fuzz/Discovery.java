// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.fuzz.claim.Claims;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import java.util.Optional;

/**
 * A violation that an input leads to.
 *
 * @param property what is violated
 * @param claim what the protocol promises in the scenario, if that is violated: {@link Claims}
 * @param cause why, as far as one run tells
 * @param entry the run as an entry of the corpus, not minimised
 */
public record Discovery(Property property, Optional<Level> claim, Cause cause, Entry entry) {
    /** Whether the protocol promises that this does not happen. */
    public boolean promised() {
        return claim.isPresent();
    }
}
