// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The bytes of a site and of all sites that overlap it, directly or through others. All of these are stored to and fetched from one text: what is
 * stored to one of them, who executes another sees.
 */
public final class Region {
    private final List<Site> sites = new ArrayList<>();
    /** What is added to an offset in a site so that no two sites have the same: for each site, the bytes of those before. */
    private final List<Integer> slots = new ArrayList<>();

    private final long address;
    private long end;
    private int slotCount;

    private Region(Site first) {
        address = first.address();
        end = address;
        add(first);
    }

    /** The region of a site that none overlaps. */
    static Region alone(Site site) {
        return new Region(site);
    }

    /**
     * The region of each of some sites.
     *
     * @param sites ascending by address
     * @throws IllegalArgumentException if two that overlap do not begin with the same bytes where they do
     */
    public static List<Region> of(List<Site> sites) {
        List<Region> regions = new ArrayList<>();
        for (Site site : sites) {
            Region last = regions.isEmpty() ? null : regions.get(regions.size() - 1);
            if (last != null && site.address() >= last.address() && site.address() < last.end) {
                last.add(site);
                regions.add(last);
            } else {
                regions.add(new Region(site));
            }
        }
        return List.copyOf(regions);
    }

    private void add(Site site) {
        for (Site other : sites) {
            agree(site, other);
        }
        sites.add(site);
        slots.add(slotCount);
        slotCount += site.length();
        end = Math.max(end, site.address() + site.length());
    }

    /** Both have the same bytes at the start, as memory has only one. */
    private static void agree(Site site, Site other) {
        for (int i = 0; i < site.length(); i++) {
            long at = site.address() + i - other.address();
            if (at >= 0 && at < other.length() && other.at(0, (int) at) != site.at(0, i)) {
                throw new IllegalArgumentException(
                        "sites: %s overlaps %s, but version 0 has %02x at %s+%d and %02x at %s+%d, which is the same byte;"
                                        .formatted(
                                                site.name(),
                                                other.name(),
                                                site.at(0, i),
                                                site.name(),
                                                i,
                                                other.at(0, (int) at),
                                                other.name(),
                                                at)
                                + " give both the same bytes there");
            }
        }
    }

    /** Its number: that of its first site. */
    public int number() {
        return sites.get(0).index();
    }

    /** Its name in messages: those of its sites. */
    public String name() {
        return String.join(" and ", sites.stream().map(Site::name).toList());
    }

    /** The address of its first byte. */
    public long address() {
        return address;
    }

    /** Its length in bytes. */
    public int length() {
        return (int) (end - address);
    }

    /** Its sites, ascending by address. */
    public List<Site> sites() {
        return Collections.unmodifiableList(sites);
    }

    /** Whether it is that of one site, which none overlaps. */
    public boolean isAlone() {
        return sites.size() == 1;
    }

    /** Where in it a site begins. */
    public int offset(Site site) {
        return (int) (site.address() - address);
    }

    /** Whether a byte lies in a site. */
    public boolean isIn(Site site, int position) {
        return position >= offset(site) && position < offset(site) + site.length();
    }

    /** The byte that it has at the start. */
    byte atStart(int position) {
        for (Site site : sites) {
            if (isIn(site, position)) {
                return site.at(0, position - offset(site));
            }
        }
        throw new IllegalArgumentException(name() + " has no byte " + position);
    }

    /** The number of an offset of a site among those of all sites. */
    int slot(Site site, int offset) {
        int i = 0;
        while (sites.get(i).index() != site.index()) {
            i++;
        }
        return slots.get(i) + offset;
    }

    /** How many of these numbers there are. */
    int slots() {
        return slotCount;
    }

    /** Whether some version of another site than the given one has exactly these bytes as one instruction at a place of that one. */
    boolean isOfAnother(Site site, int offset, byte[] insn) {
        for (Site other : sites) {
            int at = offset(site) + offset - offset(other);
            if (other.index() != site.index() && at >= 0 && at < other.length() && other.versionsWith(at, insn) != 0) {
                return true;
            }
        }
        return false;
    }
}
