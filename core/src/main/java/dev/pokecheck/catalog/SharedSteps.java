// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import dev.pokecheck.protocol.ProtocolBuilder;
import dev.pokecheck.protocol.Recorder;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/** Steps that several protocols share. */
final class SharedSteps {
    static final byte INT3 = (byte) 0xcc;
    /** An aligned word of so many bytes is written at once by any processor. */
    private static final int WORD = 8;

    private SharedSteps() {}

    /** All bytes of a version but the first. */
    static byte[] tail(Site site, int version) {
        byte[] bytes = site.bytes(version);
        return Arrays.copyOfRange(bytes, 1, bytes.length);
    }

    /** One store instruction: single where a processor promises that, inside one aligned word; elsewhere it tears as the scenario says. */
    static void store(Recorder r, String label, Site site, int offset, byte... data) {
        long inWord = Math.floorMod(site.address() + offset, (long) WORD);
        if (inWord + data.length <= WORD) {
            r.textStore(label, site, offset, data);
        } else {
            r.textPoke(label, site, offset, data);
        }
    }

    /**
     * Brings one version after the other, each of all sites together.
     *
     * @param body records what patch calls for a version do between their beginning and their return
     */
    static void bringEach(Recorder r, ProtocolBuilder b, IntConsumer body) {
        for (int v = 1; v < b.setting().versions(); v++) {
            begin(r, b.sites(), v);
            body.accept(v);
            end(r, b.sites(), v);
        }
    }

    /** The patch calls for some sites begin. */
    private static void begin(Recorder r, List<Site> sites, int version) {
        for (Site site : sites) {
            r.patchBegin("patch" + version + "." + site.name(), site, version);
        }
    }

    /** The patch calls for some sites have returned. */
    private static void end(Recorder r, List<Site> sites, int version) {
        for (Site site : sites) {
            r.patchEnd("patched" + version + "." + site.name(), site, version);
        }
    }

    /** What to throw while recording for sites that a protocol is not for. */
    static IllegalArgumentException refusal(Site site, String rule, String usualSites) {
        return new IllegalArgumentException(site.name() + ": " + rule + "; it is for --sites '" + usualSites + "'");
    }

    /** The label of a step, told apart by version where a protocol runs more than once. */
    static String at(String label, Site site, int version) {
        return label + (version == 1 ? "" : version) + "." + site.name();
    }
}
