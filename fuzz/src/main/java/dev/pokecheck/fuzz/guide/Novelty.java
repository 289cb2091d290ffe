// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.guide;

/** Is told of abstract states that a machine has met for the first time. */
@FunctionalInterface
public interface Novelty {
    /** The machine met this abstract state, and had not before. */
    void met(long state);
}
