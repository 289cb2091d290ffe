// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.Pins;
import org.junit.jupiter.api.Test;

/** Rules of data memory, of the documentation of the package {@code data}, that no other test is about. */
class DataRulesTest {
    @Pins("data.room")
    @Test
    void aTextStoreWaitsForRoom() {
        Litmuses.TEXT_STORE_WAITS_FOR_ROOM.check();
    }
}
