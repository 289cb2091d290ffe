// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.SiteText;
import dev.pokecheck.text.TextRead;
import java.util.List;

/** The loads of text of a program, as comparisons of a site's packed content. */
final class TextReads {
    /** Stands for a value that the bytes never have. */
    private static final long NEVER = -1;

    private final int[] sites;
    private final long[] masks;
    private final long[][] codes;

    TextReads(List<TextRead> reads, SiteText[] texts) {
        sites = new int[reads.size()];
        masks = new long[sites.length];
        codes = new long[sites.length][];
        for (int i = 0; i < sites.length; i++) {
            TextRead read = reads.get(i);
            SiteText text = texts[read.site().index()];
            sites[i] = read.site().index();
            masks[i] = text.maskOf(read.offset(), read.offset() + read.length());
            codes[i] = new long[read.values()];
            for (int value = 0; value < codes[i].length; value++) {
                byte[] bytes = read.value(value);
                codes[i][value] = text.canHold(read.offset(), bytes) ? text.codeOf(read.offset(), bytes) : NEVER;
            }
        }
    }

    /** The number of the site that is read. */
    int site(int read) {
        return sites[read];
    }

    /** The number of the value that a content has; -1 if it is none. */
    int match(int read, long content) {
        long[] values = codes[read];
        for (int i = 0; i < values.length; i++) {
            if ((content & masks[read]) == values[i]) {
                return i;
            }
        }
        return -1;
    }
}
