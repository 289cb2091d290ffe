// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.explore.search;

/** What a search does about a dead end: a state that enables nothing and is not complete. */
public enum DeadEndPolicy {
    /** Counts it. */
    IGNORE,
    /** Counts it, and reports the first. */
    RECORD,
    /** Reports the first, and ends there. */
    STOP
}
