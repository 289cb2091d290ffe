// SPDX-License-Identifier: Apache-2.0
/**
 * The exact sets of visited states: plain rows, packed rows, and rows whose parts are each kept once. All of them give states numbers in the order
 * in which they come, and none allocates for a state that it knows.
 */
@NullMarked
package dev.pokecheck.explore.store;

import org.jspecify.annotations.NullMarked;
