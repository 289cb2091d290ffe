// SPDX-License-Identifier: Apache-2.0
/** Coverage-guided fuzzing of the model and its readers. */
@NullMarked
package dev.pokecheck.fuzz;

import org.jspecify.annotations.NullMarked;
