// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/** What a patch of the series that {@code text_poke_late} comes from adds. */
enum LatePart {
    /** 16 and 17/26: text is written, secondaries acknowledge. */
    WRITE,
    /** 18/26: breakpoint handling. */
    BREAKPOINT,
    /** 19/26: the same run inside an NMI. */
    NMI
}
