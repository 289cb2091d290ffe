// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.data.Field;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;

/**
 * Whose text has to stand at the end where sites overlap: that of the patch call that took effect last. Of two sites that share bytes, the text of the
 * one is sure to lie beneath that of the other if a call of the other began after its own last one had returned, and has returned; of calls
 * that overlapped each may have been the last.
 */
final class SharedBytes {
    private final PatchCalls calls;
    private final Layout layout;
    private final SiteText[] texts;
    private final Places places;
    /** For each site, those that share bytes with it, as bits. */
    private final long[] sharing;

    SharedBytes(PatchCalls calls, Layout layout, SiteText[] texts, Places places) {
        this.calls = calls;
        this.layout = layout;
        this.texts = texts;
        this.places = places;
        sharing = new long[texts.length];
        for (int s = 0; s < sharing.length; s++) {
            for (int other : places.others(texts[s].site())) {
                sharing[s] |= share(texts[s].site(), texts[other].site()) ? 1L << other : 0;
            }
        }
    }

    private static boolean share(Site one, Site other) {
        return one.address() < other.address() + other.length() && other.address() < one.address() + one.length();
    }

    /** A call begins, has returned, or is given up; before {@link PatchCalls#mark}. */
    void mark(long[] state, int site, Moment moment) {
        if (sharing[site] == 0) {
            return;
        }
        if (moment == Moment.BEGINS && !calls.isUnderWay(state, site)) {
            layout.before[site].set(state, 0, sharing[site]);
        } else if (moment == Moment.RETURNS) {
            returned(state, site);
        }
    }

    private void returned(long[] state, int site) {
        long lower = layout.before[site].get(state, 0);
        for (long left = sharing[site]; left != 0; left &= left - 1) {
            int other = Long.numberOfTrailingZeros(left);
            Field before = layout.before[other];
            before.set(state, 0, before.get(state, 0) & ~(1L << site));
            Field beneath = layout.beneath[other];
            beneath.set(state, 0, beneath.get(state, 0) | (lower >>> other & 1) << site);
        }
        layout.beneath[site].set(state, 0, 0);
    }

    /** Whether the text of a site is what it has to be once all is done, but for bytes at which another site's has to stand or may. */
    boolean isAsRequested(long[] state, int site) {
        if (calls.isAsRequested(state, texts[site])) {
            return true;
        }
        Site one = texts[site].site();
        for (int v = 0; sharing[site] != 0 && v < one.versions(); v++) {
            if (calls.isRequested(state, site, v) && isVersionOrCovered(state, one, v)) {
                return true;
            }
        }
        return false;
    }

    private boolean isVersionOrCovered(long[] state, Site site, int version) {
        for (int i = 0; i < site.length(); i++) {
            if (present(state, site, i) != site.at(version, i) && !isCovered(state, site, i)) {
                return false;
            }
        }
        return true;
    }

    private byte present(long[] state, Site site, int offset) {
        return texts[site.index()].byteAt(layout.content[site.index()].get(state, 0), offset);
    }

    /** Whether a byte of a site belongs to another, too, whose requested text stands on all that they share and is not sure to lie beneath. */
    private boolean isCovered(long[] state, Site site, int offset) {
        for (int other : places.others(site)) {
            Site of = texts[other].site();
            if (isIn(of, places.of(site, offset))
                    && (layout.beneath[other].get(state, 0) >>> site.index() & 1) == 0
                    && covers(state, of, site)) {
                return true;
            }
        }
        return false;
    }

    private boolean isIn(Site site, int place) {
        int offset = places.offset(place, site.index());
        return offset >= 0 && offset < site.length();
    }

    private boolean covers(long[] state, Site other, Site site) {
        for (int v = 0; v < other.versions(); v++) {
            if (calls.isRequested(state, other.index(), v) && agrees(state, other, v, site)) {
                return true;
            }
        }
        return false;
    }

    /** Whether memory has the bytes of a version where its site shares them with another. */
    private boolean agrees(long[] state, Site of, int version, Site site) {
        for (int i = 0; i < of.length(); i++) {
            if (isIn(site, places.of(of, i)) && present(state, of, i) != of.at(version, i)) {
                return false;
            }
        }
        return true;
    }
}
