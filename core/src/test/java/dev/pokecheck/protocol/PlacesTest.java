// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.Pins;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The numbers of addresses. */
class PlacesTest {
    private static Site nops(int index, long address, int length) {
        byte[] nops = new byte[length];
        Arrays.fill(nops, (byte) 0x90);
        return new Site(index, "site" + index, address, List.of(nops, nops));
    }

    @Test
    void everyAddressHasANumberOfItsOwnInTheOrderOfAddresses() {
        // The second site begins where the first ends.
        List<Site> sites = List.of(nops(0, 100, 5), nops(1, 105, 1), nops(2, 200, 3));
        Places places = new Places(sites);
        TreeSet<Integer> numbers = new TreeSet<>();
        int last = 0;
        for (Site site : sites) {
            for (int offset = 0; offset <= site.length(); offset++) {
                int place = places.of(site, offset);
                assertTrue(place > last && numbers.add(place));
                assertEquals(site.index(), places.siteAt(place));
                assertEquals(offset, places.offset(place));
                last = place;
            }
        }
        assertEquals(last + 1, places.firstFunction());
    }

    @Pins("machine.either-handler")
    @Test
    void sitesThatOverlapHaveOnePlaceForOneAddress() {
        Places places = new Places(List.of(nops(0, 100, 5), nops(1, 102, 2), nops(2, 103, 4), nops(3, 107, 1)));
        Site inner = nops(1, 102, 2);
        for (int offset = 0; offset <= 2; offset++) {
            int place = places.of(inner, offset);
            assertEquals(places.of(nops(0, 100, 5), 2 + offset), place);
            assertEquals(0, places.siteAt(place), "the first");
            assertEquals(1, places.siteAt(place, 1), "the one that is executed");
            assertEquals(0, places.siteAt(place, 3));
            assertEquals(offset, places.offset(place, 1));
        }
        assertTrue(places.haveOneText(0, 2));
        assertFalse(places.haveOneText(2, 3), "they touch");
        assertEquals(1 + 8 + 2, places.firstFunction());
    }

    @Test
    void noAddressAndFunctionsLieInNoSite() {
        Places places = new Places(List.of(nops(0, 100, 5)));
        assertEquals(-1, places.siteAt(0));
        assertEquals(7, places.firstFunction());
        assertEquals(-1, places.siteAt(7));
    }
}
