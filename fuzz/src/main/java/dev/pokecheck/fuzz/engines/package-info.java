// SPDX-License-Identifier: Apache-2.0
/**
 * Compares the engines that sample schedules: how many executions, and how many seconds, each takes to find what the entries of {@code corpus/fail}
 * show. {@code mvn -Pfuzz verify -Dpokecheck.engines=20} makes the table.
 */
@NullMarked
package dev.pokecheck.fuzz.engines;

import org.jspecify.annotations.NullMarked;
