// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.Copy;
import dev.pokecheck.protocol.Places;
import java.util.List;
import java.util.Map;

/** Which places of copied sites are as good as each other. */
final class Copies {
    private final int[] originals;
    private final int[] copies;
    private final int[] versions;

    Copies(List<Copy> declared, Places places) {
        int n = declared.stream().mapToInt(copy -> copy.offsets().size()).sum();
        originals = new int[n];
        copies = new int[n];
        versions = new int[n];
        int at = 0;
        for (Copy copy : declared) {
            for (Map.Entry<Integer, Integer> pair : copy.offsets().entrySet()) {
                originals[at] = places.of(copy.site(), pair.getKey());
                copies[at] = places.of(copy.copy(), pair.getValue());
                versions[at++] = copy.site().versionsLike(copy.version());
            }
        }
    }

    /** The versions of the copied site, as bits, of which the same is left to execute at both places. */
    int match(int one, int other) {
        int matching = 0;
        for (int i = 0; i < originals.length; i++) {
            if ((originals[i] == one && copies[i] == other) || (originals[i] == other && copies[i] == one)) {
                matching |= versions[i];
            }
        }
        return matching;
    }
}
