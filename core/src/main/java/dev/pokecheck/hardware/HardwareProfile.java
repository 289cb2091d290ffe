// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.hardware;

import dev.pokecheck.cpu.Profile;
import dev.pokecheck.text.FetchModel;
import dev.pokecheck.text.StoreSplit;
import java.util.List;

/**
 * What is assumed of a kind of CPUs, and why.
 *
 * @param name its name on the command line
 * @param title what it stands for, as a noun phrase
 * @param fetch what a CPU may fetch
 * @param chunk the size of a fetch chunk in bytes
 * @param split in which pieces a store to text reaches memory
 * @param cpu what orders what a CPU fetches, and whether the vendor says so
 * @param evidence what each line of it rests on
 */
public record HardwareProfile(
        String name,
        String title,
        FetchModel fetch,
        int chunk,
        StoreSplit split,
        Profile cpu,
        List<Evidence> evidence) {
    /**
     * What a line rests on.
     *
     * @param line what is assumed: {@code chunk: 64}
     * @param source a section of a manual, or rows of a table of measurements
     */
    public record Evidence(String line, String source) {}

    /** Copies the list. */
    public HardwareProfile {
        evidence = List.copyOf(evidence);
    }
}
