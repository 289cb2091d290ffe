// SPDX-License-Identifier: Apache-2.0
/**
 * Statements as steps: the control-flow graph of a protocol, and of each step all that anybody wants to know.
 *
 * <p>A {@link dev.pokecheck.step.Step} is one operation with all its facets: when it can be taken, what it does, where control goes, what it may
 * touch, what it needs of a {@link dev.pokecheck.step.Host}, and its words. They are abstract and have no defaults, so that an operation cannot
 * be half known. The room {@code op} has one class for each, and {@code Lowering}, which makes a {@link dev.pokecheck.step.Graph} of a recorded
 * protocol.
 *
 * <p>What a step does, it does by primitives of its host, which are those of a CPU: load, store, serialize, request a synchronisation. The machine of
 * the search is one host; JVM threads are another.
 *
 * <p>Order matters: steps are numbered as statements come, and that number is part of packed states.
 */
@NullMarked
package dev.pokecheck.step;

import org.jspecify.annotations.NullMarked;
