// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/** What a context of a CPU is. The order is part of packed states. */
public enum ContextKind {
    /** No context: an unused place of the stack. */
    NONE(""),
    /** The thread that the CPU runs. */
    THREAD(""),
    /** The worker of {@code stop_machine}, which has taken the CPU from its thread. */
    STOPPER("stop"),
    /** A handler of a maskable interrupt. */
    IRQ("irq"),
    /** The breakpoint handler. */
    BP("bp"),
    /** The NMI handler. */
    NMI("nmi"),
    /** The machine check handler. */
    MC("mc"),
    /** The handler of an IPI that runs a function. */
    IPI("ipi");

    private static final ContextKind[] KINDS = values();
    private final String text;

    ContextKind(String text) {
        this.text = text;
    }

    /** The kind with an ordinal, without allocation. */
    public static ContextKind of(int ordinal) {
        return KINDS[ordinal];
    }

    /** Its name behind that of the CPU in schedules: {@code cpu1.nmi}; empty for a thread. */
    public String text() {
        return text;
    }

    /** Whether its return is an IRET. */
    public boolean returnsByIret() {
        return this == IRQ || this == BP || this == NMI || this == MC || this == IPI;
    }
}
