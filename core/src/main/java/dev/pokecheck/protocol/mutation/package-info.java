// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols with one statement changed, for the question which statements a protocol needs.
 *
 * <p>{@link dev.pokecheck.protocol.mutation.Mutations} makes all {@link dev.pokecheck.protocol.mutation.Mutation}s of a protocol. What can be
 * done to a statement stands in one class, with a method for each statement; what two statements touch decides whether changing their places can
 * make a difference at all. Where a statement was recorded tells copies of one statement from other statements.
 */
@NullMarked
package dev.pokecheck.protocol.mutation;

import org.jspecify.annotations.NullMarked;
