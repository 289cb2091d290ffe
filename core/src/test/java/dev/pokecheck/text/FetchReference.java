// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import dev.pokecheck.insn.LengthDecoder;
import dev.pokecheck.text.fetch.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What one CPU may fetch, straight from the rules: memory's whole history is kept, every assignment of times to chunks is tried, and
 * with {@code fetch-coherent} every set of times at which the CPU may have seen the chunks so far is kept.
 */
final class FetchReference {
    private final Site site;
    private final FetchModel model;
    private final int chunk;
    private final boolean fetchCoherent;
    private final List<byte[]> history = new ArrayList<>();
    private int serialized;
    /** For each byte, the time of the last own store that this CPU is sure to fetch. */
    private final int[] own;
    /** For each way in which the fetches so far may have come about, the time at which each chunk was seen last. */
    private Set<List<Integer>> bounds = new LinkedHashSet<>();

    FetchReference(Site site, FetchModel model, int chunk, boolean fetchCoherent) {
        this.site = site;
        this.model = model;
        this.chunk = chunk;
        this.fetchCoherent = fetchCoherent;
        own = new int[site.length()];
        history.add(site.bytes(0));
        forget();
    }

    private void forget() {
        bounds = new LinkedHashSet<>(List.of(new ArrayList<>(Arrays.asList(new Integer[chunks()]))
                .stream().map(x -> 0).toList()));
    }

    private int chunks() {
        return chunkOf(site.length() - 1) + 1;
    }

    private int chunkOf(int offset) {
        return (int) ((site.address() + offset) / chunk - site.address() / chunk);
    }

    byte[] memory() {
        return history.get(history.size() - 1).clone();
    }

    void stored(byte[] memory) {
        history.add(memory.clone());
    }

    /** What memory has now at a place is this CPU's own store, which it is sure to fetch. */
    void isSureOf(int offset) {
        own[offset] = history.size() - 1;
    }

    /** A load, or a locked operation that orders fetches. */
    void load() {
        if (isOrderedByLoads()) {
            serialize();
        }
    }

    boolean isOrderedByLoads() {
        return model.window() == Window.IN_ORDER;
    }

    void serialize() {
        if (model != FetchModel.INCOHERENT) {
            serialized = history.size() - 1;
            forget();
        }
    }

    /** One fetch: what it saw, and the times of the chunks that it reached. */
    private record Sight(String bytes, List<Integer> times, int first, int last) {}

    Set<String> fetches(int offset) {
        Set<String> found = new TreeSet<>();
        bounds.forEach(bound -> sights(offset, bound).forEach(sight -> found.add(sight.bytes)));
        return found;
    }

    void fetch(int offset, String seen) {
        if (!remembers()) {
            return;
        }
        Set<List<Integer>> after = new LinkedHashSet<>();
        for (List<Integer> bound : bounds) {
            for (Sight sight : sights(offset, bound)) {
                if (sight.bytes.equals(seen)) {
                    List<Integer> times = new ArrayList<>(bound);
                    for (int k = sight.first; k <= sight.last; k++) {
                        times.set(k, sight.times.get(k));
                    }
                    after.add(fetchesAreOrdered() ? newest(times) : times);
                }
            }
        }
        bounds = after;
    }

    private boolean fetchesAreOrdered() {
        return model.window() == Window.IN_ORDER || model.window() == Window.FETCH_ORDER;
    }

    /** The other site has come to a time: where fetches are ordered, this one has, too. */
    void follow(FetchReference other) {
        Set<List<Integer>> times = new LinkedHashSet<>();
        other.bounds.forEach(bound -> times.add(Collections.nCopies(chunks(), bound.get(0))));
        bounds = times;
    }

    private boolean remembers() {
        return fetchCoherent || fetchesAreOrdered();
    }

    /** The newest of some times, for each chunk. */
    private static List<Integer> newest(List<Integer> times) {
        return Collections.nCopies(times.size(), Collections.max(times));
    }

    private List<Sight> sights(int offset, List<Integer> bound) {
        List<Sight> found = new ArrayList<>();
        int now = history.size() - 1;
        int first = chunkOf(offset);
        int[] times = new int[chunks()];
        Arrays.fill(times, serialized);
        boolean more = true;
        while (more) {
            Sight sight = look(offset, times.clone());
            if (allowed(sight, bound, now)) {
                found.add(sight);
            }
            int k = first;
            while (k < times.length && times[k] == now) {
                times[k++] = serialized;
            }
            more = k < times.length;
            if (more) {
                times[k]++;
            }
        }
        return found;
    }

    private Sight look(int offset, int[] times) {
        byte[] all = new byte[site.length() - offset];
        for (int i = 0; i < all.length; i++) {
            all[i] = history.get(Math.max(times[chunkOf(offset + i)], own[offset + i]))[offset + i];
        }
        int n = 1;
        while (n < all.length && LengthDecoder.length(all, 0, n) == LengthDecoder.TRUNCATED) {
            n++;
        }
        String bytes = HexFormat.of().formatHex(all, 0, n);
        return new Sight(bytes, Arrays.stream(times).boxed().toList(), chunkOf(offset), chunkOf(offset + n - 1));
    }

    private boolean allowed(Sight sight, List<Integer> bound, int now) {
        int head = sight.times.get(sight.first);
        boolean allowed = true;
        for (int k = sight.first; k <= sight.last; k++) {
            int time = sight.times.get(k);
            allowed &= !remembers() || time >= bound.get(k);
            allowed &= model.window() != Window.NOW || time == now;
            allowed &= switch (model.shape().text()) {
                case "insn" -> time == head;
                case "tail" -> time <= head;
                case "head" -> time >= head;
                default -> true;
            };
        }
        return allowed;
    }
}
