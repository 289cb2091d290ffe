// SPDX-License-Identifier: Apache-2.0
/**
 * The terminal. What is told on the way goes to the standard error, so that {@code --json -} is pure, and nothing of it is told with {@code --quiet}. A line is
 * written over only where the standard error is a terminal ({@link dev.pokecheck.cli.screen.Screen}). No clock has any influence on what a search finds.
 */
@NullMarked
package dev.pokecheck.cli.screen;

import org.jspecify.annotations.NullMarked;
