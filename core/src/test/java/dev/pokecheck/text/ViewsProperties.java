// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever happens to a site, a CPU may fetch exactly what the rules say. */
class ViewsProperties {
    private static final int MANY = 1000;
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
            switch (text.number(6)) {
                case 0 -> serialize();
                case 1, 2 -> fetch(text.number(text.site.length()));
                default -> store(text.write(reference.memory()));
            }
        }

        void store(byte[] memory) {
            reference.stored(memory);
            view = views.stored(view, contents.codeOf(0, memory));
        }

        void serialize() {
            reference.serialize();
            view = views.serialized(view, contents.codeOf(0, reference.memory()));
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
        Views views = new Views(contents, model, chunk, fetchCoherent, new TableRoom());
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

    @Property(tries = MANY, seed = "20250713")
    void aWeakerModelAllowsAllThatAStrongerOneDoes(@ForAll long seed) {
        RandomText text = new RandomText(seed);
        int chunk = RandomText.CHUNKS[text.number(RandomText.CHUNKS.length)];
        SiteText contents = new SiteText(text.site, text.stores);
        List<Views> views = Arrays.stream(FetchModel.values())
                .map(model -> new Views(contents, model, chunk, false, new TableRoom()))
                .toList();
        int[] at = new int[views.size()];
        byte[] memory = text.site.bytes(0);
        for (int event = 0; event < EVENTS; event++) {
            boolean serializes = text.number(4) == 0;
            memory = serializes ? memory : text.write(memory);
            long code = contents.codeOf(0, memory);
            for (int m = 0; m < at.length; m++) {
                at[m] = serializes
                        ? views.get(m).serialized(at[m], code)
                        : views.get(m).stored(at[m], code);
            }
            for (int offset = 0; offset < text.site.length(); offset++) {
                contained(views, at, FetchModel.COHERENT, FetchModel.STALE_INSN, offset);
                contained(views, at, FetchModel.STALE_INSN, FetchModel.STALE_TAIL, offset);
                contained(views, at, FetchModel.STALE_INSN, FetchModel.STALE_HEAD, offset);
                contained(views, at, FetchModel.STALE_TAIL, FetchModel.STALE_CHUNK, offset);
                contained(views, at, FetchModel.STALE_HEAD, FetchModel.STALE_CHUNK, offset);
                contained(views, at, FetchModel.STALE_CHUNK, FetchModel.INCOHERENT, offset);
            }
        }
    }

    private static void contained(List<Views> views, int[] at, FetchModel strong, FetchModel weak, int offset) {
        assertTrue(
                fetches(views.get(weak.ordinal()), at[weak.ordinal()], offset)
                        .containsAll(fetches(views.get(strong.ordinal()), at[strong.ordinal()], offset)),
                () -> strong + " allows at +" + offset + " what " + weak + " does not");
    }

    @Property(tries = MANY, seed = "20250714")
    void fetchCoherenceOnlyForbids(@ForAll long seed, @ForAll FetchModel model) {
        RandomText text = new RandomText(seed);
        int chunk = RandomText.CHUNKS[text.number(RandomText.CHUNKS.length)];
        SiteText contents = new SiteText(text.site, text.stores);
        Views strict = new Views(contents, model, chunk, true, new TableRoom());
        Views loose = new Views(contents, model, chunk, false, new TableRoom());
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
