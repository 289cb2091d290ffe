// SPDX-License-Identifier: Apache-2.0
/**
 * The two halves of a fetch model: how far back a CPU may see code that changes, and how the chunks of one instruction may differ in that.
 *
 * <p>A {@link dev.pokecheck.text.fetch.Window} says what moves its beginning: serialization, a fetch, a load. A {@link dev.pokecheck.text.fetch.Shape} says how
 * the times of an instruction's chunks depend on each other, and which histories are one. Neither knows a site or a table: they work on <em>contents</em>,
 * the numbers that stand for what memory has held, oldest first, and on times, which are indices into them. They have no state.
 *
 * <p>A new model is a line in {@link dev.pokecheck.text.FetchModel}: a name for a pair, behind those that it allows. A new window is a line in its enum, a
 * new shape a class. The fuzzer's tables of choices are not lists of all models, so that inputs keep their meaning.
 */
@NullMarked
package dev.pokecheck.text.fetch;

import org.jspecify.annotations.NullMarked;
