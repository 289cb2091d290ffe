// SPDX-License-Identifier: Apache-2.0
/**
 * The operations, one class each, and {@link dev.pokecheck.step.op.Lowering}, which makes them of statements. Nobody else knows one by name.
 */
@NullMarked
package dev.pokecheck.step.op;

import org.jspecify.annotations.NullMarked;
