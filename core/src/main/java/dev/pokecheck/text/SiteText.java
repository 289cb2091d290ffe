// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;
import java.util.List;

/**
 * The contents that a site can have, packed into as few bits as possible: a byte that never changes takes none, one that is ever
 * one of three values takes two. A packed content is called a <em>code</em>; code 0 is the site as it is at the start.
 */
public final class SiteText {
    /** The bits that a code may have. */
    public static final int MAX_BITS = 48;

    private final Site site;
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
        this.site = site;
        alphabet = new byte[site.length()][];
        shift = new int[site.length()];
        bits = new int[site.length()];
        int next = 0;
        for (int i = 0; i < site.length(); i++) {
            alphabet[i] = new byte[] {site.at(0, i)};
            for (TextStore store : stores) {
                int at = i - store.offset();
                if (store.site().index() == site.index() && at >= 0 && at < store.data().length) {
                    add(i, store.data()[at]);
                }
            }
            bits[i] = 32 - Integer.numberOfLeadingZeros(alphabet[i].length - 1);
            shift[i] = next;
            next += bits[i];
        }
        width = next;
        if (width > MAX_BITS) {
            throw new IllegalArgumentException(site.name() + " can have more contents than " + MAX_BITS
                    + " bits tell apart; use fewer versions or a shorter site");
        }
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

    /** The bits of a code. */
    public int width() {
        return width;
    }

    /** How many contents the bytes from..to-1 can have; {@link Long#MAX_VALUE} if those are more than that. */
    long contents(int from, int to) {
        long all = 1;
        for (int i = from; i < to; i++) {
            all = all > Long.MAX_VALUE / alphabet[i].length ? Long.MAX_VALUE : all * alphabet[i].length;
        }
        return all;
    }

    /** The byte at a position of a content. */
    public byte byteAt(long code, int position) {
        return alphabet[position][(int) ((code >>> shift[position]) & mask(position))];
    }

    /** The bytes of a content. */
    public byte[] bytes(long code) {
        byte[] all = new byte[site.length()];
        for (int i = 0; i < all.length; i++) {
            all[i] = byteAt(code, i);
        }
        return all;
    }

    /** The bits of a code that stand for the bytes from..to-1. */
    public long maskOf(int from, int to) {
        long all = 0;
        for (int i = from; i < to; i++) {
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
        for (int k = 0; k < alphabet[position].length; k++) {
            if (alphabet[position][k] == value) {
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
            code |= (long) symbol << shift[from + i];
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
