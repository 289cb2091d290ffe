// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

import static dev.pokecheck.text.FetchModel.COHERENT;
import static dev.pokecheck.text.FetchModel.INCOHERENT;
import static dev.pokecheck.text.FetchModel.STALE_CHUNK;
import static dev.pokecheck.text.FetchModel.STALE_HEAD;
import static dev.pokecheck.text.FetchModel.STALE_INSN;
import static dev.pokecheck.text.FetchModel.STALE_TAIL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.pokecheck.Pins;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** By hand: {@code eb 10} becomes {@code eb 20}, or a two-byte NOP. */
class FetchModelTest {
    private static final long LINE = 0x81000000L;
    private static final byte[] OLD = {(byte) 0xeb, 0x10};
    private static final byte[] NEW = {(byte) 0x66, (byte) 0x90};

    private static Site site(long address) {
        return new Site(0, "site", address, List.of(OLD, NEW));
    }

    /** A table, the view of a CPU in it, and memory. */
    private static final class Fetches {
        private final SiteText text;
        private final Views views;
        private int view;
        private byte[] memory = OLD.clone();

        Fetches(FetchModel model, int chunk, long address, boolean fetchCoherent) {
            Site site = site(address);
            text = new SiteText(
                    site,
                    List.of(new TextStore(site, 0, NEW), new TextStore(site, 0, OLD), new TextStore(site, 0, (byte)
                            0xcc)));
            views = Views.of(text, model, chunk, fetchCoherent, new TableRoom());
        }

        Fetches(FetchModel model, int chunk) {
            this(model, chunk, LINE, false);
        }

        Fetches store(int offset, byte... data) {
            memory = memory.clone();
            System.arraycopy(data, 0, memory, offset, data.length);
            view = views.stored(view, text.codeOf(0, memory));
            return this;
        }

        Fetches serialize() {
            view = views.serialized(view, text.codeOf(0, memory));
            return this;
        }

        Fetches fetch(String bytes) {
            for (int id : views.fetches(view, 0)) {
                if (HexFormat.of().formatHex(views.fetched(id).bytes()).equals(bytes)) {
                    view = views.afterFetch(view, id);
                    return this;
                }
            }
            throw new AssertionError("no fetch " + bytes);
        }

        Set<String> all() {
            return ViewsProperties.fetches(views, view, 0);
        }
    }

    @Test
    void oneStoreOfAllBytesIsSeenAsTheModelSays() {
        assertEquals(Set.of("6690"), new Fetches(COHERENT, 1).store(0, NEW).all());
        assertEquals(
                Set.of("eb10", "6690"), new Fetches(STALE_INSN, 1).store(0, NEW).all());
        assertEquals(
                Set.of("eb10", "6610", "6690"),
                new Fetches(STALE_TAIL, 1).store(0, NEW).all());
        assertEquals(
                Set.of("eb10", "eb90", "6690"),
                new Fetches(STALE_HEAD, 1).store(0, NEW).all());
        assertEquals(
                Set.of("eb10", "6610", "eb90", "6690"),
                new Fetches(STALE_CHUNK, 1).store(0, NEW).all());
    }

    @Test
    void aMixtureInMemoryIsSeenByEveryModel() {
        for (FetchModel model : FetchModel.values()) {
            assertEquals(
                    model == COHERENT,
                    !new Fetches(model, 1).store(1, NEW[1]).all().contains("eb10"));
            assertEquals(true, new Fetches(model, 1).store(1, NEW[1]).all().contains("eb90"), model::text);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "INCOHERENT")
    void behindASerializingInstructionOnlyMemoryIsSeen(FetchModel model) {
        assertEquals(
                Set.of("6690"), new Fetches(model, 1).store(0, NEW).serialize().all());
    }

    @Test
    void serializationIsInVainWithoutCoherence() {
        assertEquals(
                Set.of("eb10", "6610", "eb90", "6690"),
                new Fetches(INCOHERENT, 1).store(0, NEW).serialize().all());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "COHERENT")
    void whatIsStoredBehindASerializingInstructionIsStaleAgain(FetchModel model) {
        Set<String> all = new Fetches(model, 1)
                .store(0, NEW)
                .serialize()
                .store(0, (byte) 0xcc)
                .all();
        assertEquals(true, all.containsAll(Set.of("cc", "6690")));
        assertEquals(model == INCOHERENT, all.contains("eb10"));
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void bytesOfOneChunkAreSeenAtOneTime(int chunk) {
        assertEquals(
                Set.of("eb10", "6690"),
                new Fetches(STALE_CHUNK, chunk).store(0, NEW).all());
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64})
    void bytesOnBothSidesOfABoundaryAreNot(int chunk) {
        assertEquals(
                Set.of("eb10", "6610", "eb90", "6690"),
                new Fetches(STALE_CHUNK, chunk, LINE + chunk - 1, false)
                        .store(0, NEW)
                        .all());
    }

    @Pins("text.length")
    @ParameterizedTest
    @EnumSource
    void nothingBehindABreakpointIsFetched(FetchModel model) {
        Set<String> all = new Fetches(model, 1)
                .store(0, (byte) 0xcc)
                .serialize()
                .store(1, NEW[1])
                .store(1, OLD[1])
                .store(1, NEW[1])
                .all();
        all.removeIf(bytes -> model == INCOHERENT && bytes.startsWith("eb"));
        assertEquals(Set.of("cc"), all);
    }

    @Pins("text.order")
    @Test
    void aLaterFetchMaySeeAnOlderTime() {
        assertEquals(
                Set.of("eb10", "6690"),
                new Fetches(STALE_INSN, 1, LINE, false)
                        .store(0, NEW)
                        .fetch("6690")
                        .all());
    }

    @Pins("text.order")
    @ParameterizedTest
    @EnumSource
    void withCoherentFetchesItMayNot(FetchModel model) {
        assertEquals(
                Set.of("6690"),
                new Fetches(model, 1, LINE, true).store(0, NEW).fetch("6690").all());
    }

    @Test
    void coherentFetchesGoBackInChunksNotYetSeen() {
        assertEquals(
                Set.of("6610", "6690"),
                new Fetches(STALE_CHUNK, 1, LINE, true)
                        .store(0, NEW)
                        .fetch("6610")
                        .all());
        assertEquals(
                Set.of("eb90", "6690"),
                new Fetches(STALE_CHUNK, 1, LINE, true)
                        .store(0, NEW)
                        .fetch("eb90")
                        .all());
    }

    @Test
    void aViewDoesNotGrowWithHistory() {
        for (FetchModel model : FetchModel.values()) {
            if (Views.areCommon(model)) {
                continue;
            }
            Fetches fetches = new Fetches(model, 1);
            int known = 0;
            for (int round = 0; round < 100; round++) {
                fetches.store(0, NEW).store(0, (byte) 0xcc).store(0, OLD);
                known = round == 2 ? fetches.views.size() : known;
            }
            assertEquals(known, fetches.views.size(), model::text);
        }
    }

    @Test
    void historiesThatCanBeToldApartAreDifferentViews() {
        Fetches stale = new Fetches(STALE_INSN, 1).store(0, NEW);
        int before = stale.view;
        assertNotEquals(before, stale.serialize().view);
    }

    @Test
    void historiesThatCannotBeToldApartAreOneView() {
        Fetches twice = new Fetches(STALE_CHUNK, 1).store(0, NEW);
        int once = twice.view;
        assertEquals(once, twice.store(0, OLD).store(0, NEW).view);
    }
}
