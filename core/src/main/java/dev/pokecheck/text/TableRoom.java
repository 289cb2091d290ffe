// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/**
 * How much the tables of one machine may hold: so many fetch histories and so many fetched instructions of each site, and so many bytes
 * of all sites together. Bytes are estimates, for a 64-bit JVM with small pointers.
 *
 * <p>A history or an instruction too many is a {@link TableFullException}. Answers that can be worked out again are not kept when no
 * bytes are left; then the same question takes longer the next time.
 */
public final class TableRoom {
    /**
     * A million histories: all orders in which nine bytes can arrive are 986 410. More would take more bytes than {@link #BYTES}
     * anyway, at some 200 each.
     */
    static final int HISTORY_BITS = 20;

    /**
     * A quarter of a million fetched instructions, at some 300 bytes each: as many as nine bytes of four values can be. The number of an
     * instruction and one bit more must fit into the 23 bits that an action has for its detail.
     */
    static final int FETCH_BITS = 18;

    /** Half of what a JVM takes by default on a machine of two gigabytes: the other half is for the states. */
    static final long BYTES = 256L << 20;

    /** So many fetched instructions, and as many kilobytes, are kept back for the report on a search that a table has ended. */
    private static final int RESERVE = 1 << 10;

    private final int histories;
    private final int fetches;
    private long left;
    private boolean reserveIsOpen;
    private long reserveLeft;

    /** The room of every machine but those of tests. */
    public TableRoom() {
        this(1 << HISTORY_BITS, 1 << FETCH_BITS, BYTES);
    }

    /**
     * Less room.
     *
     * @param histories how many fetch histories of a site, at least 1
     * @param fetches how many fetched instructions of a site, at least 2
     * @param bytes how many bytes of all sites
     */
    public TableRoom(int histories, int fetches, long bytes) {
        if (histories < 1 || histories > 1 << HISTORY_BITS || fetches < 2 || fetches > 1 << FETCH_BITS) {
            throw new IllegalArgumentException(
                    "no table has room for " + histories + " histories and " + fetches + " fetches");
        }
        this.histories = histories;
        this.fetches = fetches;
        this.left = bytes;
    }

    int histories() {
        return histories;
    }

    /** How many fetched instructions of a site there may be now. */
    int fetches() {
        return reserveIsOpen ? fetches : fetches - Math.min(RESERVE, fetches / 2);
    }

    /** Says that a table was full: what was found before is to be reported, and that may take a little more, from now on. */
    void openReserve() {
        if (!reserveIsOpen) {
            reserveIsOpen = true;
            reserveLeft = RESERVE << 10;
        }
    }

    /** Takes some bytes of the reserve, if it is open and they are there. */
    boolean takeReserve(long bytes) {
        if (!reserveIsOpen || bytes > reserveLeft) {
            return false;
        }
        reserveLeft -= bytes;
        return true;
    }

    /** Takes some bytes, if they are there. */
    boolean take(long bytes) {
        if (bytes > left) {
            return false;
        }
        left -= bytes;
        return true;
    }

    /** Gives back what a table has taken that begins anew. */
    void give(long bytes) {
        left += bytes;
    }
}
