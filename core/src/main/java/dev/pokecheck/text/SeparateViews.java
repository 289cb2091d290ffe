// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of a site whose times have nothing to do with those of other sites, unless they overlap it: in windows that only serialization
 * moves.
 */
final class SeparateViews extends Views {
    private final ViewTable views;
    /** Whether it is the first site of its region, which answers for the table. */
    private final boolean isFirst;

    private PairMap afterSerialization = new PairMap();

    SeparateViews(SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        super(text, model, chunk, fetchCoherent && model.canBeStale(), room);
        views = new ViewTable(text, chunks, model, fetchCoherent && model.canBeStale(), this.room);
        isFirst = true;
        refreshed(0, 0);
    }

    /** Those of a site that overlaps another. */
    SeparateViews(
            SeparateViews other, SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        super(text, model, chunk, fetchCoherent && model.canBeStale(), room);
        views = other.views;
        isFirst = false;
    }

    @Override
    public int size() {
        return views.size();
    }

    @Override
    public int bits() {
        return views.bits();
    }

    @Override
    public int refreshed(int view, long content) {
        int next = afterSerialization.get(0, content);
        if (next < 0) {
            next = views.fresh(content);
            remember(afterSerialization, 0, content, next);
        }
        return next;
    }

    @Override
    int lengthened(int view, long content) {
        View old = history(view);
        boolean isNew = old.contents[old.contents.length - 1] != content;
        return isNew ? views.intern(window.stored(old.contents, content), old.since) : view;
    }

    @Override
    int withBits(int view, long mask, long value) {
        View old = views.get(view);
        long[] contents = old.contents.clone();
        int[] since = old.since.clone();
        int kept = 0;
        for (int time = 0; time < old.contents.length; time++) {
            long content = (old.contents[time] & ~mask) | value;
            if (kept == 0 || contents[kept - 1] != content) {
                contents[kept++] = content;
            }
            for (int chunk = 0; chunk < since.length; chunk++) {
                since[chunk] = old.since[chunk] == time ? kept - 1 : since[chunk];
            }
        }
        return views.intern(Arrays.copyOf(contents, kept), views.shared(since));
    }

    @Override
    View history(int view) {
        return views.get(view);
    }

    @Override
    int shortened(int view, Fetched seen) {
        View old = history(view);
        int[] since = since(old.contents, old.since, seen);
        int drop = Arrays.stream(since).min().orElse(0);
        for (int k = 0; k < since.length; k++) {
            since[k] -= drop;
        }
        return views.intern(Arrays.copyOfRange(old.contents, drop, old.contents.length), since);
    }

    @Override
    public long[] contents(int view) {
        return views.get(view).contents.clone();
    }

    // ---- checkpoints

    /** {@inheritDoc} Those of a region are saved with its first site. */
    @Override
    void saveHistories(LongStream.Builder out) {
        if (!isFirst) {
            return;
        }
        out.add(views.size());
        for (int number = 0; number < views.size(); number++) {
            View view = views.get(number);
            out.add(view.contents.length);
            Arrays.stream(view.contents).forEach(out::add);
            Arrays.stream(view.since).forEach(out::add);
        }
    }

    @Override
    int restoreHistories(long[] saved) {
        if (!isFirst) {
            return 0;
        }
        int at = 1;
        for (int view = 0; view < saved[0]; view++) {
            int length = (int) saved[at++];
            long[] contents = Arrays.copyOfRange(saved, at, at + length);
            at += length;
            int[] since = new int[chunks.count()];
            for (int chunk = 0; chunk < since.length; chunk++) {
                since[chunk] = (int) saved[at++];
            }
            expect(view, views.intern(contents, views.shared(since)));
        }
        return at;
    }

    @Override
    void forgetHistories() {
        if (isFirst) {
            views.clear();
        }
        afterSerialization = new PairMap();
    }
}
