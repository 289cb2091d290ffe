// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.protocol.CallOrder;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;

/** Patch calls that bring the versions of a site one after another, in the order of their numbers: a number says which of them have begun. */
final class AscendingCalls extends PatchCalls {
    /** Whether the calls of a site are all made by one routine, so that their marks can be held against each other. */
    private final boolean[] oneCaller;

    AscendingCalls(CallOrder order, Layout layout, Site[] sites, Places places) {
        super(layout, sites, places);
        oneCaller = new boolean[sites.length];
        for (int s = 0; s < sites.length; s++) {
            oneCaller[s] = order.hasOneCaller(sites[s]);
        }
    }

    @Override
    void initial(long[] state) {
        // All numbers are 0.
    }

    /** {@inheritDoc} Where several routines make calls for a site, a number cannot tell whose call a mark is of, and none is noticed. */
    @Override
    boolean fits(long[] state, int c, int site, int version, Moment moment) {
        long begun = layout.begun[site].get(state, 0);
        boolean underWay = begun != layout.returned[site].get(state, 0);
        return !oneCaller[site] || (moment == Moment.BEGINS ? !underWay : underWay && begun == version);
    }

    @Override
    void mark(long[] state, int c, int site, int version, Moment moment) {
        layout.begun[site].set(state, 0, version);
        if (moment == Moment.RETURNS) {
            layout.returned[site].set(state, 0, version);
        }
    }

    @Override
    void enter(long[] state, int frame, int site) {
        if (layout.cpu.returned.bits() > 0) {
            layout.cpu.returned.set(state, frame, layout.returned[site].get(state, 0));
        }
        layout.cpu.seen.set(state, frame, layout.seen[site].get(state, 0));
    }

    /**
     * {@inheritDoc} Where a later version has the bytes of an earlier one, as in {@code nop5->jmp32->nop5}, an execution that saw them before
     * the call of the later one has begun saw the earlier one.
     */
    @Override
    int narrowed(long[] state, int frame, int site, int versions) {
        int begun = layout.begun[site].getInt(state, 0);
        int seen = (int) (versions & ((2L << begun) - 1));
        return begun == 0 || seen == 0 ? versions : seen;
    }

    @Override
    boolean isSureToBeStale(long[] state, int frame, int versions) {
        return versions >>> layout.cpu.returned.get(state, frame) == 0;
    }

    @Override
    boolean isStale(long[] state, int frame, int versions) {
        return isSureToBeStale(state, frame, versions);
    }

    @Override
    boolean goesBack(long[] state, int frame, int versions) {
        return versions >>> layout.cpu.seen.get(state, frame) == 0;
    }

    @Override
    void complete(long[] state, int site, int versions) {
        int oldest = Integer.numberOfTrailingZeros(versions);
        if (layout.seen[site].bits() > 0 && oldest > layout.seen[site].get(state, 0)) {
            layout.seen[site].set(state, 0, oldest);
        }
    }

    @Override
    boolean newCodeWasSeen(long[] state, int site) {
        return layout.seen[site].isSet(state, 0);
    }

    @Override
    boolean hasBegun(long[] state, int site) {
        return layout.begun[site].isSet(state, 0);
    }

    @Override
    public boolean isUnderWay(long[] state, int site) {
        return layout.begun[site].get(state, 0) != layout.returned[site].get(state, 0);
    }

    /** {@inheritDoc} All calls are made: it is the last version. */
    @Override
    boolean isRequested(long[] state, int site, int version) {
        return version == sites[site].versions() - 1;
    }

    @Override
    public int pending(long[] state, int site) {
        return 1 << layout.begun[site].getInt(state, 0);
    }

    @Override
    public int inForce(long[] state, int site) {
        return 1 << layout.returned[site].getInt(state, 0);
    }

    @Override
    public int newestSeen(long[] state, int site) {
        return layout.seen[site].getInt(state, 0);
    }
}
