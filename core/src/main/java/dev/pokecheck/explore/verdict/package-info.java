// SPDX-License-Identifier: Apache-2.0
/**
 * From a question to a verdict: {@link dev.pokecheck.explore.verdict.Check} asks the search what a level or a property needs, and says what was shown, never
 * more. Shortcuts make what was found shorter.
 */
@NullMarked
package dev.pokecheck.explore.verdict;

import org.jspecify.annotations.NullMarked;
