// SPDX-License-Identifier: Apache-2.0
/**
 * What a CPU may see of code that changes: one class per fetch rule.
 *
 * <p>A {@link dev.pokecheck.text.fetch.FetchRule} has every facet of a fetch model, all of them abstract, so that none can be forgotten: how the
 * times of an instruction's chunks depend on each other, what a store adds to a history, what a serializing instruction takes from it, which
 * histories are one, and what the model is called. A rule knows no site and no table: it works on <em>contents</em>, the numbers that stand for
 * what memory has held, oldest first, and on times, which are indices into them. A rule has no state; there is one object of each.
 *
 * <p>To add a rule, write its class here and name it in {@link dev.pokecheck.text.FetchModel}, behind those that it includes. The fuzzer's tables
 * of choices are not lists of all models, so that inputs keep their meaning.
 */
@NullMarked
package dev.pokecheck.text.fetch;

import org.jspecify.annotations.NullMarked;
