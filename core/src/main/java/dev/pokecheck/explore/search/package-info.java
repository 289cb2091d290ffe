// SPDX-License-Identifier: Apache-2.0
/**
 * The one search loop: {@link dev.pokecheck.explore.search.Search} has {@code Visit} take states off a frontier, in an order that is a parameter, and put what it
 * finds into a store. With it: what ends it (a budget), what it makes of dead ends, the checks after exhaustion (stuck states, livelocks), and the
 * sampler, which runs schedules instead of visiting states.
 */
@NullMarked
package dev.pokecheck.explore.search;

import org.jspecify.annotations.NullMarked;
