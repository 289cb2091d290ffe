// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sites that overlap have one text. */
class RegionTest {
    private static final Site WHOLE = site(0, 0x1006, "66900f1f00", "eb00eb1090");
    private static final Site TAIL = site(1, 0x1008, "0f1f00", "eb2090");
    /** Begins where the others end. */
    private static final Site NEXT = site(2, 0x100b, "90", "cc");

    private static Site site(int index, long address, String... versions) {
        HexFormat hex = HexFormat.of();
        return new Site(
                index,
                "site" + index,
                address,
                List.of(versions).stream().map(hex::parseHex).toList());
    }

    private static SiteText[] texts() {
        List<Region> regions = Region.of(List.of(WHOLE, TAIL, NEXT));
        List<TextStore> stores =
                List.of(new TextStore(WHOLE, 0, WHOLE.bytes(1)), new TextStore(TAIL, 0, TAIL.bytes(1)));
        return new SiteText[] {
            new SiteText(WHOLE, regions.get(0), stores),
            new SiteText(TAIL, regions.get(1), stores),
            new SiteText(NEXT, regions.get(2), stores)
        };
    }

    @Test
    void sitesThatShareBytesAreOneRegion() {
        List<Region> regions = Region.of(List.of(WHOLE, TAIL, NEXT));
        assertSame(regions.get(0), regions.get(1));
        assertNotSame(regions.get(1), regions.get(2), "they touch");
        assertEquals(5, regions.get(0).length());
        assertEquals("site0 and site1", regions.get(0).name());
        assertTrue(regions.get(2).isAlone());
    }

    @Test
    void sitesThatOverlapThroughAnotherAreOne() {
        List<Region> regions = Region.of(List.of(
                site(0, 0x1000, "669090", "eb0090"), site(1, 0x1002, "906690", "90eb00"), site(2, 0x1004, "90", "cc")));
        assertSame(regions.get(0), regions.get(2));
        assertEquals(5, regions.get(0).length());
    }

    @Test
    void aContentOfOneIsOneOfBoth() {
        SiteText[] texts = texts();
        long code = texts[1].codeOf(0, TAIL.bytes(1));
        assertEquals(texts[0].codeOf(2, TAIL.bytes(1)), code);
        assertArrayEquals(HexFormat.of().parseHex("6690eb2090"), texts[0].bytes(code));
        assertArrayEquals(TAIL.bytes(1), texts[1].bytes(code));
        assertTrue(texts[1].isVersion(code, 1));
        assertEquals(0, texts[2].width());
    }

    @ParameterizedTest
    @EnumSource
    void whatOneHasSeenIsKeptForBoth(FetchModel model) {
        SiteText[] texts = texts();
        Views[] views = Views.of(texts, model, 8, true, new TableRoom());
        int view = views[0].stored(0, texts[0].codeOf(0, WHOLE.bytes(1)));
        assertEquals(view, views[1].stored(0, texts[0].codeOf(0, WHOLE.bytes(1))));
        int seen = views[1].fetches(view, 0)[0];
        views[0].fetches(view, 0);
        int after = views[1].afterFetch(view, seen);
        Views[] restored = Views.of(texts, model, 8, true, new TableRoom());
        for (int s = 0; s < views.length; s++) {
            restored[s].restore(views[s].save());
        }
        for (int s = 0; s < 2; s++) {
            assertEquals(views[s].size(), restored[s].size());
            assertArrayEquals(views[s].contents(after), restored[s].contents(after));
            assertArrayEquals(views[s].fetches(after, 0), restored[s].fetches(after, 0));
        }
        assertArrayEquals(
                views[1].fetched(seen).bytes(), restored[1].fetched(seen).bytes());
    }
}
