// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

/** What can be changed in a stage of {@code text_poke_late}, one by one; the order is that in which names of protocols list them. */
enum LateChange {
    /** The wait for a state counts no acknowledgement of the one before. */
    CLEAR_FIRST(
            "clear-first", LatePart.WRITE, "sync_ack_map is cleared before the new state is published, not after it"),
    /**
     * The RFC never does: the map is static, so the first call finds it empty, and each later one finds in it what the last acknowledgements of
     * the call before have left, one bit a CPU.
     */
    RESET_MAP("reset-map", LatePart.WRITE, "each call clears sync_ack_map before it stops the machine"),
    /** Nothing is cleared then, so that there is nothing to be cleared too late or not at all. */
    SEQ_ACKS(
            "seq-acks",
            LatePart.WRITE,
            "a state carries a sequence number, over sites and calls, and each CPU acknowledges by the number it has seen; there is no map"),
    /** So the SYNC_DONE after one site is not mistaken for that before it. */
    NUMBERED_STATES("numbered-states", LatePart.WRITE, "each site of a call has states of its own numbers"),
    /** An NMI handler that took no notice of {@code nmi_work} has ended when its CPU acknowledges in its thread. */
    RENDEZVOUS(
            "rendezvous",
            LatePart.NMI,
            "once NMIs are caught, all CPUs acknowledge one more state, SYNC_NMI, before the primary sends the NMI to itself"),
    /** No CPU runs anything but the handler from the first byte to the last. */
    CAPTURE_IN_NMI(
            "capture-in-nmi",
            LatePart.NMI,
            "all CPUs are brought into the NMI handler, and have said so, before the first byte is written"),
    /** So the primary writes no byte of the new code before all have synchronised after INT3. */
    OUT_OF_LINE(
            "out-of-line",
            LatePart.BREAKPOINT,
            "the primary's breakpoint handler executes the new instruction out of line instead of writing it"),
    /** The RFC's open question, not a repair. */
    IRET_IN_NMI("iret-in-nmi", LatePart.NMI, "sync_one() is an IRET in NMI context, too");

    private final String text;
    private final LatePart of;
    private final String summary;

    LateChange(String text, LatePart of, String summary) {
        this.text = text;
        this.of = of;
        this.summary = summary;
    }

    /** Its name. */
    String text() {
        return text;
    }

    /** What it changes a step of: a stage without that is the same with the change. */
    LatePart of() {
        return of;
    }

    /** What it is, in one sentence. */
    String summary() {
        return summary;
    }
}
