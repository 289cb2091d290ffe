// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.Decoder;
import dev.pokecheck.insn.Insn;
import dev.pokecheck.insn.LengthDecoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * What a CPU may see of one site, under one fetch model. A view is a number; it stands for the contents that memory has had since
 * the CPU last serialized. Histories with one number cannot be told apart by any later store, fetch or serialization. The reverse is
 * not promised: some that cannot be told apart have two numbers, which costs states and no verdict. View 0 is that of the start.
 *
 * <p>All answers are remembered as long as there is {@link TableRoom}: a warm table allocates nothing. Where there is no room for a new
 * view, or for a new fetched instruction, a method throws {@link TableFullException}, and the table is as it was.
 */
public final class Views {
    private static final int[] NOT_ASKED = {};

    /** What a history takes besides its arrays: its object, and its places in the list and in the index. */
    private static final int HISTORY_BYTES = 56;

    /** What a fetched instruction takes, with its bytes and what they decode to. */
    private static final int FETCHED_BYTES = 300;

    private static final int ARRAY_BYTES = 16;

    private final SiteText text;
    private final FetchModel model;
    private final boolean fetchCoherent;
    private final long[] chunkMask;
    private final int[] chunkEnd;
    private final int[] chunkOf;

    private final TableRoom room;
    /** What this table has taken of the room. */
    private long taken;

    private final int bits;
    /** For each chunk, that all times may still be seen. */
    private final int[] sinceStart;
    /** For each offset, that it was never asked for. */
    private final int[][] nothingAsked;

    private final List<View> views = new ArrayList<>();
    private final HistoryIndex index = new HistoryIndex();
    private final Signature wanted;
    private final Signature known;
    private final List<Fetched> fetched = new ArrayList<>();
    private final Map<Fetched, Fetched> interned = new LinkedHashMap<>();
    private PairMap afterStore = new PairMap();
    private PairMap afterFetch = new PairMap();
    private PairMap afterSerialization = new PairMap();

    /** A history. */
    private static final class View {
        /** What memory has held, oldest first. */
        final long[] contents;
        /** For each chunk, the first of them that may still be seen. */
        final int[] since;
        /** For each offset what can be fetched there, empty until asked. */
        int[][] fetches;

        View(long[] contents, int[] since, int[][] fetches) {
            this.contents = contents;
            this.since = since;
            this.fetches = fetches;
        }
    }

    /**
     * @param text the contents of the site
     * @param model the constraint on times
     * @param chunk the size of an aligned chunk in bytes: 1, 8, 16, 32 or 64
     * @param fetchCoherent whether a fetch may not see a chunk older than the same CPU has already seen it
     * @param room what this table and those of other sites may take together
     */
    public Views(SiteText text, FetchModel model, int chunk, boolean fetchCoherent, TableRoom room) {
        this.text = text;
        this.room = room;
        this.model = model;
        this.fetchCoherent = fetchCoherent && model != FetchModel.COHERENT;
        int length = text.site().length();
        long address = text.site().address();
        chunkOf = new int[length];
        for (int i = 0; i < length; i++) {
            chunkOf[i] = (int) (Math.floorDiv(address + i, chunk) - Math.floorDiv(address, chunk));
        }
        int chunks = chunkOf[length - 1] + 1;
        chunkMask = new long[chunks];
        chunkEnd = new int[chunks];
        for (int i = 0; i < length; i++) {
            chunkMask[chunkOf[i]] |= text.maskOf(i, i + 1);
            chunkEnd[chunkOf[i]] = i + 1;
        }
        bits = bitsOfViews();
        sinceStart = new int[chunks];
        nothingAsked = new int[length][];
        Arrays.fill(nothingAsked, NOT_ASKED);
        wanted = new Signature(model, this.fetchCoherent, chunkMask);
        known = new Signature(model, this.fetchCoherent, chunkMask);
        serialized(0, 0);
    }

    /** The number of views so far. */
    public int size() {
        return views.size();
    }

    /** The bits in which a machine keeps a view: enough for all that there can be or, if those are more, for all that a table holds. */
    public int bits() {
        return bits;
    }

    /**
     * The bits for every signature that there can be: one content, or a set of contents, or of each chunk a set of its values. Of orders in
     * time there are too many to be worth counting.
     */
    private int bitsOfViews() {
        if (fetchCoherent || model.ordered()) {
            return TableRoom.HISTORY_BITS;
        }
        int length = text.site().length();
        return switch (model) {
            case COHERENT -> bitsFor(text.contents(0, length));
            case STALE_INSN -> bitsFor(sets(text.contents(0, length)));
            default -> {
                long most = 1;
                for (int chunk = 0; chunk < chunkEnd.length; chunk++) {
                    int from = chunk == 0 ? 0 : chunkEnd[chunk - 1];
                    most = atMost(most * sets(text.contents(from, chunkEnd[chunk])));
                }
                yield bitsFor(most);
            }
        };
    }

    /** The number of sets that are not empty. */
    private static long sets(long elements) {
        return elements > TableRoom.HISTORY_BITS ? 1L << TableRoom.HISTORY_BITS : (1L << elements) - 1;
    }

    private static long atMost(long number) {
        return Math.min(number, 1L << TableRoom.HISTORY_BITS);
    }

    private static int bitsFor(long numbers) {
        return Long.SIZE - Long.numberOfLeadingZeros(atMost(numbers) - 1);
    }

    /** What is too much; a report on it may still add fetched instructions, never histories. */
    private TableFullException full(String what, int size) {
        room.openReserve();
        return new TableFullException(text.site(), what, size);
    }

    private boolean take(long bytes) {
        if (!room.take(bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Keeps an answer, if there is room for it. */
    private void remember(PairMap answers, int first, long second, int answer) {
        if (take(answers.growth())) {
            answers.put(first, second, answer);
        }
    }

    /** The view behind a serializing instruction. */
    public int serialized(int view, long content) {
        if (model == FetchModel.INCOHERENT && !views.isEmpty()) {
            return view;
        }
        int next = afterSerialization.get(0, content);
        if (next < 0) {
            next = intern(new long[] {content}, sinceStart);
            remember(afterSerialization, 0, content, next);
        }
        return next;
    }

    /** The view behind a store that changed memory to {@code content}. */
    public int stored(int view, long content) {
        int next = afterStore.get(view, content);
        if (next < 0) {
            View old = views.get(view);
            int n = old.contents.length;
            if (model == FetchModel.COHERENT) {
                next = intern(new long[] {content}, old.since);
            } else if (old.contents[n - 1] == content) {
                next = view;
            } else {
                long[] more = Arrays.copyOf(old.contents, n + 1);
                more[n] = content;
                next = intern(more, old.since);
            }
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
        int[] found = enumerate(view, offset);
        boolean first = view.fetches == nothingAsked;
        long bytes = ARRAY_BYTES + (long) Integer.BYTES * found.length;
        if (take(first ? bytes + ARRAY_BYTES + (long) Integer.BYTES * nothingAsked.length : bytes)) {
            view.fetches = first ? nothingAsked.clone() : view.fetches;
            view.fetches[offset] = found;
        }
        return found;
    }

    /** What a number of {@link #fetches} stands for. */
    public Fetched fetched(int id) {
        return fetched.get(id);
    }

    /** The view behind a fetch; another than before only if fetches are coherent among themselves. */
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

    /**
     * What the numbers of views, and of what can be fetched, stand for. They are given as histories come, so that another table gives other
     * ones until it has taken this over with {@link #restore}.
     */
    public long[] save() {
        LongStream.Builder out = LongStream.builder();
        out.add(views.size());
        for (View view : views) {
            out.add(view.contents.length);
            Arrays.stream(view.contents).forEach(out::add);
            Arrays.stream(view.since).forEach(out::add);
        }
        out.add(fetched.size());
        for (Fetched one : fetched) {
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
            int at = 1;
            for (int view = 0; view < saved[0]; view++) {
                int length = (int) saved[at++];
                long[] contents = Arrays.copyOfRange(saved, at, at + length);
                at += length;
                int[] since = new int[chunkMask.length];
                for (int chunk = 0; chunk < since.length; chunk++) {
                    since[chunk] = (int) saved[at++];
                }
                expect(view, intern(contents, Arrays.equals(since, sinceStart) ? sinceStart : since));
            }
            long count = saved[at++];
            for (int id = 0; id < count; id++) {
                int offset = (int) saved[at++];
                byte[] bytes = new byte[(int) saved[at++]];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) saved[at++];
                }
                expect(id, intern(offset, bytes, text.codeOf(offset, bytes)).id());
            }
            expect(saved.length, at);
        } catch (IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw new IllegalArgumentException(text.site().name() + ": no table of fetch histories", e);
        } catch (TableFullException e) {
            throw new IllegalArgumentException(e.bound() + " has less room than the one that is to be taken over", e);
        }
    }

    private void forget() {
        views.clear();
        index.clear();
        fetched.clear();
        interned.clear();
        afterStore = new PairMap();
        afterFetch = new PairMap();
        afterSerialization = new PairMap();
        room.give(taken);
        taken = 0;
    }

    private void expect(int number, int given) {
        if (given != number) {
            throw new IllegalArgumentException(
                    text.site().name() + ": the fetch histories are those of another site or model");
        }
    }

    /** The contents that a view stands for, oldest first; for reports. */
    public long[] contents(int view) {
        return views.get(view).contents.clone();
    }

    // ---- what can be fetched

    private int[] enumerate(View view, int offset) {
        List<Fetched> found = new ArrayList<>();
        int first = chunkOf[offset];
        int last = view.contents.length - 1;
        for (int t = last; t >= view.since[first]; t--) {
            if (isAnyTimeAlike() && isAgain(view, t, last, first)) {
                continue;
            }
            extend(view, offset, t, view.contents[t] & chunkMask[first], first, found);
        }
        // By what was seen, so that the order does not depend on which history made this view first.
        return found.stream()
                .distinct()
                .sorted((a, b) -> Arrays.compareUnsigned(a.bytes(), b.bytes()))
                .mapToInt(Fetched::id)
                .toArray();
    }

    /**
     * Goes on with a fetch that has seen the chunks up to {@code chunk}.
     *
     * @param time when the first chunk was seen
     * @param seen what was seen so far
     */
    private void extend(View view, int offset, int time, long seen, int chunk, List<Fetched> found) {
        byte[] bytes = Arrays.copyOfRange(text.bytes(seen), offset, chunkEnd[chunk]);
        if (LengthDecoder.length(bytes, 0, bytes.length) != 0 || chunk == chunkMask.length - 1) {
            found.add(intern(offset, bytes, seen));
            return;
        }
        int from = view.since[chunk + 1];
        int to = view.contents.length - 1;
        switch (model) {
            case COHERENT, STALE_INSN -> {
                if (time < from) {
                    return;
                }
                from = time;
                to = time;
            }
            case STALE_TAIL -> to = time;
            case STALE_HEAD -> from = Math.max(from, time);
            case STALE_CHUNK, INCOHERENT -> {
                // Any time will do.
            }
        }
        for (int t = to; t >= from; t--) {
            if (!isAgain(view, t, to, chunk + 1)) {
                extend(view, offset, time, seen | (view.contents[t] & chunkMask[chunk + 1]), chunk + 1, found);
            }
        }
    }

    /** Whether it makes no difference to the later chunks of an instruction when the first was seen. */
    private boolean isAnyTimeAlike() {
        return model == FetchModel.STALE_CHUNK || model == FetchModel.INCOHERENT;
    }

    /** Whether a chunk has the value of one time at a later time, too. */
    private boolean isAgain(View view, int time, int last, int chunk) {
        long value = view.contents[time] & chunkMask[chunk];
        for (int t = time + 1; t <= last; t++) {
            if ((view.contents[t] & chunkMask[chunk]) == value) {
                return true;
            }
        }
        return false;
    }

    private Fetched intern(int offset, byte[] seen, long code) {
        byte[] bytes = Arrays.copyOf(seen, shortest(seen));
        Site site = text.site();
        Insn insn = Decoder.decode(bytes, 0, bytes.length, site.address() + offset);
        long mask = text.maskOf(offset, offset + bytes.length);
        Fetched candidate =
                new Fetched(fetched.size(), offset, bytes, insn, site.versionsWith(offset, bytes), mask, code & mask);
        Fetched same = interned.get(candidate);
        if (same != null) {
            return same;
        }
        if (fetched.size() >= room.fetches() || !(take(FETCHED_BYTES) || room.takeReserve(FETCHED_BYTES))) {
            throw full("fetched instructions", fetched.size());
        }
        interned.put(candidate, candidate);
        fetched.add(candidate);
        return candidate;
    }

    /** How many of the bytes seen it takes to know the instruction, or that there is none. */
    private static int shortest(byte[] seen) {
        for (int n = 1; n <= seen.length; n++) {
            if (LengthDecoder.length(seen, 0, n) != 0) {
                return n;
            }
        }
        return seen.length;
    }

    // ---- which histories are the same

    private int intern(long[] contents, int[] since) {
        long hash = wanted.of(contents, since).hash();
        for (int number = index.first(hash); number >= 0; number = index.next(number)) {
            View other = views.get(number);
            if (known.of(other.contents, other.since).isSameAs(wanted)) {
                return number;
            }
        }
        long bytes = HISTORY_BYTES + ARRAY_BYTES + (long) Long.BYTES * contents.length;
        if (since != sinceStart) {
            bytes += ARRAY_BYTES + (long) Integer.BYTES * since.length;
        }
        int number = views.size();
        if (number >= Math.min(room.histories(), 1 << bits) || !take(bytes)) {
            throw full("fetch histories", number);
        }
        index.add(hash);
        views.add(new View(contents, since, nothingAsked));
        return number;
    }

    // ---- coherence among the fetches of one CPU

    /** Drops what is older than what a fetch has seen, taking the earliest times at which it can have seen it. */
    private int narrowed(View view, Fetched seen) {
        int[] since = view.since.clone();
        int first = chunkOf[seen.offset()];
        int last = chunkOf[seen.offset() + seen.length() - 1];
        if (model == FetchModel.STALE_INSN) {
            int from = Arrays.stream(since, first, last + 1).max().orElse(0);
            Arrays.fill(since, first, last + 1, earliest(view, seen.mask(), seen.code(), from));
        } else {
            int least = model == FetchModel.STALE_HEAD ? earliest(view, seen, first, since[first]) : 0;
            int latest = 0;
            for (int k = first + 1; k <= last; k++) {
                since[k] = earliest(view, seen, k, Math.max(since[k], least));
                latest = Math.max(latest, since[k]);
            }
            int from = model == FetchModel.STALE_TAIL ? Math.max(since[first], latest) : since[first];
            since[first] = earliest(view, seen, first, from);
        }
        int drop = Arrays.stream(since).min().orElse(0);
        for (int k = 0; k < since.length; k++) {
            since[k] -= drop;
        }
        return intern(Arrays.copyOfRange(view.contents, drop, view.contents.length), since);
    }

    private int earliest(View view, Fetched seen, int chunk, int from) {
        return earliest(view, seen.mask() & chunkMask[chunk], seen.code() & chunkMask[chunk], from);
    }

    private static int earliest(View view, long mask, long value, int from) {
        for (int t = from; t < view.contents.length; t++) {
            if ((view.contents[t] & mask) == value) {
                return t;
            }
        }
        throw new IllegalStateException("a fetch saw what no time allows");
    }
}
