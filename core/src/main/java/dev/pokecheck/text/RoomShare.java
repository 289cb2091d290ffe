// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.text;

/** What some tables have of the {@link TableRoom} of all. */
final class RoomShare {
    /** What an array takes besides its elements. */
    static final int ARRAY_BYTES = 16;

    private final TableRoom room;
    private final String owner;
    private long taken;

    /** Whose tables they are: a site, or all. */
    RoomShare(TableRoom room, String owner) {
        this.room = room;
        this.owner = owner;
    }

    int histories() {
        return room.histories();
    }

    int fetches() {
        return room.fetches();
    }

    /** Takes some bytes, if they are there. */
    boolean take(long bytes) {
        if (!room.take(bytes)) {
            return false;
        }
        taken += bytes;
        return true;
    }

    /** Takes some bytes, of the reserve if nothing else is left and it is open. */
    boolean takeAlsoReserve(long bytes) {
        return take(bytes) || room.takeReserve(bytes);
    }

    /** Gives back all that was taken: the tables begin anew. */
    void giveBack() {
        room.give(taken);
        taken = 0;
    }

    /** What is too much; a report on it may still add fetched instructions, never histories. */
    TableFullException full(String what, int size) {
        room.openReserve();
        return new TableFullException(owner, what, size);
    }
}
