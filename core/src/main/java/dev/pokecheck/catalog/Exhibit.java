// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/**
 * A bug of history, shown: a broken protocol, what must be found in it, and what holds instead in the same scenario. Where the two differ in
 * hardware, not in code, the scenarios do.
 *
 * @param id its number in the list of bugs, and a letter where several belong together: {@code B7b}
 * @param title what went wrong, in a few words
 * @param source the commit or thread that tells of it
 * @param broken the full name of the broken protocol
 * @param scenario the scenario in which it fails, as a corpus file has it
 * @param property the property that is violated, by its name
 * @param fixed the full name of the protocol that holds
 * @param fixedScenario the scenario in which that is shown
 * @param level the level that it must hold at, by its name
 */
public record Exhibit(
        String id,
        String title,
        String source,
        String broken,
        String scenario,
        String property,
        String fixed,
        String fixedScenario,
        String level) {}
