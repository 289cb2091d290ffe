// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/**
 * What others can see of a step, for the partial-order reduction: when it need not be interleaved with anything. Each constant says
 * what must be so, besides that the step is ready.
 */
public enum Visibility {
    /** It only waits, and what it waits for cannot cease to be so. */
    WAITS,
    /** It reads shared variables: no other context may write them before it. */
    READS,
    /** It stores to a variable: no other context may access it before, or the store buffer takes it unseen. */
    STORES,
    /** It stores to text: the store buffer takes it unseen. */
    STORES_TEXT,
    /** It updates a variable, locked: no other context may access it before. */
    UPDATES,
    /** Others, or a property, see it. */
    SEEN
}
