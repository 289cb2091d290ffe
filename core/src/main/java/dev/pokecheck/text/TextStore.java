// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** A store of constant bytes into a site. */
public final class TextStore {
    private final Site site;
    private final int offset;
    private final byte[] data;

    /**
     * @param site the site
     * @param offset where in the site the first byte goes
     * @param data the bytes, at least one
     * @throws IllegalArgumentException if the bytes do not lie in the site
     */
    public TextStore(Site site, int offset, byte... data) {
        this.site = site;
        this.offset = offset;
        this.data = data.clone();
        if (data.length == 0 || offset < 0 || offset + data.length > site.length()) {
            throw new IllegalArgumentException(
                    "a store of " + data.length + " bytes at " + site.name() + "+" + offset + " is outside the site");
        }
    }

    /** The site. */
    public Site site() {
        return site;
    }

    /** Where in the site the first byte goes. */
    public int offset() {
        return offset;
    }

    /** A copy of the bytes. */
    public byte[] data() {
        return data.clone();
    }
}
