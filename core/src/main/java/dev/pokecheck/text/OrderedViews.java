// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Shape;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of a site where a fetch moves the window: nothing older, of any site, than the newest chunk that the fetch has seen. Of the
 * times at which it can have seen what it saw, those are taken whose newest is oldest: they allow all that any others allow.
 */
final class OrderedViews extends Views {
    private final Timeline timeline;
    private final Shape shape;
    private final int[] sinceStart;
    /** For each offset, that it was never asked for. */
    private final int[][] nothingAsked;

    /** What the site has held in each view; only of those that were asked. */
    private View[] views = {};

    private PairMap afterStore = new PairMap();
    private PairMap afterFetch = new PairMap();

    OrderedViews(SiteText text, FetchModel model, int chunk, TableRoom room, Timeline timeline) {
        super(text, model, chunk, room);
        this.timeline = timeline;
        shape = model.shape();
        sinceStart = new int[chunks.count()];
        nothingAsked = new int[text.site().length()][];
        Arrays.fill(nothingAsked, new int[0]);
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
    public int serialized(int view, long content) {
        return refreshed(view, content);
    }

    @Override
    public int refreshed(int view, long content) {
        return timeline.present(view);
    }

    @Override
    public int stored(int view, long content) {
        int next = afterStore.get(view, content);
        if (next < 0) {
            next = timeline.stored(view, text.site().index(), content);
            remember(afterStore, view, content, next);
        }
        return next;
    }

    @Override
    public int[] fetches(int view, int offset) {
        View v = view(view);
        int[] found = v.fetches[offset];
        return found.length == 0 ? enumerated(v, offset) : found;
    }

    private int[] enumerated(View view, int offset) {
        int[] found = enumerator.enumerate(view, offset);
        view.keep(offset, found, nothingAsked, room);
        return found;
    }

    private View view(int number) {
        View known = number < views.length ? views[number] : null;
        return known == null ? projected(number) : known;
    }

    private View projected(int number) {
        View view = new View(timeline.contents(number, text.site().index()), sinceStart, nothingAsked);
        if (number >= views.length && room.take((long) Integer.BYTES * timeline.size())) {
            views = Arrays.copyOf(views, 2 * timeline.size());
        }
        if (number < views.length && room.take(Timeline.HISTORY_BYTES + (long) Long.BYTES * view.contents.length)) {
            views[number] = view;
        }
        return view;
    }

    @Override
    public int afterFetch(int view, int id) {
        int next = afterFetch.get(view, id);
        if (next < 0) {
            next = timeline.since(view, newest(view(view), fetched(id)));
            remember(afterFetch, view, id, next);
        }
        return next;
    }

    /** The oldest time at which the newest chunk that a fetch saw can have been seen. */
    private int newest(View view, Fetched seen) {
        int[] since = sinceStart.clone();
        shape.narrow(sighting(view.contents, since, seen));
        return Arrays.stream(since).max().orElse(0);
    }

    @Override
    public long[] contents(int view) {
        long[] all = timeline.contents(view, text.site().index());
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
        afterStore = new PairMap();
        afterFetch = new PairMap();
    }
}
