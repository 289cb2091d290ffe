// SPDX-License-Identifier: Apache-2.0
/** The shipped protocols, good and broken. Each cites its source and keeps its names. */
@NullMarked
package dev.pokecheck.catalog;

import org.jspecify.annotations.NullMarked;
