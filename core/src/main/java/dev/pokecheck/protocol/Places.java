// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.text.Region;
import dev.pokecheck.text.Site;
import java.util.List;

/**
 * Addresses of sites and functions as small numbers, in the order of the addresses: 0 is "no address", the region of a site
 * of {@code n} bytes has {@code n + 1} places (its end is one), and behind the sites each called function has one. Two regions never share a place,
 * even where one ends at the address at which the next begins; sites that overlap have one place for one address.
 */
public final class Places {
    private final List<Region> regions;
    private final int[] first;
    private final int[] length;
    /** For each site, the others of its region. */
    private final int[][] others;

    private final int end;

    /** Numbers the places of some sites. */
    public Places(List<Site> sites) {
        regions = Region.of(sites);
        first = new int[sites.size()];
        length = new int[first.length];
        others = new int[first.length][];
        int next = 1;
        int begin = next;
        for (int i = 0; i < first.length; i++) {
            Region region = regions.get(i);
            if (i == 0 || region != regions.get(i - 1)) {
                begin = next;
                next += region.length() + 1;
            }
            first[i] = begin + region.offset(sites.get(i));
            length[i] = sites.get(i).length();
            int site = i;
            others[i] = region.sites().stream()
                    .mapToInt(Site::index)
                    .filter(other -> other != site)
                    .toArray();
        }
        end = next;
    }

    /** The bytes that a site shares a text with. */
    public Region region(Site site) {
        return regions.get(site.index());
    }

    /** The numbers of all other sites in the region of one; not to be changed. */
    public int[] others(Site site) {
        return others[site.index()];
    }

    /** Whether two sites have bytes or neighbours in common, so that they have one text; a site does with itself. */
    public boolean haveOneText(int site, int other) {
        return regions.get(site) == regions.get(other);
    }

    /** The place of a byte of a site. */
    public int of(Site site, int offset) {
        return first[site.index()] + offset;
    }

    /** The first place behind those of the sites: that of function 0. */
    public int firstFunction() {
        return end;
    }

    /** The number of the site that a place lies in, or -1; of several the first. */
    public int siteAt(int place) {
        for (int i = 0; i < first.length; i++) {
            if (isIn(i, place)) {
                return i;
            }
        }
        return -1;
    }

    /** The same for a context that executes a site: that one, if it has the place. */
    public int siteAt(int place, int executed) {
        return executed >= 0 && isIn(executed, place) ? executed : siteAt(place);
    }

    private boolean isIn(int site, int place) {
        return place >= first[site] && place <= first[site] + length[site];
    }

    /** The offset of a place in its site; of several in the first. */
    public int offset(int place) {
        return offset(place, siteAt(place));
    }

    /** The offset of a place in a site. */
    public int offset(int place, int site) {
        return place - first[site];
    }
}
