// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.CallOrder;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Fetched;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.SiteText;

/**
 * What the patch calls of the sites ask for, and which versions an execution may see because of them. There are two ways to keep it in a state: one
 * for protocols that bring the versions of a site one after another, in the order of their numbers, and one for all others. Where both can be used,
 * they say the same, but that the second knows an execution of an earlier version from one of a later version with the same bytes.
 */
public abstract class PatchCalls {
    final Layout layout;
    final Site[] sites;
    private final Places places;

    PatchCalls(Layout layout, Site[] sites, Places places) {
        this.layout = layout;
        this.sites = sites;
        this.places = places;
    }

    /**
     * @param executedBy for each step, the site that it executes, or -1
     */
    static PatchCalls of(CallOrder order, Layout layout, Site[] sites, Places places, int[] executedBy) {
        return order.isAscending()
                ? new AscendingCalls(order, layout, sites, places)
                : new FreeCalls(order, layout, sites, places, executedBy);
    }

    /** Before the first call. */
    abstract void initial(long[] state);

    /** Whether a mark fits: it begins a call of a CPU that makes none for the site, or ends one that is under way. */
    abstract boolean fits(long[] state, int c, int site, int version, Moment moment);

    /** A call begins, has returned, or is given up. */
    abstract void mark(long[] state, int c, int site, int version, Moment moment);

    // ---- executions, which keep in their frame what they may see

    /** An execution begins. */
    abstract void enter(long[] state, int frame, int site);

    /** Of the versions that an execution can have been, those that count for its place in time. */
    abstract int narrowed(long[] state, int frame, int site, int versions);

    /** Whether an execution, still under way, is already sure to be stale if it can only be one of these versions. */
    abstract boolean isSureToBeStale(long[] state, int frame, int versions);

    /** Whether an execution that ends is stale. */
    abstract boolean isStale(long[] state, int frame, int versions);

    /** Whether it goes back behind one that was complete before it began. */
    abstract boolean goesBack(long[] state, int frame, int versions);

    /** An execution is complete. */
    abstract void complete(long[] state, int site, int versions);

    /** Whether a complete execution has seen a version that the site did not have at the start. */
    abstract boolean newCodeWasSeen(long[] state, int site);

    /** Forgets what an execution kept. */
    final void leave(long[] state, int frame) {
        layout.cpu.returned.set(state, frame, 0);
        layout.cpu.seen.set(state, frame, 0);
    }

    // ---- what is asked for

    /** Whether any call has begun. */
    abstract boolean hasBegun(long[] state, int site);

    /** Whether a call is under way. */
    public abstract boolean isUnderWay(long[] state, int site);

    /** Whether a version may be what the text has to be once all is done. */
    abstract boolean isRequested(long[] state, int site, int version);

    /** The versions that a call is bringing, or, if none is under way, those that were brought last; as bits. */
    public abstract int pending(long[] state, int site);

    /** The versions that were brought last, as bits. */
    public abstract int inForce(long[] state, int site);

    /** The newest version that a complete execution has seen, as far as that is watched and versions have an order; else 0. */
    public abstract int newestSeen(long[] state, int site);

    /** The version whose call has begun last, or one of several. */
    public final int begun(long[] state, int site) {
        return Integer.numberOfTrailingZeros(pending(state, site));
    }

    /** The version that was brought last, or one of several. */
    public final int returned(long[] state, int site) {
        return Integer.numberOfTrailingZeros(inForce(state, site));
    }

    /** Whether the text of a site is what it has to be once all is done. */
    final boolean isAsRequested(long[] state, SiteText text) {
        int site = text.site().index();
        long content = layout.content[site].get(state, 0);
        for (int v = 0; v < sites[site].versions(); v++) {
            if (isRequested(state, site, v) && text.isVersion(content, v)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an offset of a site is inside an instruction, or data, of a version that a call is bringing: of the site, or of one that overlaps it and was
     * patched.
     *
     * @param inForceToo whether the versions in force count, too
     */
    final boolean isInsideText(long[] state, Site site, int offset, boolean inForceToo) {
        if (isInsideOwn(state, site.index(), offset, inForceToo)) {
            return true;
        }
        for (int other : places.others(site)) {
            int at = places.offset(places.of(site, offset), other);
            if (hasBegun(state, other) && isInsideOwn(state, other, at, inForceToo)) {
                return true;
            }
        }
        return false;
    }

    /** Whether only a patch call of an overlapping site brings, or has brought, what a fetch sees, so that it says nothing about the version of the executed one. */
    final boolean isBroughtByAnother(long[] state, Site site, Fetched fetched) {
        int own = pending(state, site.index()) | inForce(state, site.index()) | 1;
        if ((fetched.versions() & own) != 0) {
            return false;
        }
        for (int other : places.others(site)) {
            int at = places.offset(places.of(site, fetched.offset()), other);
            int brought = (pending(state, other) | inForce(state, other)) & ~1;
            if (at >= 0 && at < sites[other].length() && (fetched.versionsOf(sites[other], at) & brought) != 0) {
                return true;
            }
        }
        return false;
    }

    private boolean isInsideOwn(long[] state, int site, int offset, boolean inForceToo) {
        int versions = pending(state, site) | (inForceToo ? inForce(state, site) : 0);
        return offset > 0 && offset < sites[site].length() && isInside(versions, site, offset);
    }

    /** Whether an offset of a site is inside an instruction, or data, of one of some versions. */
    final boolean isInside(int versions, int site, int offset) {
        for (int v = 0; v < sites[site].versions(); v++) {
            if ((versions >>> v & 1) != 0 && !sites[site].isBoundary(v, offset)) {
                return true;
            }
        }
        return false;
    }
}
