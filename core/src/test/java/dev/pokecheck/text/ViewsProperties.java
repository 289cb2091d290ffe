// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to a site, a CPU may fetch exactly what the rules say. */
class ViewsProperties {
    private static final int MANY = 400;

    /** Where each try is of all pairs of models of which one allows the other: sixty-seven. */
    private static final int SOME = 40;
    /** Histories that share one table, so that some of them get the same view. */
    private static final int HISTORIES = 4;

    private static final int EVENTS = 5;

    static Set<String> fetches(Views views, int view, int offset) {
        Set<String> found = new TreeSet<>();
        for (int id : views.fetches(view, offset)) {
            assertTrue(found.add(HexFormat.of().formatHex(views.fetched(id).bytes())), "the same fetch twice");
        }
        return found;
    }

    private static long changed(SiteText text, byte[] before, byte[] after) {
        long mask = 0;
        for (int i = 0; i < after.length; i++) {
            mask |= before[i] == after[i] ? 0 : text.maskOf(i, i + 1);
        }
        return mask;
    }

    /** One history of one CPU, told to the table and to the reference. */
    private static final class Cpu {
        final RandomText text;
        final SiteText contents;
        final Views views;
        final FetchReference reference;
        int view;

        Cpu(RandomText text, SiteText contents, Views views, FetchReference reference) {
            this.text = text;
            this.contents = contents;
            this.views = views;
            this.reference = reference;
        }

        void event() {
            switch (text.number(9)) {
                case 0 -> serialize();
                case 3 -> load();
                case 1, 2 -> fetch(text.number(text.site.length()));
                case 4, 5 -> storeItself(text.write(reference.memory()));
                default -> store(text.write(reference.memory()));
            }
        }

        void store(byte[] memory) {
            reference.stored(memory);
            view = views.stored(view, contents.codeOf(0, memory));
        }

        void storeItself(byte[] memory) {
            byte[] before = reference.memory();
            store(memory);
            for (int i = 0; i < memory.length; i++) {
                if (memory[i] != before[i]) {
                    reference.isSureOf(i);
                }
            }
            view = views.overwritten(view, changed(contents, before, memory), contents.codeOf(0, memory));
        }

        void serialize() {
            reference.serialize();
            view = views.serialized(view, contents.codeOf(0, reference.memory()));
        }

        void load() {
            reference.load();
            if (reference.isOrderedByLoads()) {
                view = views.refreshed(view, contents.codeOf(0, reference.memory()));
            }
        }

        void fetch(int offset) {
            int[] ids = views.fetches(view, offset);
            int id = ids[text.number(ids.length)];
            reference.fetch(offset, HexFormat.of().formatHex(views.fetched(id).bytes()));
            view = views.afterFetch(view, id);
        }

        void check() {
            for (int offset = 0; offset < text.site.length(); offset++) {
                assertEquals(reference.fetches(offset), fetches(views, view, offset), "at +" + offset);
            }
        }
    }

    private static void compare(long seed, FetchModel model, boolean fetchCoherent) {
        RandomText text = new RandomText(seed);
        int chunk = RandomText.CHUNKS[text.number(RandomText.CHUNKS.length)];
        SiteText contents = new SiteText(text.site, text.stores);
        Views views = Views.of(contents, model, chunk, fetchCoherent, new TableRoom());
        for (int history = 0; history < HISTORIES; history++) {
            Cpu cpu = new Cpu(text, contents, views, new FetchReference(text.site, model, chunk, fetchCoherent));
            cpu.check();
            for (int event = 0; event < EVENTS; event++) {
                cpu.event();
                cpu.check();
            }
        }
        assertTrue(views.size() <= 1 << views.bits(), () -> views.size() + " views in " + views.bits() + " bits");
    }

    @Pins("text.chunks")
    @Pins("text.own-stores")
    @Property(tries = MANY, seed = "20250710")
    void fetchesAreThoseOfTheRules(@ForAll long seed, @ForAll FetchModel model) {
        compare(seed, model, false);
    }

    @Property(tries = MANY, seed = "20250711")
    void coherentFetchesAreThoseOfTheRules(@ForAll long seed, @ForAll FetchModel model) {
        Assume.that(model != FetchModel.STALE_INSN);
        compare(seed, model, true);
    }

    @Property(tries = MANY, seed = "20250712")
    void coherentFetchesOfWholeInstructionsAreThoseOfTheRules(@ForAll long seed) {
        compare(seed, FetchModel.STALE_INSN, true);
    }

    /** Two sites, one CPU, and a model that allows another: what the stronger lets it see, the weaker does, whatever happens. */
    @Property(tries = SOME, seed = "20250713")
    void aWeakerModelAllowsAllThatAStrongerOneDoes(@ForAll long seed) {
        for (FetchModel weak : FetchModel.values()) {
            for (FetchModel strong : FetchModel.values()) {
                if (weak != strong && weak.allows(strong)) {
                    assertAllows(seed, weak, strong);
                }
            }
        }
    }

    private static void assertAllows(long seed, FetchModel weak, FetchModel strong) {
        RandomText[] texts = {new RandomText(seed, 0), new RandomText(~seed, 1)};
        int chunk = RandomText.CHUNKS[texts[0].number(RandomText.CHUNKS.length)];
        TwoSites stronger = new TwoSites(texts, strong, chunk);
        TwoSites weaker = new TwoSites(texts, weak, chunk);
        for (int event = 0; event < 2 * EVENTS; event++) {
            int s = texts[0].number(2);
            int offset = texts[0].number(texts[s].site.length());
            switch (texts[0].number(6)) {
                case 0 -> List.of(stronger, weaker).forEach(TwoSites::serialize);
                case 1 -> List.of(stronger, weaker).forEach(TwoSites::load);
                case 2, 3 -> {
                    List<String> all = List.copyOf(stronger.fetches(s, offset));
                    String seen = all.get(texts[0].number(all.size()));
                    stronger.fetch(s, offset, seen);
                    weaker.fetch(s, offset, seen);
                }
                default -> {
                    byte[] memory = texts[s].write(stronger.memory[s]);
                    stronger.store(s, memory);
                    weaker.store(s, memory);
                }
            }
            for (int at = 0; at < texts[s].site.length(); at++) {
                assertTrue(weaker.fetches(s, at).containsAll(stronger.fetches(s, at)), strong + " in " + weak);
            }
        }
    }

    /** Where fetches are ordered, those from one site count for those from another: against every assignment of times. */
    @Pins("text.window")
    @Property(tries = MANY, seed = "20250715")
    void orderedFetchesFromTwoSitesAreThoseOfTheRules(@ForAll long seed, @ForAll FetchModel model) {
        Assume.that(Views.areCommon(model));
        RandomText[] texts = {new RandomText(seed, 0), new RandomText(~seed, 1)};
        int chunk = RandomText.CHUNKS[texts[0].number(RandomText.CHUNKS.length)];
        TwoSites sites = new TwoSites(texts, model, chunk);
        FetchReference[] references = {
            new FetchReference(texts[0].site, model, chunk, false),
            new FetchReference(texts[1].site, model, chunk, false)
        };
        for (int event = 0; event < EVENTS; event++) {
            int s = texts[0].number(2);
            int offset = texts[0].number(texts[s].site.length());
            switch (texts[0].number(6)) {
                case 3 -> {
                    byte[] before = sites.memory[s];
                    byte[] memory = texts[s].write(before);
                    sites.storeItself(s, memory);
                    references[s].stored(memory);
                    references[1 - s].stored(sites.memory[1 - s]);
                    IntStream.range(0, memory.length)
                            .filter(i -> memory[i] != before[i])
                            .forEach(references[s]::isSureOf);
                }
                case 0 -> {
                    sites.serialize();
                    List.of(references).forEach(FetchReference::serialize);
                }
                case 1 -> {
                    sites.load();
                    List.of(references).forEach(FetchReference::load);
                }
                case 2 -> {
                    List<String> all = List.copyOf(sites.fetches(s, offset));
                    String seen = all.get(texts[0].number(all.size()));
                    sites.fetch(s, offset, seen);
                    references[s].fetch(offset, seen);
                    references[1 - s].follow(references[s]);
                }
                default -> {
                    byte[] memory = texts[s].write(sites.memory[s]);
                    sites.store(s, memory);
                    references[s].stored(memory);
                    references[1 - s].stored(sites.memory[1 - s]);
                }
            }
            for (int of = 0; of < 2; of++) {
                for (int at = 0; at < texts[of].site.length(); at++) {
                    assertEquals(references[of].fetches(at), sites.fetches(of, at), "site" + of + "+" + at);
                }
            }
        }
    }

    /** One CPU with the views of two sites. */
    private static final class TwoSites {
        final byte[][] memory = new byte[2][];
        private final SiteText[] texts = new SiteText[2];
        private final FetchModel model;
        private final Views[] views;
        private final int[] at = new int[2];

        TwoSites(RandomText[] random, FetchModel model, int chunk) {
            this.model = model;
            for (int s = 0; s < 2; s++) {
                texts[s] = new SiteText(random[s].site, random[s].stores);
                memory[s] = random[s].site.bytes(0);
            }
            views = Views.of(texts, model, chunk, false, new TableRoom());
        }

        private int view(int s) {
            return at[Views.areCommon(model) ? 0 : s];
        }

        private void set(int s, int view) {
            at[Views.areCommon(model) ? 0 : s] = view;
        }

        private long code(int s) {
            return texts[s].codeOf(0, memory[s]);
        }

        void store(int s, byte[] bytes) {
            memory[s] = bytes;
            set(s, views[s].stored(view(s), code(s)));
        }

        void storeItself(int s, byte[] bytes) {
            long mask = changed(texts[s], memory[s], bytes);
            store(s, bytes);
            set(s, views[s].overwritten(view(s), mask, code(s)));
        }

        void serialize() {
            for (int s = 0; s < 2; s++) {
                set(s, views[s].serialized(view(s), code(s)));
            }
        }

        void load() {
            for (int s = 0; s < 2 && model.window().endsByLoad(); s++) {
                set(s, views[s].refreshed(view(s), code(s)));
            }
        }

        Set<String> fetches(int s, int offset) {
            return ViewsProperties.fetches(views[s], view(s), offset);
        }

        void fetch(int s, int offset, String seen) {
            for (int id : views[s].fetches(view(s), offset)) {
                if (HexFormat.of().formatHex(views[s].fetched(id).bytes()).equals(seen)) {
                    set(s, views[s].afterFetch(view(s), id));
                    return;
                }
            }
            throw new AssertionError("no fetch " + seen);
        }
    }

    @Property(tries = MANY, seed = "20250714")
    void fetchCoherenceOnlyForbids(@ForAll long seed, @ForAll FetchModel model) {
        RandomText text = new RandomText(seed);
        int chunk = RandomText.CHUNKS[text.number(RandomText.CHUNKS.length)];
        SiteText contents = new SiteText(text.site, text.stores);
        Views strict = Views.of(contents, model, chunk, true, new TableRoom());
        Views loose = Views.of(contents, model, chunk, false, new TableRoom());
        int s = 0;
        int l = 0;
        byte[] memory = text.site.bytes(0);
        for (int event = 0; event < EVENTS; event++) {
            memory = text.write(memory);
            s = strict.stored(s, contents.codeOf(0, memory));
            l = loose.stored(l, contents.codeOf(0, memory));
            int offset = text.number(text.site.length());
            int[] ids = strict.fetches(s, offset);
            assertTrue(fetches(loose, l, offset).containsAll(fetches(strict, s, offset)));
            s = strict.afterFetch(s, ids[text.number(ids.length)]);
        }
    }
}
