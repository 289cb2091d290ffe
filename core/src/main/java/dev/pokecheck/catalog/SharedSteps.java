// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;

/** Steps that several protocols share. */
final class SharedSteps {
    static final byte INT3 = (byte) 0xcc;

    private SharedSteps() {}

    /** The first byte of a version. */
    static byte head(Site site, int version) {
        return site.at(version, 0);
    }

    /** All bytes of a version but the first. */
    static byte[] tail(Site site, int version) {
        byte[] bytes = site.bytes(version);
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** The patch calls for all sites begin. */
    static void begin(Recorder r, List<Site> sites, int version) {
        for (Site site : sites) {
            r.patchBegin("patch" + version + "." + site.name(), site, version);
        }
    }

    /** The patch calls for all sites have returned. */
    static void end(Recorder r, List<Site> sites, int version) {
        for (Site site : sites) {
            r.patchEnd("patched" + version + "." + site.name(), site, version);
        }
    }

    /** The label of a step, told apart by version where a protocol runs more than once. */
    static String at(String label, Site site, int version) {
        return label + (version == 1 ? "" : version) + "." + site.name();
    }
}
