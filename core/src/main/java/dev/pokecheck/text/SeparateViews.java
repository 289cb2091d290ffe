// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Shape;
import dev.pokecheck.text.fetch.Window;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of a site whose times have nothing to do with those of other sites: in windows that only serialization moves.
 */
final class SeparateViews extends Views {
    private final Window window;
    private final Shape shape;
    private final boolean fetchCoherent;
    private final ViewTable views;
    private PairMap afterStore = new PairMap();
    private PairMap afterFetch = new PairMap();
    private PairMap afterSerialization = new PairMap();

    SeparateViews(SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        super(text, model, chunk, room);
        window = model.window();
        shape = model.shape();
        this.fetchCoherent = fetchCoherent && window.reachesBack();
        views = new ViewTable(text, chunks, model, this.fetchCoherent, this.room);
        refreshed(0, 0);
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
    public int serialized(int view, long content) {
        return window.endsBySerialization() ? refreshed(view, content) : view;
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
    public int stored(int view, long content) {
        int next = afterStore.get(view, content);
        if (next < 0) {
            View old = views.get(view);
            boolean isNew = old.contents[old.contents.length - 1] != content;
            next = isNew ? views.intern(window.stored(old.contents, content), old.since) : view;
            remember(afterStore, view, content, next);
        }
        return next;
    }

    @Override
    public int[] fetches(int view, int offset) {
        View v = views.get(view);
        int[] found = v.fetches[offset];
        return found.length == 0 ? enumerated(v, offset) : found;
    }

    private int[] enumerated(View view, int offset) {
        int[] found = enumerator.enumerate(view, offset);
        views.keep(view, offset, found);
        return found;
    }

    /** {@inheritDoc} It is another than before only if fetches are coherent among themselves. */
    @Override
    public int afterFetch(int view, int id) {
        if (!fetchCoherent) {
            return view;
        }
        int next = afterFetch.get(view, id);
        if (next < 0) {
            next = narrowed(views.get(view), fetched(id));
            remember(afterFetch, view, id, next);
        }
        return next;
    }

    /** Drops what is older than what a fetch has seen. */
    private int narrowed(View view, Fetched seen) {
        int[] since = view.since.clone();
        shape.narrow(sighting(view.contents, since, seen));
        int drop = Arrays.stream(since).min().orElse(0);
        for (int k = 0; k < since.length; k++) {
            since[k] -= drop;
        }
        return views.intern(Arrays.copyOfRange(view.contents, drop, view.contents.length), since);
    }

    @Override
    public long[] contents(int view) {
        return views.get(view).contents.clone();
    }

    // ---- checkpoints

    @Override
    void saveHistories(LongStream.Builder out) {
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
        views.clear();
        afterStore = new PairMap();
        afterFetch = new PairMap();
        afterSerialization = new PairMap();
    }
}
