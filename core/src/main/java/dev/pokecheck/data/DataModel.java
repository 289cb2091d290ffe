// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.data;

/** How stores become visible to other CPUs. */
public enum DataModel {
    /** Sequential consistency: at once. An idealisation; for comparison, and for protocols whose data races do not matter. */
    SC("sc", "stores are visible to every CPU at once (sequential consistency)"),
    /** Total store order: through a FIFO buffer of the CPU (Intel SDM vol. 3, "Memory Ordering"; x86-TSO). */
    TSO("tso", "stores wait in a FIFO buffer of their CPU (x86-TSO; Intel SDM vol. 3, \"Memory Ordering\")");

    private final String text;
    private final String assumption;

    DataModel(String text, String assumption) {
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
