// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Site;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says that a site is a copy of a version of another, as an out-of-line slot is: what a context has executed of the one it need not execute of the
 * other. That the instructions do the same is its author's word.
 *
 * @param site the site that is copied
 * @param version which of its versions
 * @param copy the copy, in its version 0
 * @param offsets for each offset of that version at which an instruction begins or the site ends, the offset in the copy at which what is left to
 *     execute is the same; offsets that are missing have none
 */
public record Copy(Site site, int version, Site copy, Map<Integer, Integer> offsets) {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if an offset is inside an instruction, or the two are one site
     */
    public Copy {
        offsets = Collections.unmodifiableMap(new TreeMap<>(offsets));
        if (site.index() == copy.index()) {
            throw new IllegalArgumentException(site.name() + " is said to be a copy of itself; name another site");
        }
        if (version < 0 || version >= site.versions()) {
            throw new IllegalArgumentException(copy.name() + " is said to be a copy of version " + version + " of "
                    + site.name() + ", which has 0.." + (site.versions() - 1));
        }
        for (Map.Entry<Integer, Integer> pair : offsets.entrySet()) {
            check(site, version, pair.getKey());
            check(copy, 0, pair.getValue());
        }
    }

    private static void check(Site of, int version, int offset) {
        boolean isOne =
                offset == of.length() || (offset >= 0 && offset < of.length() && of.isBoundary(version, offset));
        if (!isOne) {
            throw new IllegalArgumentException(
                    "a copy maps " + of.name() + "+" + offset + ", where no instruction of version " + version
                            + " begins or ends; name the offsets of instructions");
        }
    }
}
