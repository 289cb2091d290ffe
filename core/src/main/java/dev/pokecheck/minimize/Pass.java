// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

/**
 * What all turns of one pass came to.
 *
 * @param name its name
 * @param attempts how many smaller candidates it tried
 * @param successes how many of them showed the same violation
 * @param stepsGone how many steps it took away; negative if a smaller scenario took more steps
 */
public record Pass(String name, int attempts, int successes, int stepsGone) {}
