// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;
import java.util.List;

/** A load of some bytes of a site as data, which tells apart whether they have one of some values. */
public final class TextRead {
    private final Site site;
    private final int offset;
    private final List<byte[]> values;

    /**
     * @param site the site
     * @param offset where in the site the first byte is
     * @param values what the bytes are compared with: at least one, all of one length, none twice
     * @throws IllegalArgumentException if the bytes do not lie in the site, or the values are others
     */
    public TextRead(Site site, int offset, List<byte[]> values) {
        this.site = site;
        this.offset = offset;
        this.values = values.stream().map(byte[]::clone).toList();
        if (values.isEmpty()) {
            throw new IllegalArgumentException("a load of " + site.name() + " is compared with nothing; give a value");
        }
        int length = values.get(0).length;
        if (length == 0 || offset < 0 || offset + length > site.length()) {
            throw new IllegalArgumentException(
                    "a load of " + length + " bytes at " + site.name() + "+" + offset + " is outside the site");
        }
        for (int i = 0; i < values.size(); i++) {
            byte[] value = values.get(i);
            boolean twice = values.subList(0, i).stream().anyMatch(other -> Arrays.equals(other, value));
            if (value.length != length || twice) {
                throw new IllegalArgumentException("the values that a load of " + site.name() + "+" + offset
                        + " is compared with are not of one length, or one is given twice");
            }
        }
    }

    /** The site. */
    public Site site() {
        return site;
    }

    /** Where in the site the first byte is. */
    public int offset() {
        return offset;
    }

    /** How many bytes are loaded. */
    public int length() {
        return values.get(0).length;
    }

    /** How many values there are. */
    public int values() {
        return values.size();
    }

    /** A copy of a value. */
    public byte[] value(int number) {
        return values.get(number).clone();
    }

    /** The number of the value that a site with these bytes has there; -1 if it is none. */
    public int match(byte[] code) {
        for (int i = 0; i < values.size(); i++) {
            if (Arrays.equals(values.get(i), 0, length(), code, offset, offset + length())) {
                return i;
            }
        }
        return -1;
    }
}
