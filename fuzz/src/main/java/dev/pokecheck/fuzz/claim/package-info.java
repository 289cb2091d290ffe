// SPDX-License-Identifier: Apache-2.0
/**
 * What protocols promise, so that a violation is a finding, and what a run violates.
 */
@NullMarked
package dev.pokecheck.fuzz.claim;

import org.jspecify.annotations.NullMarked;
