// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.property.Property;

/**
 * A violation that an input leads to.
 *
 * @param property what is violated
 * @param promised whether the protocol promises that this does not happen: {@link Claims}
 * @param cause why, as far as one run tells
 * @param entry the run as an entry of the corpus, not minimised
 */
public record Violation(Property property, boolean promised, Cause cause, Entry entry) {}
