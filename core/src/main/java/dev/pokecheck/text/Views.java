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
 * <p>All answers are remembered: a warm table allocates nothing.
 */
public final class Views {
    /** The bits in which a machine keeps a view. */
    public static final int BITS = 16;

    private static final int[] NOT_ASKED = {};

    private final SiteText text;
    private final FetchModel model;
    private final boolean fetchCoherent;
    private final long[] chunkMask;
    private final int[] chunkEnd;
    private final int[] chunkOf;

    private final List<View> views = new ArrayList<>();
    private final Map<List<Long>, Integer> bySignature = new LinkedHashMap<>();
    private final List<Fetched> fetched = new ArrayList<>();
    private final Map<Fetched, Fetched> interned = new LinkedHashMap<>();
    private LongIntMap afterStore = new LongIntMap();
    private LongIntMap afterFetch = new LongIntMap();
    private LongIntMap afterSerialization = new LongIntMap();

    /** A history. */
    private static final class View {
        /** What memory has held, oldest first. */
        final long[] contents;
        /** For each chunk, the first of them that may still be seen. */
        final int[] since;
        /** For each offset what can be fetched there, empty until asked. */
        final int[][] fetches;

        View(long[] contents, int[] since, int length) {
            this.contents = contents;
            this.since = since;
            this.fetches = new int[length][];
            Arrays.fill(fetches, NOT_ASKED);
        }
    }

    /**
     * @param text the contents of the site
     * @param model the constraint on times
     * @param chunk the size of an aligned chunk in bytes: 1, 8, 16, 32 or 64
     * @param fetchCoherent whether a fetch may not see a chunk older than the same CPU has already seen it
     */
    public Views(SiteText text, FetchModel model, int chunk, boolean fetchCoherent) {
        this.text = text;
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
        serialized(0, 0);
    }

    /** The number of views so far. */
    public int size() {
        return views.size();
    }

    /** The view behind a serializing instruction. */
    public int serialized(int view, long content) {
        if (model == FetchModel.INCOHERENT && !views.isEmpty()) {
            return view;
        }
        int known = afterSerialization.get(content);
        if (known < 0) {
            known = intern(new long[] {content}, new int[chunkMask.length]);
            afterSerialization.put(content, known);
        }
        return known;
    }

    /** The view behind a store that changed memory to {@code content}. */
    public int stored(int view, long content) {
        long key = ((long) view << SiteText.MAX_BITS) | content;
        int known = afterStore.get(key);
        if (known < 0) {
            View old = views.get(view);
            int n = old.contents.length;
            if (model == FetchModel.COHERENT) {
                known = intern(new long[] {content}, old.since);
            } else if (old.contents[n - 1] == content) {
                known = view;
            } else {
                long[] more = Arrays.copyOf(old.contents, n + 1);
                more[n] = content;
                known = intern(more, old.since);
            }
            afterStore.put(key, known);
        }
        return known;
    }

    /** What a fetch at an offset can see, as numbers for {@link #fetched}, in a fixed order. */
    public int[] fetches(int view, int offset) {
        View v = views.get(view);
        int[] known = v.fetches[offset];
        if (known.length == 0) {
            known = enumerate(v, offset);
            v.fetches[offset] = known;
        }
        return known;
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
        long key = ((long) view << 32) | id;
        int known = afterFetch.get(key);
        if (known < 0) {
            known = narrowed(views.get(view), fetched.get(id));
            afterFetch.put(key, known);
        }
        return known;
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
     * @throws IllegalArgumentException if that was a table of something else
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
                expect(view, intern(contents, since));
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
            throw new IllegalArgumentException(text.site().name() + ": no table of fetch views", e);
        }
    }

    private void forget() {
        views.clear();
        bySignature.clear();
        fetched.clear();
        interned.clear();
        afterStore = new LongIntMap();
        afterFetch = new LongIntMap();
        afterSerialization = new LongIntMap();
    }

    private void expect(int number, int given) {
        if (given != number) {
            throw new IllegalArgumentException(
                    text.site().name() + ": the fetch views are those of another site or model");
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
        for (int t = view.contents.length - 1; t >= view.since[first]; t--) {
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
            long part = view.contents[t] & chunkMask[chunk + 1];
            boolean again = false;
            for (int u = t + 1; u <= to; u++) {
                again |= (view.contents[u] & chunkMask[chunk + 1]) == part;
            }
            if (!again) {
                extend(view, offset, time, seen | part, chunk + 1, found);
            }
        }
    }

    private Fetched intern(int offset, byte[] seen, long code) {
        byte[] bytes = Arrays.copyOf(seen, shortest(seen));
        Site site = text.site();
        Insn insn = Decoder.decode(bytes, 0, bytes.length, site.address() + offset);
        long mask = text.maskOf(offset, offset + bytes.length);
        Fetched candidate =
                new Fetched(fetched.size(), offset, bytes, insn, site.versionsWith(offset, bytes), mask, code & mask);
        Fetched known = interned.putIfAbsent(candidate, candidate);
        if (known != null) {
            return known;
        }
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
        List<Long> signature = signature(contents, since);
        Integer known = bySignature.get(signature);
        if (known != null) {
            return known;
        }
        int number = views.size();
        if (number >= 1 << BITS) {
            throw new IllegalStateException(text.site().name() + ": more than " + (1 << BITS) + " fetch views");
        }
        bySignature.put(signature, number);
        views.add(new View(contents, since, text.site().length()));
        return number;
    }

    /**
     * All that later fetches, stores and serializations depend on.
     *
     * <p>Without order of times: the set of contents (one common time), or the set of values of each chunk (free times). With
     * order: for each chunk that an instruction may start in, and each value of it, the values that the later chunks may have
     * beside it. Of the times at which the first chunk had a value, the last allows most if later chunks must not be newer, and
     * the first if they must not be older; so one time a value is enough.
     */
    private List<Long> signature(long[] contents, int[] since) {
        List<Long> signature = new ArrayList<>();
        if (fetchCoherent) {
            for (int s : since) {
                signature.add((long) s);
            }
            for (long content : contents) {
                signature.add(content);
            }
            return signature;
        }
        if (!model.ordered()) {
            if (model == FetchModel.COHERENT || model == FetchModel.STALE_INSN) {
                addValues(signature, contents, -1L, 0, contents.length - 1);
            } else {
                for (long mask : chunkMask) {
                    addValues(signature, contents, mask, 0, contents.length - 1);
                }
            }
            return signature;
        }
        int last = contents.length - 1;
        for (int first = 0; first < chunkMask.length; first++) {
            int start = signature.size();
            addValues(signature, contents, chunkMask[first], 0, last);
            for (long value : signature.subList(start + 1, signature.size()).toArray(Long[]::new)) {
                int time = timeOf(contents, chunkMask[first], value);
                for (int later = first + 1; later < chunkMask.length; later++) {
                    if (model == FetchModel.STALE_TAIL) {
                        addValues(signature, contents, chunkMask[later], 0, time);
                    } else {
                        addValues(signature, contents, chunkMask[later], time, last);
                    }
                }
            }
        }
        return signature;
    }

    private int timeOf(long[] contents, long mask, long value) {
        int time = -1;
        for (int t = 0; t < contents.length; t++) {
            if ((contents[t] & mask) == value && (time < 0 || model == FetchModel.STALE_TAIL)) {
                time = t;
            }
        }
        return time;
    }

    /** Appends the number of distinct values in a stretch of time, then the values, ascending. */
    private static void addValues(List<Long> signature, long[] contents, long mask, int from, int to) {
        long[] values = Arrays.stream(contents, from, to + 1)
                .map(content -> content & mask)
                .sorted()
                .distinct()
                .toArray();
        signature.add((long) values.length);
        for (long value : values) {
            signature.add(value);
        }
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
