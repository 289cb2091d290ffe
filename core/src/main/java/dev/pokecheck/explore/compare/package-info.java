// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols against one another: the mutants of a protocol, and the histories (executions as reads, patch calls as writes) by which a mutant that breaks
 * nothing is told from one that cannot be told apart.
 */
@NullMarked
package dev.pokecheck.explore.compare;

import org.jspecify.annotations.NullMarked;
