// SPDX-License-Identifier: Apache-2.0
/**
 * Sequences of patch calls over several sites, run on the machine and judged a second time by a {@link dev.pokecheck.fuzz.sequence.Reference}
 * that is as plain as can be: it knows the bytes of versions, hears the names of steps, and nothing else. Where the two differ one of them is
 * wrong.
 *
 * <p>What the reference cannot see it takes from the machine: which bytes a fetch saw, and what memory holds at the end. Whether those bytes were
 * possible is the business of the litmus tests of {@code core}.
 */
@NullMarked
package dev.pokecheck.fuzz.sequence;

import org.jspecify.annotations.NullMarked;
