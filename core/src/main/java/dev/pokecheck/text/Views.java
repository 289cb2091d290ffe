// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.text.fetch.Shape;
import dev.pokecheck.text.fetch.Sighting;
import dev.pokecheck.text.fetch.Window;
import java.util.Arrays;
import java.util.stream.LongStream;

/**
 * What a CPU may see of one site, under one fetch model. A view is a number; it stands for the contents that memory has had since the window of
 * the CPU began. Histories with one number cannot be told apart by any later store, fetch or serialization. The reverse is
 * not promised: some that cannot be told apart have two numbers, which costs states and no verdict. View 0 is that of the start.
 *
 * <p>Sites that overlap have one text, and so the views of one; what can be fetched is a question to the views of each.
 *
 * <p>Where a fetch moves the window ({@link Window#movesByFetch}), it does so for all sites at once: then a CPU has one view,
 * and its number means something to the views of each site ({@link #areCommon}).
 *
 * <p>All answers are remembered as long as there is {@link TableRoom}: a warm table allocates nothing, and asks no rule. Where there is no
 * room for a new view, or for a new fetched instruction, a method throws {@link TableFullException}, and the table is as it was.
 */
public abstract class Views {
    private static final byte INT3 = (byte) 0xcc;

    final SiteText text;
    final Chunks chunks;
    final RoomShare room;
    final Window window;
    private final Shape shape;
    private final boolean fetchesCount;
    /** That of the first byte of the site. */
    private final int firstSlot;

    private final FetchEnumerator enumerator;
    private final FetchedTable fetched;
    private PairMap afterStore = new PairMap();
    private PairMap afterFetch = new PairMap();
    private Overwrites overwrites = new Overwrites();

    /**
     * @param fetchesCount whether what a CPU may see depends on what it has fetched
     */
    Views(SiteText text, FetchModel model, int chunk, boolean fetchesCount, TableRoom room) {
        this.text = text;
        window = model.window();
        shape = model.shape();
        this.fetchesCount = fetchesCount;
        firstSlot = text.region().slot(text.site(), 0);
        this.room = new RoomShare(room, text.site().name());
        chunks = new Chunks(text, chunk);
        fetched = new FetchedTable(text, this.room);
        enumerator = new FetchEnumerator(text, chunks, shape, fetched);
    }

    /**
     * The views of some sites.
     *
     * @param texts the contents of each site
     * @param model what may be fetched
     * @param chunk the size of an aligned chunk in bytes: 1, 8, 16, 32 or 64
     * @param fetchCoherent whether a fetch may not see a chunk older than the same CPU has already seen it
     * @param room what their tables may take together
     */
    public static Views[] of(SiteText[] texts, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        if (areCommon(model)) {
            Timeline timeline = new Timeline(texts.length, new RoomShare(room, owner(texts)));
            return Arrays.stream(texts)
                    .map(text -> new OrderedViews(text, model, chunk, room, timeline))
                    .toArray(Views[]::new);
        }
        SeparateViews[] views = new SeparateViews[texts.length];
        for (int s = 0; s < views.length; s++) {
            SeparateViews before = s == 0 ? null : views[s - 1];
            views[s] = before != null && before.text.region() == texts[s].region()
                    ? new SeparateViews(before, texts[s], model, chunk, fetchCoherent, room)
                    : new SeparateViews(texts[s], model, chunk, fetchCoherent, room);
        }
        return views;
    }

    private static String owner(SiteText[] texts) {
        return texts.length == 1 ? texts[0].site().name() : "all sites";
    }

    /** The views of one site that is alone. */
    static Views of(SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        return of(new SiteText[] {text}, model, chunk, fetchCoherent, room)[0];
    }

    /** Whether a CPU has one view of all sites. */
    public static boolean areCommon(FetchModel model) {
        return model.window().movesByFetch();
    }

    /** The number of views so far. */
    public abstract int size();

    /** The bits in which a machine keeps a view: enough for all that there can be or, if those are more, for all that a table holds. */
    public abstract int bits();

    /** The view after a serializing instruction. */
    public final int serialized(int view, long content) {
        return window.endsBySerialization() ? refreshed(view, content) : view;
    }

    /** The view of a CPU that can see nothing but memory as it is now. */
    public abstract int refreshed(int view, long content);

    /** The view after a store that changed memory to {@code content}. */
    public final int stored(int view, long content) {
        int next = afterStore.get(view, content);
        if (next < 0) {
            next = lengthened(view, content);
            remember(afterStore, view, content, next);
        }
        return next;
    }

    /** The view whose newest content is another. */
    abstract int lengthened(int view, long content);

    /** The view of a CPU for which some bits have had the value for all its window that memory has now. */
    public final int overwritten(int view, long mask, long content) {
        int next = overwrites.get(view, mask, content & mask);
        if (next < 0) {
            next = withBits(view, mask, content & mask);
            overwrites.put(room, view, mask, content & mask, next);
        }
        return next;
    }

    abstract int withBits(int view, long mask, long value);

    /** What a fetch at an offset can see, as numbers for {@link #fetched}, in a fixed order. */
    public final int[] fetches(int view, int offset) {
        View history = history(view);
        int[] known = history.fetches(firstSlot + offset);
        return known.length == 0 ? enumerated(history, offset) : known;
    }

    private int[] enumerated(View history, int offset) {
        int[] found = enumerator.enumerate(history, offset);
        history.keep(firstSlot + offset, found, text.region().slots(), room);
        return found;
    }

    /** The history of this site that a view stands for. */
    abstract View history(int view);

    /**
     * Whether a fetch was of bytes that have changed in the window, by more than a breakpoint that was put over the first of them or taken away.
     */
    public final boolean overlapsChange(int view, int id) {
        Fetched seen = fetched(id);
        long[] history = history(view).contents;
        if (history.length == 1 || seen.isBreakpoint()) {
            return false;
        }
        long behind = seen.mask() & ~text.maskOf(seen.offset(), seen.offset() + 1);
        int first = INT3;
        for (long content : history) {
            byte head = text.byteAt(content, seen.offset());
            if (((content ^ history[0]) & behind) != 0 || (first != INT3 && head != INT3 && head != first)) {
                return true;
            }
            first = head == INT3 ? first : head;
        }
        return false;
    }

    /** The view after a fetch. */
    public final int afterFetch(int view, int id) {
        if (!fetchesCount) {
            return view;
        }
        int next = afterFetch.get(view, id);
        if (next < 0) {
            next = shortened(view, fetched(id));
            remember(afterFetch, view, id, next);
        }
        return next;
    }

    /** The view without what is older than what a fetch has seen. */
    abstract int shortened(int view, Fetched seen);

    /** The contents that a view stands for, oldest first; for reports. */
    public abstract long[] contents(int view);

    /** What a number of {@link #fetches} stands for. */
    public final Fetched fetched(int id) {
        return fetched.get(id);
    }

    /**
     * For each chunk, the first of some contents that may still be seen after a fetch.
     *
     * @param since the same, before it
     */
    final int[] since(long[] contents, int[] since, Fetched seen) {
        int[] narrowed = since.clone();
        int first = chunks.of(seen.offset());
        int last = chunks.of(seen.offset() + seen.length() - 1);
        shape.narrow(new Sighting(contents, narrowed, chunks.masks(), seen.mask(), seen.code(), first, last));
        return narrowed;
    }

    /** Keeps an answer, if there is room for it. */
    final void remember(PairMap answers, int first, long second, int answer) {
        if (room.take(answers.growth())) {
            answers.put(first, second, answer);
        }
    }

    // ---- checkpoints

    /**
     * What the numbers of views, and of what can be fetched, stand for. They are given as histories come, so that another table gives other
     * ones until it has taken this over with {@link #restore}.
     */
    public final long[] save() {
        LongStream.Builder out = LongStream.builder();
        saveHistories(out);
        fetched.save(out);
        return out.build().toArray();
    }

    /**
     * Forgets all numbers given so far for those of a table of the same site, model and stores.
     *
     * @param saved what {@link #save} has returned there
     * @throws IllegalArgumentException if that was a table of something else, or one with more room than there is
     */
    public final void restore(long[] saved) {
        forgetHistories();
        afterStore = new PairMap();
        afterFetch = new PairMap();
        overwrites = new Overwrites();
        fetched.clear();
        room.giveBack();
        try {
            expect(saved.length, fetched.restore(saved, restoreHistories(saved)));
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(text.site().name() + ": no table of fetch histories", e);
        } catch (TableFullException e) {
            throw new IllegalArgumentException(e.bound() + " has less room than the one that is to be taken over", e);
        }
    }

    abstract void saveHistories(LongStream.Builder out);

    /** Takes histories over, into an empty table; returns where they end. */
    abstract int restoreHistories(long[] saved);

    abstract void forgetHistories();

    final void expect(int number, int given) {
        if (given != number) {
            throw new IllegalArgumentException(
                    text.site().name() + ": the fetch histories are those of another site or model");
        }
    }
}
