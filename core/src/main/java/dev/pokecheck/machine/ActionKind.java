// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

/** What an action is. An action is an int: the CPU in bits 0..3, the kind in bits 4..7, a detail above. */
public enum ActionKind {
    /** The next operation of the top context; the detail is the piece of a text store. */
    STEP,
    /** Fetch and execution of one instruction of a site; the detail is what was fetched, doubled, plus 1 if a Jcc jumps. */
    FETCH,
    /** What a called function does to shared data. */
    CALLEE,
    /** The return from a called function. */
    RETURN,
    /** The end of a handler. */
    IRET,
    /** The oldest buffered store reaches memory; the detail is the piece of a text store. */
    DRAIN,
    /** Delivery of a spontaneous NMI. */
    NMI,
    /** Delivery of an NMI that was sent. */
    NMI_SENT,
    /** Delivery of a spontaneous IRQ. */
    IRQ,
    /** Delivery of a machine check. */
    MC,
    /** Delivery of the IPI of {@code sync*}, all of its handler, and its return. */
    IPI,
    /** The thread is taken over by stop_machine. */
    STOP,
    /** The thread gets its CPU back from stop_machine. */
    LEAVE,
    /** Delivery of an IPI whose handler runs functions; the detail is the CPU whose function comes first. */
    CALL,
    /** The thread is suspended, as another CPU has asked. */
    SUSPEND;

    private static final ActionKind[] KINDS = values();

    static final int DETAIL_SHIFT = 8;

    int action(int cpu) {
        return ordinal() << 4 | cpu;
    }

    int action(int cpu, int detail) {
        return detail << DETAIL_SHIFT | ordinal() << 4 | cpu;
    }

    /** A fetch: of what, and whether it then jumps if it is a conditional jump. */
    static int fetch(int cpu, int fetched, boolean jumps) {
        return FETCH.action(cpu, fetched << 1 | (jumps ? 1 : 0));
    }

    /** The number of what a fetch sees, for {@link dev.pokecheck.text.Views#fetched}. */
    public static int fetched(int action) {
        return detail(action) >> 1;
    }

    /** Whether a fetch of a conditional jump then jumps. */
    public static boolean jumps(int action) {
        return (detail(action) & 1) != 0;
    }

    /** The kind of an action. */
    public static ActionKind of(int action) {
        return KINDS[action >>> 4 & 15];
    }

    /** The CPU of an action. */
    public static int cpu(int action) {
        return action & 15;
    }

    /** The detail of an action. */
    public static int detail(int action) {
        return action >>> DETAIL_SHIFT;
    }
}
