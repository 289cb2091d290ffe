// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text.fetch;

import java.util.Arrays;

/**
 * How far back a fetch may see: one of the two halves of a fetch model. A window begins at a time that the CPU moves forward, and ends now. Each
 * window is listed behind all that lie inside it: {@code NOW ⊂ IN_ORDER ⊂ FETCH_ORDER ⊂ SERIALIZED ⊂ FOREVER}.
 */
public enum Window {
    /** It is the present: an ideal CPU, and the check that a search is not vacuous. */
    NOW("now", "instruction fetch always sees memory as it is now (an ideal CPU)"),

    /**
     * It begins at the CPU's last older load or fetch, of whatever address: a fetch is a load in program order. Of locked operations the read counts
     * only where the profile says that they order a later fetch. It was measured on all CPUs that were tried, and no manual promises it.
     */
    IN_ORDER(
            "in-order",
            "a fetch sees nothing older than what the CPU's last older load or fetch has seen (measured; no manual promises it)"),

    /**
     * It begins at the CPU's last older fetch, from whatever address; loads never count. AMD APM vol. 2, 7.6.1: stores reach fetchers in program
     * order, and these read sequentially between taken branches; after a flag that is read as data a serializing instruction is still needed.
     */
    FETCH_ORDER(
            "fetch-order",
            "a fetch sees nothing older than what the CPU's last older fetch has seen (AMD APM vol. 2, 7.6.1)"),

    /** It begins when the CPU last serialized. */
    SERIALIZED(
            "serialized",
            "a fetch may see what is as old as the CPU's last serialization (SDM vol. 3, \"Handling Self- and Cross-Modifying Code\": worst case)"),

    /** It begins at the start, and serialization does not help: a broken CPU or emulator, for controls only. */
    FOREVER("forever", "a serializing instruction does not refresh instruction fetch (no real CPU; control only)");

    private final String text;
    private final String assumption;

    Window(String text, String assumption) {
        this.text = text;
        this.assumption = assumption;
    }

    /** Its name in profiles. */
    public String text() {
        return text;
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return assumption;
    }

    /** Whether a fetch can see anything but memory as it is now. */
    public boolean reachesBack() {
        return this != NOW;
    }

    /** Whether serialization moves its beginning to the present. */
    public boolean endsBySerialization() {
        return this != FOREVER;
    }

    /** Whether a load moves its beginning to the present. */
    public boolean endsByLoad() {
        return this == IN_ORDER;
    }

    /** Whether a fetch moves its beginning, for all sites, so that these have their times in common. */
    public boolean movesByFetch() {
        return this == IN_ORDER || this == FETCH_ORDER;
    }

    /** Whether no real CPU does this. */
    public boolean isControl() {
        return this == FOREVER;
    }

    /** Whether this window reaches back as far as another, or farther. */
    public boolean contains(Window other) {
        return compareTo(other) >= 0;
    }

    /** The contents that count after a store, oldest first. */
    public long[] stored(long[] contents, long content) {
        if (!reachesBack()) {
            return new long[] {content};
        }
        long[] more = Arrays.copyOf(contents, contents.length + 1);
        more[contents.length] = content;
        return more;
    }
}
