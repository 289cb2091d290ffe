// SPDX-License-Identifier: Apache-2.0
/** Named predicates on runs, consistency levels, and what a violation means. */
@NullMarked
package dev.pokecheck.property;

import org.jspecify.annotations.NullMarked;
