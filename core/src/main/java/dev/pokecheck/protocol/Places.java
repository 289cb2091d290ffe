// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Site;
import java.util.List;

/**
 * Addresses of sites and functions as small numbers, in the order of the addresses: 0 is "no address", a site of {@code n} bytes
 * has {@code n + 1} places (its end is one), and behind the sites each called function has one. Two sites never share a place, even
 * where one ends at the address at which the next begins.
 */
public final class Places {
    private final int[] first;
    private final int end;

    /** Numbers the places of some sites. */
    public Places(List<Site> sites) {
        first = new int[sites.size()];
        int next = 1;
        for (int i = 0; i < first.length; i++) {
            first[i] = next;
            next += sites.get(i).length() + 1;
        }
        end = next;
    }

    /** The place of a byte of a site. */
    public int of(Site site, int offset) {
        return first[site.index()] + offset;
    }

    /** The first place behind those of the sites: that of function 0. */
    public int firstFunction() {
        return end;
    }

    /** The number of the site that a place lies in, or -1. */
    public int siteAt(int place) {
        if (place == 0 || place >= end) {
            return -1;
        }
        int i = 0;
        while (i + 1 < first.length && first[i + 1] <= place) {
            i++;
        }
        return i;
    }

    /** The offset of a place in its site. */
    public int offset(int place) {
        return place - first[siteAt(place)];
    }
}
