// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Packed contents of a site. */
class SiteTextProperties {
    private static final int MANY = 1000;

    @Property(tries = MANY, seed = "20250720")
    void everyContentThatStoresCanMakeComesBackFromItsCode(@ForAll long seed) {
        RandomText text = new RandomText(seed);
        SiteText contents = new SiteText(text.site, text.stores);
        byte[] memory = text.site.bytes(0);
        for (int i = 0; i < 10; i++) {
            long code = contents.codeOf(0, memory);
            assertArrayEquals(memory, contents.bytes(code));
            assertEquals(0, code >>> contents.width());
            for (int at = 0; at < memory.length; at++) {
                assertEquals(memory[at], contents.byteAt(code, at));
            }
            memory = text.write(memory);
        }
    }

    @Property(tries = MANY, seed = "20250721")
    void theCodeIsZeroExactlyAtTheStart(@ForAll long seed) {
        RandomText text = new RandomText(seed);
        SiteText contents = new SiteText(text.site, text.stores);
        byte[] memory = text.write(text.write(text.site.bytes(0)));
        assertEquals(0, contents.codeOf(0, text.site.bytes(0)));
        assertEquals(Arrays.equals(memory, text.site.bytes(0)), contents.codeOf(0, memory) == 0);
    }

    @Property(tries = MANY, seed = "20250722")
    void theCodesOfPartsMakeTheCodeOfTheWhole(@ForAll long seed) {
        RandomText text = new RandomText(seed);
        SiteText contents = new SiteText(text.site, text.stores);
        byte[] memory = text.write(text.site.bytes(0));
        int cut = text.number(memory.length + 1);
        long left = contents.codeOf(0, Arrays.copyOfRange(memory, 0, cut));
        long right = contents.codeOf(cut, Arrays.copyOfRange(memory, cut, memory.length));
        assertEquals(contents.codeOf(0, memory), left | right);
        assertEquals(left, contents.codeOf(0, memory) & contents.maskOf(0, cut));
        assertEquals(0, contents.maskOf(0, cut) & contents.maskOf(cut, memory.length));
    }

    @Property(tries = MANY, seed = "20250723")
    void aContentIsAVersionIfAllItsBytesAre(@ForAll long seed) {
        RandomText text = new RandomText(seed);
        List<TextStore> stores = new ArrayList<>(text.stores);
        for (int v = 0; v < text.site.versions(); v++) {
            stores.add(new TextStore(text.site, 0, text.site.bytes(v)));
        }
        SiteText contents = new SiteText(text.site, stores);
        byte[] memory = text.write(text.site.bytes(text.number(text.site.versions())));
        for (int v = 0; v < text.site.versions(); v++) {
            assertTrue(contents.isVersion(contents.codeOf(0, text.site.bytes(v)), v));
            assertEquals(Arrays.equals(memory, text.site.bytes(v)), contents.isVersion(contents.codeOf(0, memory), v));
        }
    }

    private static Site nops(int length, int index) {
        byte[] nops = new byte[length];
        Arrays.fill(nops, (byte) 0x90);
        return new Site(index, "site" + index, 0x81000000L, List.of(nops, nops));
    }

    @Example
    void aByteThatNeverChangesTakesNoBits() {
        Site site = nops(3, 0);
        assertEquals(0, new SiteText(site, List.of()).width());
        assertEquals(1, new SiteText(site, List.of(new TextStore(site, 1, (byte) 0xcc))).width());
        assertEquals(
                2,
                new SiteText(
                                site,
                                List.of(
                                        new TextStore(site, 1, (byte) 0xcc),
                                        new TextStore(site, 1, (byte) 0xc3),
                                        new TextStore(site, 1, (byte) 0xf4)))
                        .width());
    }

    @Example
    void storesToOtherSitesArePassedOver() {
        Site other = nops(3, 1);
        assertEquals(0, new SiteText(nops(3, 0), List.of(new TextStore(other, 1, (byte) 0xcc))).width());
    }

    @Example
    void aByteThatNoStoreBringsHasNoCode() {
        Site site = nops(3, 0);
        SiteText contents = new SiteText(site, List.of(new TextStore(site, 1, (byte) 0xcc)));
        assertEquals(
                "no store brings this byte to site0+2",
                assertThrows(IllegalArgumentException.class, () -> contents.codeOf(1, new byte[] {(byte) 0xcc, 1}))
                        .getMessage());
    }

    @Example
    void tooManyContentsAreRefused() {
        Site site = nops(31, 0);
        byte[] a = new byte[31];
        byte[] b = new byte[31];
        Arrays.fill(a, (byte) 1);
        Arrays.fill(b, (byte) 2);
        List<TextStore> stores = List.of(new TextStore(site, 0, a), new TextStore(site, 0, b));
        assertEquals(
                "site0 can have more contents than 48 bits tell apart; use fewer versions or a shorter site",
                assertThrows(IllegalArgumentException.class, () -> new SiteText(site, stores))
                        .getMessage());
        assertEquals(31, new SiteText(site, stores.subList(0, 1)).width());
    }
}
