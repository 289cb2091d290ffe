// SPDX-License-Identifier: Apache-2.0
/**
 * What a long search writes down to go on later: values in order, and when it is time. A search knows no more of it than this room; how the values lie in a
 * file is the business of {@link dev.pokecheck.checkpoint.file}.
 */
@NullMarked
package dev.pokecheck.checkpoint;

import org.jspecify.annotations.NullMarked;
