// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/** What a CPU has to execute between its own store to code and a fetch that is sure to see it. */
public enum SelfModification {
    /** Nothing: AMD APM vol. 2, 7.6.1. */
    NONE("none", "a CPU fetches what it has stored"),
    /** A taken jump or a serializing instruction: Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code". */
    JUMP("jump", "a CPU fetches what it has stored after a jump"),
    /** A serializing instruction: Intel SDM vol. 3, "Self-Modifying Code", for a store by another linear address than that of the fetch. */
    SERIALIZE("serialize", "a CPU fetches what it has stored after a serializing instruction");

    private final String text;
    private final String assumption;

    SelfModification(String text, String assumption) {
        this.text = text;
        this.assumption = assumption;
    }

    /** Its name in profiles and scenarios. */
    public String text() {
        return text;
    }

    /** What it assumes, as a run prints it. */
    public String assumption() {
        return assumption;
    }
}
