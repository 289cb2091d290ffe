// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** A store of constant bytes into a site: a memcpy, which reaches memory in pieces, or one store instruction, which does not. */
public final class TextStore {
    private final Site site;
    private final int offset;
    private final byte[] data;
    private final boolean single;
    private final boolean inPlace;

    private TextStore(Site site, int offset, boolean single, boolean inPlace, byte... data) {
        this.site = site;
        this.offset = offset;
        this.single = single;
        this.inPlace = inPlace;
        this.data = data.clone();
        if (data.length == 0 || offset < 0 || offset + data.length > site.length()) {
            throw new IllegalArgumentException(
                    "a store of " + data.length + " bytes at " + site.name() + "+" + offset + " is outside the site");
        }
    }

    /**
     * A memcpy.
     *
     * @param site the site
     * @param offset where in the site the first byte goes
     * @param data the bytes, at least one
     * @throws IllegalArgumentException if the bytes do not lie in the site
     */
    public TextStore(Site site, int offset, byte... data) {
        this(site, offset, false, false, data);
    }

    /**
     * One store instruction: it writes an aligned word, or what lies in one, with its neighbours unchanged.
     *
     * @param widest the bytes of the widest word that is written at once
     * @throws IllegalArgumentException if the bytes do not lie in the site, or if no store is sure to write them at once
     */
    public static TextStore single(int widest, Site site, int offset, byte... data) {
        TextStore store = new TextStore(site, offset, true, false, data);
        String remedy = "; use textPoke for a memcpy, or several stores in an order";
        if (data.length > widest) {
            throw new IllegalArgumentException("no x86 store writes " + data.length + " bytes at once, as this one to "
                    + site.name() + "+" + offset + " should, but " + widest + " at most" + remedy);
        }
        long word = Math.floorMod(site.address() + offset, (long) widest);
        if (word + data.length > widest) {
            throw new IllegalArgumentException("the " + data.length + " bytes at " + site.name() + "+" + offset
                    + " cross an aligned " + widest + "-byte word, so that no x86 store is sure to write them at once"
                    + remedy);
        }
        return store;
    }

    /** The same store through the mapping that is executed. */
    public TextStore inPlace() {
        return new TextStore(site, offset, single, true, data);
    }

    /** Whether it would reach memory in another way were it a memcpy: one store of several bytes. */
    public boolean isTornAsMemcpy() {
        return single && data.length > 1;
    }

    /** The same bytes by memcpy, through the same mapping. */
    public TextStore asMemcpy() {
        return new TextStore(site, offset, false, inPlace, data);
    }

    /** The site. */
    public Site site() {
        return site;
    }

    /** Where in the site the first byte goes. */
    public int offset() {
        return offset;
    }

    /** How many bytes it writes. */
    public int length() {
        return data.length;
    }

    /** A copy of the bytes. */
    public byte[] data() {
        return data.clone();
    }

    /** Whether it is one store instruction, which reaches memory whole. */
    public boolean isSingle() {
        return single;
    }

    /** Whether it goes through the mapping that is executed; if not, it goes through an alias, another linear address of the same code. */
    public boolean isInPlace() {
        return inPlace;
    }
}
