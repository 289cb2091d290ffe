// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

/** How values of shared variables are written. */
@FunctionalInterface
public interface ValueText {
    /**
     * The text of a value.
     *
     * @param variable the number of the variable
     */
    String of(int variable, int value);
}
