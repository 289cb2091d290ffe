// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Entry;
import dev.pokecheck.property.Property;
import dev.pokecheck.property.Symptom;

/**
 * A violation that an input leads to.
 *
 * @param property what is violated
 * @param promised whether the protocol promises that this does not happen: {@link Claims}
 * @param symptom what it looks like from outside
 * @param entry the run as an entry of the corpus, not minimised
 */
public record Violation(Property property, boolean promised, Symptom symptom, Entry entry) {}
