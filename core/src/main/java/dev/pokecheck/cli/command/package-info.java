// SPDX-License-Identifier: Apache-2.0
/** The commands. Each takes its options to a request, has that run, and prints the outcome. */
@NullMarked
package dev.pokecheck.cli.command;

import org.jspecify.annotations.NullMarked;
