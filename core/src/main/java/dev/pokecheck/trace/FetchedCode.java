// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

import dev.pokecheck.text.Site;
import java.util.List;

/**
 * What one step fetched and executed.
 *
 * @param site the site
 * @param offset where in the site
 * @param bytes the bytes, in hexadecimal
 * @param disassembly what they mean, in AT&amp;T syntax
 * @param versions the versions that have this instruction there
 * @param breakpoint whether it is a breakpoint
 * @param memory the bytes of the site in memory at that moment, as many as were fetched, in hexadecimal
 */
public record FetchedCode(
        Site site,
        int offset,
        String bytes,
        String disassembly,
        List<Integer> versions,
        boolean breakpoint,
        String memory) {
    /** Copies the list. */
    public FetchedCode {
        versions = List.copyOf(versions);
    }

    /** Whether memory held other bytes at that moment. */
    public boolean isStale() {
        return !bytes.equals(memory);
    }

    /** Whether the bytes are those of no version. */
    public boolean isTorn() {
        return versions.isEmpty() && !breakpoint;
    }

    /** Which version it was, in a word. */
    public String verdict() {
        if (breakpoint) {
            return "int3";
        }
        if (versions.isEmpty()) {
            return "torn";
        }
        return VersionNames.of(site, versions);
    }
}
