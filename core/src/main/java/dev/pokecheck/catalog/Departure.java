// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/** What a repaired {@code text_poke_late} does differently from the RFC, one by one. */
enum Departure {
    /** {@code sync_ack_map} is cleared before the new state is published, not after it. */
    CLEAR_BEFORE_STATE("clear-before-state"),
    /** Each site has states of its own numbers, so that the SYNC_DONE behind one site is not mistaken for that before it. */
    NUMBERED_STATES("numbered-states"),
    /** All CPUs are brought into the NMI handler, and have said so, before the first byte is written. */
    CAPTURE_IN_NMI("capture-in-nmi"),
    /** {@code sync_one} is an IRET in NMI context, too: the RFC's open question, not a repair. */
    IRET_IN_NMI("iret-in-nmi");

    private final String text;

    Departure(String text) {
        this.text = text;
    }

    /** Its name in variants. */
    String text() {
        return text;
    }
}
