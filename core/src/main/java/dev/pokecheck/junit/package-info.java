// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols checked from tests: as assertions that need no test framework ({@link dev.pokecheck.junit.Pokecheck}), and as an extension of JUnit 5
 * ({@link dev.pokecheck.junit.PokeTest}).
 *
 * <p>A check passes only if the search has shown what the test claims. A bound, a sample and a vacuous run show less, and so they fail; a test that is
 * content with less says so by {@link dev.pokecheck.junit.ProtocolCheck#findsNoViolation}. Failures carry the interleaving as text, the file that it was
 * saved in, and the command that shows it again.
 *
 * <p>Only {@code PokeTest} and its extension use JUnit. Who uses them brings junit-jupiter-api; all else of this project runs without.
 */
@NullMarked
package dev.pokecheck.junit;

import org.jspecify.annotations.NullMarked;
