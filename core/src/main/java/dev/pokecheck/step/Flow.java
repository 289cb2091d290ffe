// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/**
 * Where control may go from a step.
 *
 * @param goesOn whether it may go to the next step
 * @param target the number of another step to which it may go, or {@link #NOWHERE}
 */
public record Flow(boolean goesOn, int target) {
    /** No other step. */
    public static final int NOWHERE = -1;

    /** To the next step. */
    public static final Flow ON = new Flow(true, NOWHERE);

    /** The routine ends here. */
    public static final Flow END = new Flow(false, NOWHERE);

    /** To another step. */
    public static Flow to(int target) {
        return new Flow(false, target);
    }

    /** To the next step, or to another. */
    public static Flow onOrTo(int target) {
        return new Flow(true, target);
    }
}
