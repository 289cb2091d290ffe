// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;
import java.util.List;

/**
 * The contents that a site can have, packed into as few bits as possible: a byte that never changes takes none, one that is ever
 * one of three values takes two. A packed content is called a <em>code</em>; code 0 is the site as it is at the start. Sites that overlap have one code,
 * that of their {@link Region}; offsets are those in the site, and reach to the end of the region.
 */
public final class SiteText {
    /** The bits that a code may have. */
    public static final int MAX_BITS = 48;

    private final Site site;
    private final Region region;
    /** Where the site begins in its region. */
    private final int start;

    private final byte[][] alphabet;
    private final int[] shift;
    private final int[] bits;
    private final int width;

    /**
     * @param site the site
     * @param stores every store that a program can make to any site; those to other sites are passed over
     * @throws IllegalArgumentException if the site can have too many contents
     */
    public SiteText(Site site, List<TextStore> stores) {
        this(site, Region.alone(site), stores);
    }

    /**
     * @param site the site
     * @param region its region
     * @param stores every store that a program can make to any site; those to other regions are passed over
     * @throws IllegalArgumentException if the region can have too many contents
     */
    public SiteText(Site site, Region region, List<TextStore> stores) {
        this.site = site;
        this.region = region;
        start = region.offset(site);
        alphabet = new byte[region.length()][];
        shift = new int[alphabet.length];
        bits = new int[alphabet.length];
        for (int i = 0; i < alphabet.length; i++) {
            alphabet[i] = new byte[] {region.atStart(i)};
        }
        for (Site stored : region.sites()) {
            for (TextStore store : stores) {
                if (store.site().index() == stored.index()) {
                    add(region.offset(stored) + store.offset(), store.data());
                }
            }
        }
        width = pack();
    }

    private void add(int position, byte[] values) {
        for (int i = 0; i < values.length; i++) {
            add(position + i, values[i]);
        }
    }

    private int pack() {
        int next = 0;
        for (int i = 0; i < alphabet.length; i++) {
            bits[i] = 32 - Integer.numberOfLeadingZeros(alphabet[i].length - 1);
            shift[i] = next;
            next += bits[i];
        }
        if (next > MAX_BITS) {
            throw new IllegalArgumentException(region.name() + " can have more contents than " + MAX_BITS
                    + " bits tell apart; use fewer versions or a shorter site");
        }
        return next;
    }

    private void add(int position, byte value) {
        for (byte known : alphabet[position]) {
            if (known == value) {
                return;
            }
        }
        byte[] more = Arrays.copyOf(alphabet[position], alphabet[position].length + 1);
        more[more.length - 1] = value;
        alphabet[position] = more;
    }

    /** The site. */
    public Site site() {
        return site;
    }

    /** The bytes that are stored to and fetched from together with those of the site. */
    public Region region() {
        return region;
    }

    /** The bits of a code. */
    public int width() {
        return width;
    }

    /** How many contents the bytes from..to-1 of the region can have; {@link Long#MAX_VALUE} if those are more than that. */
    long contents(int from, int to) {
        long all = 1;
        for (int i = from; i < to; i++) {
            all = all > Long.MAX_VALUE / alphabet[i].length ? Long.MAX_VALUE : all * alphabet[i].length;
        }
        return all;
    }

    /** The byte at a position of a content. */
    public byte byteAt(long code, int position) {
        int at = start + position;
        return alphabet[at][(int) ((code >>> shift[at]) & mask(at))];
    }

    /** The bytes of a content. */
    public byte[] bytes(long code) {
        return bytes(code, 0, site.length());
    }

    /** The bytes from..to-1 of a content. */
    byte[] bytes(long code, int from, int to) {
        byte[] all = new byte[to - from];
        for (int i = 0; i < all.length; i++) {
            all[i] = byteAt(code, from + i);
        }
        return all;
    }

    /** The bits of a code that stand for the bytes from..to-1. */
    public long maskOf(int from, int to) {
        long all = 0;
        for (int i = start + from; i < start + to; i++) {
            all |= mask(i) << shift[i];
        }
        return all;
    }

    /** Whether the stores given at construction, or the version at the start, can bring bytes to a place. */
    public boolean canHold(int from, byte[] bytes) {
        for (int i = 0; i < bytes.length; i++) {
            if (symbol(from + i, bytes[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    private int symbol(int position, byte value) {
        byte[] values = alphabet[start + position];
        for (int k = 0; k < values.length; k++) {
            if (values[k] == value) {
                return k;
            }
        }
        return -1;
    }

    /** The bits of a code for bytes that the stores given at construction can bring to a place, all other bits 0. */
    public long codeOf(int from, byte[] bytes) {
        long code = 0;
        for (int i = 0; i < bytes.length; i++) {
            int symbol = symbol(from + i, bytes[i]);
            if (symbol < 0) {
                throw new IllegalArgumentException("no store brings this byte to " + site.name() + "+" + (from + i));
            }
            code |= (long) symbol << shift[start + from + i];
        }
        return code;
    }

    /** Whether a content is exactly a version. */
    public boolean isVersion(long code, int version) {
        for (int i = 0; i < site.length(); i++) {
            if (byteAt(code, i) != site.at(version, i)) {
                return false;
            }
        }
        return true;
    }

    private long mask(int position) {
        return (1L << bits[position]) - 1;
    }
}
