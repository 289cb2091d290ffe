// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

/** The handlers that a postcondition can ask about ({@link Expr#noCpuIn}). */
public enum HandlerKind {
    /** The breakpoint handler. */
    BREAKPOINT("bp"),
    /** The NMI handler. */
    NMI("nmi"),
    /** The handler of maskable interrupts. */
    IRQ("irq"),
    /** The machine check handler. */
    MACHINE_CHECK("mc"),
    /** The handler of an IPI that runs a function. */
    IPI("ipi");

    private final String text;

    HandlerKind(String text) {
        this.text = text;
    }

    /** Its name, as that of the context in schedules. */
    public String text() {
        return text;
    }
}
