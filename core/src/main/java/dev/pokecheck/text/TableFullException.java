// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/**
 * A table of a machine would have to hold more than it may ({@link TableRoom}), so that a step cannot be taken, or what a state enables
 * cannot be listed. Nothing is wrong with machine or protocol: it is the bound of a search or a run, and whoever makes one reports it as
 * such. The state that the step was applied to is undefined from then on; the table is as it was, and all that it holds can still be
 * used.
 */
public final class TableFullException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String bound;

    /**
     * @param owner whose table it is
     * @param what what it holds, in the plural
     * @param size how many of them it holds
     */
    TableFullException(String owner, String what, int size) {
        this("the table of " + what + " of " + owner + " (full with " + size + ")");
    }

    /**
     * The stack of contexts of a CPU, which is a table like any other.
     *
     * @param depth how many contexts it holds
     */
    public static TableFullException stack(int cpu, int depth) {
        return new TableFullException("the stack of contexts of cpu" + cpu + " (full with " + depth + ", see --depth)");
    }

    private TableFullException(String bound) {
        super(bound + " has no room for the next step");
        this.bound = bound;
    }

    /** Which table it is, as a noun phrase: what a verdict calls the bound. */
    public String bound() {
        return bound;
    }
}
