// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that end, and what is left of them then. */
class TableRoomTest {
    private static final long ADDRESS = 0x81000000L;
    private static final long MANY_BYTES = 1 << 24;

    /** A site of ten bytes, nine of which differ between its versions: {@code mov $…, %rax} and {@code mov $…, %r9}. */
    private static final Site LONG =
            new Site(0, "site0", ADDRESS, List.of(mov(0x48, 0xb8, 0x11, 0x55), mov(0x49, 0xb9, 0x81, 0x55)));

    private static byte[] mov(int rex, int opcode, int first, int kept) {
        byte[] code = new byte[10];
        code[0] = (byte) rex;
        code[1] = (byte) opcode;
        for (int i = 2; i < code.length; i++) {
            code[i] = (byte) (first + i);
        }
        code[5] = (byte) kept;
        return code;
    }

    private static SiteText text(Site site) {
        return new SiteText(site, List.of(new TextStore(site, 0, site.bytes(1))));
    }

    private static Views views(FetchModel model, TableRoom room) {
        return Views.of(text(LONG), model, 8, false, room);
    }

    /** Lets single bits of a content arrive, one after the other, in all orders, until the table is full or all have been tried. */
    private static int allOrders(Views views, int view, long content, int bits) {
        int met = 1;
        for (int bit = 0; bit < bits; bit++) {
            if ((content >>> bit & 1) == 0) {
                met += allOrders(views, views.stored(view, content | 1L << bit), content | 1L << bit, bits);
            }
        }
        return met;
    }

    @Test
    void theLastHistoryFitsAndTheNextDoesNot() {
        Views all = views(FetchModel.STALE_INSN, new TableRoom());
        int histories = allOrders(all, 0, 0, 5);
        assertEquals(326, histories);
        assertEquals(histories, all.size());
        assertEquals(histories, allOrders(views(FetchModel.STALE_INSN, room(histories)), 0, 0, 5));
        TableFullException full = assertThrows(
                TableFullException.class, () -> allOrders(views(FetchModel.STALE_INSN, room(histories - 1)), 0, 0, 5));
        assertEquals("the table of fetch histories of site0 (full with 325)", full.bound());
        assertTrue(full.getMessage().startsWith(full.bound()), full.getMessage());
    }

    private static TableRoom room(int histories) {
        return new TableRoom(histories, 64, MANY_BYTES);
    }

    @Test
    void aFullTableStillAnswersWhatItKnows() {
        Views views = views(FetchModel.STALE_INSN, room(3));
        int one = views.stored(0, 1);
        int three = views.stored(one, 3);
        int[] seen = views.fetches(three, 0);
        for (int again = 0; again < 2; again++) {
            assertThrows(TableFullException.class, () -> views.stored(three, 7));
            assertThrows(TableFullException.class, () -> views.serialized(three, 3));
            assertEquals(3, views.size());
            assertEquals(one, views.stored(0, 1));
            assertEquals(three, views.stored(one, 3));
            assertEquals(0, views.serialized(three, 0));
            assertArrayEquals(seen, views.fetches(three, 0));
            assertArrayEquals(new long[] {0, 1, 3}, views.contents(three));
        }
    }

    /** Where the numbers of views used to end. */
    @Test
    void moreHistoriesThanSixteenBitsTellApart() {
        Views views = views(FetchModel.STALE_INSN, new TableRoom());
        assertEquals(20, views.bits());
        assertEquals(109_601, allOrders(views, 0, 0, 8));
        assertEquals(109_601, views.size());
        long[] saved = views.save();
        Views other = views(FetchModel.STALE_INSN, new TableRoom());
        other.restore(saved);
        assertArrayEquals(saved, other.save());
        int view = 0;
        int sameView = 0;
        for (long content = 1; content < 1 << 8; content = 2 * content + 1) {
            view = views.stored(view, content);
            sameView = other.stored(sameView, content);
            assertEquals(view, sameView);
        }
        assertThrows(
                IllegalArgumentException.class,
                () -> views(FetchModel.STALE_INSN, room(109_600)).restore(saved));
    }

    @Test
    void theReportOnAFullTableMayFetchALittleMore() {
        Views views = views(FetchModel.STALE_CHUNK, new TableRoom(64, 4, MANY_BYTES));
        assertEquals(1, views.fetches(0, 0).length);
        int view = views.stored(0, 1);
        assertEquals(2, views.fetches(view, 0).length);
        int later = views.stored(view, 3);
        TableFullException full = assertThrows(TableFullException.class, () -> views.fetches(later, 8));
        assertEquals("the table of fetched instructions of site0 (full with 2)", full.bound());
        assertEquals(1, views.fetches(later, 8).length);
        assertEquals(1, views.fetches(later, 9).length);
        assertThrows(TableFullException.class, () -> views.fetches(later, 7));
    }

    @Test
    void bytesAreABoundOfAllSitesTogether() {
        TableRoom room = new TableRoom(1 << 16, 64, 20_000);
        Views one = views(FetchModel.STALE_INSN, room);
        Views other = views(FetchModel.STALE_INSN, room);
        assertThrows(TableFullException.class, () -> allOrders(one, 0, 0, 8));
        assertTrue(one.size() > 50, () -> "only " + one.size());
        assertThrows(TableFullException.class, () -> allOrders(other, 0, 0, 8));
        assertTrue(other.size() < 5, () -> "still " + other.size());
        // What one gives up the other can have.
        one.restore(views(FetchModel.STALE_INSN, new TableRoom()).save());
        assertThrows(TableFullException.class, () -> allOrders(other, 0, 0, 8));
        assertTrue(other.size() > 50, () -> "only " + other.size());
    }

    @Test
    void whatIsNotRememberedIsWorkedOutAgain() {
        Views views = views(FetchModel.STALE_CHUNK, new TableRoom(64, 64, 400));
        Views plenty = views(FetchModel.STALE_CHUNK, new TableRoom());
        int full = 0;
        for (int offset = 0; offset < LONG.length(); offset++) {
            try {
                views.fetches(0, offset);
            } catch (TableFullException e) {
                full++;
            }
        }
        assertEquals(1, full);
        for (int offset = 0; offset < LONG.length(); offset++) {
            assertArrayEquals(
                    plenty.fetched(plenty.fetches(0, offset)[0]).bytes(),
                    views.fetched(views.fetches(0, offset)[0]).bytes());
        }
    }

    /** Nine bytes of two values, one that never changes, chunks of eight bytes. */
    @ParameterizedTest
    @CsvSource({
        "COHERENT, 8, false, 9",
        "STALE_INSN, 8, false, 20",
        "STALE_CHUNK, 8, false, 20",
        "STALE_CHUNK, 1, false, 15",
        "INCOHERENT, 1, false, 15",
        "STALE_CHUNK, 1, true, 20",
        "STALE_HEAD, 1, false, 20",
        "STALE_TAIL, 1, false, 20"
    })
    void aViewTakesAsManyBitsAsThereCanBeViews(FetchModel model, int chunk, boolean fetchCoherent, int bits) {
        assertEquals(
                bits,
                Views.of(text(LONG), model, chunk, fetchCoherent, new TableRoom())
                        .bits());
    }

    @Test
    void noTableHoldsMoreThanNumbersTellApart() {
        assertThrows(IllegalArgumentException.class, () -> new TableRoom((1 << 20) + 1, 2, 0));
        assertThrows(IllegalArgumentException.class, () -> new TableRoom(1, (1 << 18) + 1, 0));
    }
}
