// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/** What the repaired {@code text_poke_late} does differently from the RFC, one by one. */
enum Change {
    /** {@code sync_ack_map} is cleared before the new state is published, not after it. */
    CLEAR_BEFORE_STATE
}
