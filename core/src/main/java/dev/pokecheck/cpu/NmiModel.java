// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/** When a further NMI can be delivered while one is handled. */
public enum NmiModel {
    /**
     * From delivery until the next IRET, by whichever handler (SDM vol. 3, "Handling Multiple NMIs"). A breakpoint inside the NMI handler ends the
     * blocking early. The NMI has one stack (IST): a second delivery overwrites the saved frame of the first.
     */
    HARDWARE(
            "hardware", "NMIs are blocked until the next IRET of any handler (SDM vol. 3, \"Handling Multiple NMIs\")"),
    /** Until the outer NMI handler returns: Linux's entry code notices the nesting and repeats the handler afterwards. */
    LATCHED("latched", "a nested NMI is held back until the outer one returns (Linux entry code)"),
    /**
     * From delivery until the ERETS or ERETU of a frame that an NMI has pushed, or until an IRET (FRED: the saved SS says whether the event was an NMI). A
     * breakpoint inside the NMI handler ends nothing. Handlers return without serializing.
     */
    FRED("fred", "NMIs are blocked until the ERETS of an NMI's own frame, which serializes nothing (FRED)");

    private final String text;
    private final String assumption;

    NmiModel(String text, String assumption) {
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
}
