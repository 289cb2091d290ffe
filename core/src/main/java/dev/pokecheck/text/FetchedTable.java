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

/** The instructions that were fetched from a site, each with a number. */
final class FetchedTable {
    /** What a fetched instruction takes, with its bytes and what they decode to. */
    private static final int FETCHED_BYTES = 300;

    private final SiteText text;
    private final RoomShare room;
    private final List<Fetched> fetched = new ArrayList<>();
    private final Map<Fetched, Fetched> interned = new LinkedHashMap<>();

    FetchedTable(SiteText text, RoomShare room) {
        this.text = text;
        this.room = room;
    }

    int size() {
        return fetched.size();
    }

    Fetched get(int id) {
        return fetched.get(id);
    }

    /**
     * The instruction that begins with some bytes.
     *
     * @param offset where in the site it begins
     * @param seen the bytes, perhaps more than it has
     * @param code the bits of a content that stand for them
     * @throws TableFullException if it is a new one and there is no room for it
     */
    Fetched intern(int offset, byte[] seen, long code) {
        byte[] bytes = Arrays.copyOf(seen, shortest(seen));
        Site site = text.site();
        Insn insn = Decoder.decode(bytes, 0, bytes.length, site.address() + offset);
        long mask = text.maskOf(offset, offset + bytes.length);
        Fetched candidate =
                new Fetched(fetched.size(), offset, bytes, insn, versionsWith(offset, bytes), mask, code & mask);
        Fetched same = interned.get(candidate);
        if (same != null) {
            return same;
        }
        if (fetched.size() >= room.fetches() || !room.takeAlsoReserve(FETCHED_BYTES)) {
            throw room.full("fetched instructions", fetched.size());
        }
        interned.put(candidate, candidate);
        fetched.add(candidate);
        return candidate;
    }

    /** An instruction of the site is one of its versions, whoever has put it there; one of a site that overlaps it may stand in any. */
    private int versionsWith(int offset, byte[] insn) {
        Site site = text.site();
        int own = site.versionsWith(offset, insn);
        return own == 0 && text.region().isOfAnother(site, offset, insn) ? site.allVersions() : own;
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

    void clear() {
        fetched.clear();
        interned.clear();
    }

    void save(LongStream.Builder out) {
        out.add(fetched.size());
        for (Fetched one : fetched) {
            out.add(one.offset()).add(one.length());
            for (byte b : one.bytes()) {
                out.add(b);
            }
        }
    }

    /** Takes over what {@link #save} has written from a place on, into an empty table; returns where it ends. */
    int restore(long[] saved, int from) {
        int at = from;
        long count = saved[at++];
        for (int id = 0; id < count; id++) {
            int offset = (int) saved[at++];
            byte[] bytes = new byte[(int) saved[at++]];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) saved[at++];
            }
            if (intern(offset, bytes, text.codeOf(offset, bytes)).id() != id) {
                throw new IllegalArgumentException(
                        text.site().name() + ": the fetched instructions are those of another site");
            }
        }
        return at;
    }
}
