// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** What can go wrong in one step, as the machine notices it. Each has a bit in the result of a step. */
public enum Incident {
    /** Bytes of no version were executed as an instruction. */
    TORN("bytes of no version were executed"),
    /** One execution ran instructions of two versions. */
    MIXED("one execution ran instructions of two versions"),
    /** Execution went on inside an instruction of the present version. */
    MID_INSTRUCTION("execution went on inside an instruction of the present version"),
    /** An execution that began after the patch call had returned saw an older version. */
    STALE("an execution that began after the patch call returned saw an older version"),
    /** An execution saw an older version than one that was complete before it began. */
    BACKWARDS("an execution saw an older version than an earlier, complete execution"),
    /** The executions of one path saw different versions. */
    GROUP("one path saw old code at one site and new code at another"),
    /** Nobody claimed a breakpoint. */
    UNHANDLED_INT3("no handler claimed a breakpoint"),
    /** A breakpoint handler skipped a call. */
    LOST_CALL("the breakpoint handler did neither the old nor the new call"),
    /** A breakpoint handler went somewhere else than any version. */
    WRONG_TARGET("the breakpoint handler went where no version goes"),
    /** An emulated push overwrote a saved frame. */
    EMULATION_OVERWROTE_FRAME("the emulated push overwrote the handler's saved frame"),
    /** A nested NMI overwrote the saved frame of the outer one. */
    NMI_OVERWROTE_FRAME("a nested NMI overwrote the saved frame of the outer NMI"),
    /** A BUG_ON of the protocol held. */
    BUG_ON("a BUG_ON of the protocol held"),
    /** UD2 was executed. */
    UD2("ud2 was executed"),
    /** A field of a dead object was used. */
    DEAD_OBJECT("a field of an object was used outside its life"),
    /** An array index was out of bounds. */
    INDEX("an array index was out of bounds"),
    /** A value was outside the declared range of its variable. */
    RANGE("a value was outside the declared range of its variable"),
    /** The contexts of a CPU, or the return addresses of a context, exceeded the stack. */
    RECURSION("recursion exceeded the stack"),
    /** A routine ran its own statements for ever. */
    ENDLESS("a routine loops without touching anything shared"),
    /** All is done and the text is not what was asked for. */
    LOST_PATCH("at the end the text is not the requested text");

    /** The incidents behind which an execution goes on as if nothing had happened: they concern its place in time, not what it is. */
    public static final long NOTED = STALE.bit() | BACKWARDS.bit() | GROUP.bit();

    private final String text;

    Incident(String text) {
        this.text = text;
    }

    /** What happened, as a clause. */
    public String text() {
        return text;
    }

    /** Its bit. */
    public long bit() {
        return 1L << ordinal();
    }
}
