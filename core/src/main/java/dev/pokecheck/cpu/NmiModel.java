// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/** When a further NMI can be delivered while one is handled. */
public enum NmiModel {
    /**
     * From delivery until the next IRET, by whichever handler (SDM vol. 3, 6.7.1). A breakpoint inside the NMI handler ends the
     * blocking early. The NMI has one stack (IST): a second delivery overwrites the saved frame of the first.
     */
    HARDWARE("hardware", "NMIs are blocked until the next IRET of any handler (SDM vol. 3, 6.7.1)"),
    /** Until the outer NMI handler returns: Linux's entry code notices the nesting and repeats the handler afterwards. */
    LATCHED("latched", "a nested NMI is held back until the outer one returns (Linux entry code)");

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
