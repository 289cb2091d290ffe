// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;

/**
 * How far the patching of a site is, as a small number that a search or a fuzzer can afford at every step: which patch calls have
 * begun and returned, what the first byte is (of which version, INT3, or neither), and what the other bytes are together.
 *
 * <p>It is coarse on purpose. Two states of one phase may differ in single bytes of a half-written tail, and in everything else.
 */
public final class PatchPhase {
    /** The bits of a phase. */
    public static final int BITS = 16;

    /** Later versions are not told apart. */
    private static final int LAST = 13;

    private static final int INT3 = 14;
    private static final int NEITHER = 15;
    private static final byte INT3_BYTE = (byte) 0xcc;

    private PatchPhase() {}

    /** The phase of a site in a state. */
    static int of(MachineTables tables, int number, long[] state) {
        SiteText text = tables.texts[number];
        long content = tables.layout.content[number].get(state, 0);
        int begun = tables.calls.begun(state, number);
        int returned = tables.calls.returned(state, number);
        int head = matching(text, content, 0, 1);
        if (head == NEITHER && text.byteAt(content, 0) == INT3_BYTE) {
            head = INT3;
        }
        return Math.min(begun, LAST) << 12
                | Math.min(returned, LAST) << 8
                | head << 4
                | matching(text, content, 1, text.site().length());
    }

    /** The first version that has these bytes of a content. */
    private static int matching(SiteText text, long content, int from, int to) {
        Site site = text.site();
        for (int v = 0; v < Math.min(site.versions(), LAST + 1); v++) {
            int i = from;
            while (i < to && text.byteAt(content, i) == site.at(v, i)) {
                i++;
            }
            if (i == to) {
                return v;
            }
        }
        return NEITHER;
    }

    /** A phase in words: {@code patch to v1 under way, head int3, tail mixed}. */
    public static String text(int phase) {
        int begun = phase >>> 12;
        int returned = phase >>> 8 & 15;
        String calls =
                begun == 0 ? "not begun" : "patch to v" + begun + (begun == returned ? " returned" : " under way");
        return calls + ", head " + part(phase >>> 4 & 15) + ", tail " + part(phase & 15);
    }

    private static String part(int which) {
        return switch (which) {
            case INT3 -> "int3";
            case NEITHER -> "mixed";
            default -> "v" + which;
        };
    }
}
