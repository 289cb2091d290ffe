// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/**
 * Which times the chunks of one instruction may be seen at. Intel SDM vol. 3, 9.1.3 leaves unsynchronised cross-modifying code
 * model-specific; these models span what it can mean. In the order of declaration {@code COHERENT ⊂ STALE_INSN ⊂ STALE_TAIL,
 * STALE_HEAD ⊂ STALE_CHUNK ⊂ INCOHERENT}: a later model allows all that an earlier one does.
 */
public enum FetchModel {
    /** Every chunk as memory is now: an ideal CPU, and the check that a search is not vacuous. */
    COHERENT("coherent", "instruction fetch always sees memory as it is now (an ideal CPU)"),
    /** All chunks as they were at one common time: a stale decoded instruction. */
    STALE_INSN("stale-insn", "an instruction may be stale but is never a mixture of two times (micro-op cache)"),
    /** The first chunk is not older than the later ones: later bytes were prefetched early. */
    STALE_TAIL("stale-tail", "later chunks of an instruction may be older than its first (prefetch)"),
    /** The first chunk is not newer than the later ones: what is observed on crossing instructions. */
    STALE_HEAD("stale-head", "the first chunk of an instruction may be older than the later ones (split fetch)"),
    /** Each chunk at a time of its own: the architectural worst case. */
    STALE_CHUNK(
            "stale-chunk", "each chunk may be as old as the CPU's last serialization (SDM vol. 3, 9.1.3: worst case)"),
    /** As {@link #STALE_CHUNK}, and serialization does not help: a broken CPU or emulator, for controls only. */
    INCOHERENT(
            "incoherent", "a serializing instruction does not refresh instruction fetch (no real CPU; control only)");

    private final String text;
    private final String assumption;

    FetchModel(String text, String assumption) {
        this.text = text;
        this.assumption = assumption;
    }

    /** Its name in scenarios and on the command line. */
    public String text() {
        return text;
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return assumption;
    }

    /** Whether this model allows all that another does. */
    public boolean allows(FetchModel other) {
        return compareTo(other) >= 0 && !(this == STALE_HEAD && other == STALE_TAIL);
    }

    /** Whether the order in which contents followed each other matters to what may be seen. */
    boolean ordered() {
        return this == STALE_TAIL || this == STALE_HEAD;
    }
}
