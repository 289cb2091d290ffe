// SPDX-License-Identifier: Apache-2.0
/**
 * What a long computation writes down to go on later: values in order, and when it is time. What they are written to, and in which format, is the business of
 * whoever owns the file.
 */
@NullMarked
package dev.pokecheck.checkpoint;

import org.jspecify.annotations.NullMarked;
