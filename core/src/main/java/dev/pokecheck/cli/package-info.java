// SPDX-License-Identifier: Apache-2.0
/**
 * The command line: arguments, exit codes, wiring. Decisions about protocols are made elsewhere.
 *
 * <p>Exit codes: 0 holds, 1 violated, 2 usage, 3 internal error, 4 inconclusive (a bound was reached, a sample, a vacuous run), 5 a replay
 * diverged or showed something else than its file expects. Of several runs the code is that of the worst: 5, 1, 4, 0. Every complaint names
 * the place and, where there is one, the nearest valid choice; stack traces are printed on request only.
 */
@NullMarked
package dev.pokecheck.cli;

import org.jspecify.annotations.NullMarked;
