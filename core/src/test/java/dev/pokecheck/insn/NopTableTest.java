// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NopTableTest {
    @Test
    void theTablesAgreeUpToEightBytes() {
        String[] nops = {
            "90",
            "66 90",
            "0f 1f 00",
            "0f 1f 40 00",
            "0f 1f 44 00 00",
            "66 0f 1f 44 00 00",
            "0f 1f 80 00 00 00 00",
            "0f 1f 84 00 00 00 00 00"
        };
        for (NopTable table : NopTable.values()) {
            for (int length = 1; length <= 8; length++) {
                assertEquals(nops[length - 1], Printer.hex(table.nop(length)), table.toString());
            }
        }
    }

    @Test
    void nopsDifferBetweenTablesBeyondEightBytes() {
        assertEquals("66 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.INTEL.nop(9)));
        assertEquals("66 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.AMD.nop(9)));
        assertEquals("66 66 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.AMD.nop(10)));
        assertEquals("66 66 66 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.AMD.nop(11)));
        assertEquals("2e 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.LINUX_6_12.nop(9)));
        assertEquals("66 2e 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.LINUX_6_12.nop(10)));
        assertEquals("66 66 2e 0f 1f 84 00 00 00 00 00", Printer.hex(NopTable.LINUX_6_12.nop(11)));
    }

    @ParameterizedTest
    @EnumSource
    void everyNopIsOneNop(NopTable table) {
        for (int length = 1; length <= table.longest(); length++) {
            assertEquals(Insn.of(Kind.NOP, length), Decoder.decode(table.nop(length), 0, length, 0));
        }
        assertThrows(IllegalArgumentException.class, () -> table.nop(0));
        assertThrows(IllegalArgumentException.class, () -> table.nop(table.longest() + 1));
    }

    @Test
    void padding() {
        assertEquals("0f 1f 84 00 00 00 00 00 66 90", Printer.hex(NopTable.LINUX_6_1.pad(10)));
        assertArrayEquals(NopTable.AMD.nop(10), NopTable.AMD.pad(10));
        assertEquals("", Printer.hex(NopTable.INTEL.pad(0)));
        assertEquals(
                "cannot pad -1 bytes",
                assertThrows(IllegalArgumentException.class, () -> NopTable.INTEL.pad(-1))
                        .getMessage());
    }

    @Test
    void arraysAreFresh() {
        NopTable.AMD.nop(1)[0] = 0;
        assertEquals("90", Printer.hex(NopTable.AMD.nop(1)));
    }
}
