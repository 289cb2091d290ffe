// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** The aligned chunks that the region of a site lies in, numbered from 0; each is fetched as it was at one time. Offsets are those in the site. */
final class Chunks {
    /** Where the site begins in its region. */
    private final int start;

    private final int[] of;
    private final int[] end;
    private final long[] mask;
    private final long[] contents;

    /**
     * @param text the contents of the site
     * @param size the size of a chunk in bytes
     */
    Chunks(SiteText text, int size) {
        Region region = text.region();
        int length = region.length();
        long address = region.address();
        start = region.offset(text.site());
        of = new int[length];
        for (int i = 0; i < length; i++) {
            of[i] = (int) (Math.floorDiv(address + i, size) - Math.floorDiv(address, size));
        }
        int count = of[length - 1] + 1;
        mask = new long[count];
        end = new int[count];
        for (int i = 0; i < length; i++) {
            mask[of[i]] |= text.maskOf(i - start, i + 1 - start);
            end[of[i]] = i + 1;
        }
        contents = new long[count];
        for (int chunk = 0; chunk < count; chunk++) {
            contents[chunk] = text.contents(chunk == 0 ? 0 : end[chunk - 1], end[chunk]);
        }
    }

    int count() {
        return end.length;
    }

    /** The chunk that an offset of the site lies in. */
    int of(int offset) {
        return of[start + offset];
    }

    /** The offset at which a chunk ends, or the region. */
    int end(int chunk) {
        return end[chunk] - start;
    }

    /** The bits of a content that stand for a chunk. */
    long mask(int chunk) {
        return mask[chunk];
    }

    /** The same of all chunks; not to be changed. */
    long[] masks() {
        return mask;
    }

    /** How many contents each chunk can have; not to be changed. */
    long[] contents() {
        return contents;
    }
}
