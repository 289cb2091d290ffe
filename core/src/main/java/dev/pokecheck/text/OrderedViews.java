// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of a site where a fetch moves the window: nothing older, of any site, than the newest chunk that the fetch has seen. Of the
 * times at which it can have seen what it saw, those are taken whose newest is oldest: they allow all that any others allow.
 */
final class OrderedViews extends Views {
    private final Timeline timeline;
    private final int[] sinceStart;

    /** What the site has held in each view; only of those that were asked. */
    private View[] views = {};

    OrderedViews(SiteText text, FetchModel model, int chunk, TableRoom room, Timeline timeline) {
        super(text, model, chunk, true, room);
        this.timeline = timeline;
        sinceStart = new int[chunks.count()];
    }

    @Override
    public int size() {
        return timeline.size();
    }

    @Override
    public int bits() {
        return TableRoom.HISTORY_BITS;
    }

    @Override
    public int refreshed(int view, long content) {
        return timeline.present(view);
    }

    @Override
    int lengthened(int view, long content) {
        return timeline.stored(view, text.region().number(), content);
    }

    @Override
    int withBits(int view, long mask, long value) {
        return timeline.withBits(view, text.region().number(), mask, value);
    }

    @Override
    View history(int number) {
        View known = number < views.length ? views[number] : null;
        return known == null ? projected(number) : known;
    }

    private View projected(int number) {
        View view = new View(timeline.contents(number, text.region().number()), sinceStart);
        if (number >= views.length && room.take((long) Integer.BYTES * timeline.size())) {
            views = Arrays.copyOf(views, 2 * timeline.size());
        }
        if (number < views.length && room.take(Timeline.HISTORY_BYTES + (long) Long.BYTES * view.contents.length)) {
            views[number] = view;
        }
        return view;
    }

    /** {@inheritDoc} That is the oldest time at which the newest chunk that it saw can have been seen. */
    @Override
    int shortened(int view, Fetched seen) {
        int[] since = since(history(view).contents, sinceStart, seen);
        return timeline.since(view, Arrays.stream(since).max().orElse(0));
    }

    @Override
    public long[] contents(int view) {
        long[] all = timeline.contents(view, text.region().number());
        int kept = 0;
        for (int time = 0; time < all.length; time++) {
            if (time == 0 || all[time] != all[time - 1]) {
                all[kept++] = all[time];
            }
        }
        return Arrays.copyOf(all, kept);
    }

    // ---- checkpoints

    /** {@inheritDoc} Those of all sites are saved with the first. */
    @Override
    void saveHistories(LongStream.Builder out) {
        if (text.site().index() == 0) {
            timeline.save(out);
        }
    }

    @Override
    int restoreHistories(long[] saved) {
        return text.site().index() == 0 ? timeline.restore(saved) : 0;
    }

    @Override
    void forgetHistories() {
        if (text.site().index() == 0) {
            timeline.clear();
        }
        views = new View[0];
    }
}
