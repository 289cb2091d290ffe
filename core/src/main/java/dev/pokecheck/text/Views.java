// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.FetchRule;
import dev.pokecheck.text.fetch.Sighting;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of one site, under one fetch model. A view is a number; it stands for the contents that memory has had since
 * the CPU last serialized. Histories with one number cannot be told apart by any later store, fetch or serialization. The reverse is
 * not promised: some that cannot be told apart have two numbers, which costs states and no verdict. View 0 is that of the start.
 *
 * <p>All answers are remembered as long as there is {@link TableRoom}: a warm table allocates nothing, and asks no rule. Where there is no
 * room for a new view, or for a new fetched instruction, a method throws {@link TableFullException}, and the table is as it was.
 */
public final class Views {
    private final SiteText text;
    private final Chunks chunks;
    private final FetchRule rule;
    private final boolean fetchCoherent;
    private final boolean refreshed;

    private final RoomShare room;
    private final ViewTable views;
    private final FetchedTable fetched;
    private final FetchEnumerator enumerator;
    private PairMap afterStore = new PairMap();
    private PairMap afterFetch = new PairMap();
    private PairMap afterSerialization = new PairMap();

    /**
     * @param text the contents of the site
     * @param model the constraint on times
     * @param chunk the size of an aligned chunk in bytes: 1, 8, 16, 32 or 64
     * @param fetchCoherent whether a fetch may not see a chunk older than the same CPU has already seen it
     * @param room what this table and those of other sites may take together
     */
    public Views(SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        this.text = text;
        this.rule = model.rule();
        this.fetchCoherent = fetchCoherent && rule.canBeStale();
        this.refreshed = rule.isRefreshedBySerialization();
        this.room = new RoomShare(room, text.site());
        chunks = new Chunks(text, chunk);
        views = new ViewTable(text, chunks, rule, this.fetchCoherent, this.room);
        fetched = new FetchedTable(text, this.room);
        enumerator = new FetchEnumerator(text, chunks, rule, fetched);
        refresh(0);
    }

    /** The number of views so far. */
    public int size() {
        return views.size();
    }

    /** The bits in which a machine keeps a view: enough for all that there can be or, if those are more, for all that a table holds. */
    public int bits() {
        return views.bits();
    }

    /** Keeps an answer, if there is room for it. */
    private void remember(PairMap answers, int first, long second, int answer) {
        if (room.take(answers.growth())) {
            answers.put(first, second, answer);
        }
    }

    /** The view after a serializing instruction. */
    public int serialized(int view, long content) {
        return refreshed ? refresh(content) : view;
    }

    private int refresh(long content) {
        int next = afterSerialization.get(0, content);
        if (next < 0) {
            next = views.fresh(content);
            remember(afterSerialization, 0, content, next);
        }
        return next;
    }

    /** The view after a store that changed memory to {@code content}. */
    public int stored(int view, long content) {
        int next = afterStore.get(view, content);
        if (next < 0) {
            View old = views.get(view);
            boolean isNew = old.contents[old.contents.length - 1] != content;
            next = isNew ? views.intern(rule.stored(old.contents, content), old.since) : view;
            remember(afterStore, view, content, next);
        }
        return next;
    }

    /** What a fetch at an offset can see, as numbers for {@link #fetched}, in a fixed order. */
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

    /** What a number of {@link #fetches} stands for. */
    public Fetched fetched(int id) {
        return fetched.get(id);
    }

    /** The view after a fetch; another than before only if fetches are coherent among themselves. */
    public int afterFetch(int view, int id) {
        if (!fetchCoherent) {
            return view;
        }
        int next = afterFetch.get(view, id);
        if (next < 0) {
            next = narrowed(views.get(view), fetched.get(id));
            remember(afterFetch, view, id, next);
        }
        return next;
    }

    /** Drops what is older than what a fetch has seen. */
    private int narrowed(View view, Fetched seen) {
        int[] since = view.since.clone();
        int first = chunks.of(seen.offset());
        int last = chunks.of(seen.offset() + seen.length() - 1);
        rule.narrow(new Sighting(view.contents, since, chunks.masks(), seen.mask(), seen.code(), first, last));
        int drop = Arrays.stream(since).min().orElse(0);
        for (int k = 0; k < since.length; k++) {
            since[k] -= drop;
        }
        return views.intern(Arrays.copyOfRange(view.contents, drop, view.contents.length), since);
    }

    /** The contents that a view stands for, oldest first; for reports. */
    public long[] contents(int view) {
        return views.get(view).contents.clone();
    }

    // ---- checkpoints

    /**
     * What the numbers of views, and of what can be fetched, stand for. They are given as histories come, so that another table gives other
     * ones until it has taken this over with {@link #restore}.
     */
    public long[] save() {
        LongStream.Builder out = LongStream.builder();
        out.add(views.size());
        for (int number = 0; number < views.size(); number++) {
            View view = views.get(number);
            out.add(view.contents.length);
            Arrays.stream(view.contents).forEach(out::add);
            Arrays.stream(view.since).forEach(out::add);
        }
        out.add(fetched.size());
        for (int id = 0; id < fetched.size(); id++) {
            Fetched one = fetched.get(id);
            out.add(one.offset()).add(one.length());
            for (byte b : one.bytes()) {
                out.add(b);
            }
        }
        return out.build().toArray();
    }

    /**
     * Forgets all numbers given so far for those of a table of the same site, model and stores.
     *
     * @param saved what {@link #save} has returned there
     * @throws IllegalArgumentException if that was a table of something else, or one with more room than there is
     */
    public void restore(long[] saved) {
        forget();
        try {
            int at = restoreViews(saved);
            long count = saved[at++];
            for (int id = 0; id < count; id++) {
                int offset = (int) saved[at++];
                byte[] bytes = new byte[(int) saved[at++]];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) saved[at++];
                }
                expect(
                        id,
                        fetched.intern(offset, bytes, text.codeOf(offset, bytes))
                                .id());
            }
            expect(saved.length, at);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(text.site().name() + ": no table of fetch histories", e);
        } catch (TableFullException e) {
            throw new IllegalArgumentException(e.bound() + " has less room than the one that is to be taken over", e);
        }
    }

    private int restoreViews(long[] saved) {
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

    private void forget() {
        views.clear();
        fetched.clear();
        afterStore = new PairMap();
        afterFetch = new PairMap();
        afterSerialization = new PairMap();
        room.giveBack();
    }

    private void expect(int number, int given) {
        if (given != number) {
            throw new IllegalArgumentException(
                    text.site().name() + ": the fetch histories are those of another site or model");
        }
    }
}
