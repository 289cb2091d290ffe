// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

import org.jspecify.annotations.Nullable;

/**
 * Asked every few thousand transitions whether the search may go on. Limits of time and memory come in here, as the search
 * itself has no clock.
 */
@FunctionalInterface
public interface Budget {

    /** Never spent. */
    Budget UNLIMITED = () -> null;

    /** What is spent, in words for the report, or null to go on. */
    @Nullable
    String spent();
}
