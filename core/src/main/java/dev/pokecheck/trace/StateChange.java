// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.trace;

/**
 * One thing that a step changed.
 *
 * @param kind what sort of thing
 * @param cpu the CPU that it belongs to; -1 for what all share
 * @param what its name: a variable, a site, a flag
 * @param old what it was; empty for what came to be
 * @param now what it is; empty for what is gone
 */
public record StateChange(Kind kind, int cpu, String what, String old, String now) {
    /** What sort of thing changed. */
    public enum Kind {
        /** A shared variable in memory. */
        VARIABLE,
        /** The life of an object. */
        OBJECT,
        /** The bytes of a site in memory. */
        TEXT,
        /** The progress of a patch call. */
        PATCH,
        /** A store came into the store buffer, or left it. */
        STORE_BUFFER,
        /** A context came onto the stack of a CPU, or left it. */
        CONTEXT,
        /** A saved address, the place where an execution goes on, or a return address that was pushed. */
        PLACE,
        /** A flag of a CPU, or something that is pending there. */
        FLAG,
        /** The CPU serialized: what it may fetch is what memory holds. */
        SERIALIZED
    }

    static final int SHARED = -1;

    /** Whether it is a change of this CPU, or of what all share. */
    public boolean isOf(int number) {
        return cpu == number || cpu == SHARED;
    }

    /** The change as one phrase. */
    public String text() {
        return switch (kind) {
            case VARIABLE -> what + ": " + old + " \u2192 " + now;
            case PLACE -> what + ": " + (old.isEmpty() ? "" : old + " \u2192 ") + now;
            case TEXT -> what + ": " + old + " \u2192 " + now;
            case STORE_BUFFER -> now.isEmpty() ? "drained: " + old : "buffered: " + now;
            case CONTEXT -> now.isEmpty() ? what : what + " at " + now;
            case OBJECT, PATCH, FLAG -> what + " " + now;
            case SERIALIZED -> "serialized";
        };
    }
}
