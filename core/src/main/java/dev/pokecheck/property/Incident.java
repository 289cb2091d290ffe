// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import java.util.List;
import java.util.Locale;

/**
 * What can go wrong in one step, as the machine notices it. Each has a bit in the result of a step. Their order is part of checkpoints: a new
 * one comes last.
 */
public enum Incident {
    /** Bytes of no version were executed as an instruction. */
    TORN("bytes of no version were executed", Property.TORN, List.of(Evidence.CODE)),
    /** One execution ran instructions of two versions. */
    MIXED(
            "one execution ran instructions of two versions",
            Property.TORN,
            List.of(Evidence.CODE, Evidence.EARLIER_EXECUTIONS)),
    /** Execution went on inside an instruction of the present version. */
    MID_INSTRUCTION(
            "execution went on inside an instruction of the present version",
            Property.MID_INSTRUCTION,
            List.of(Evidence.CODE, Evidence.EARLIER_EXECUTIONS)),
    /** An execution that began after the patch call had returned saw an older version. */
    STALE(
            "an execution that began after the patch call returned saw an older version",
            Property.STALE,
            List.of(Evidence.CODE, Evidence.RETURNS)),
    /** An execution saw an older version than one that was complete before it began. */
    BACKWARDS(
            "an execution saw an older version than an earlier, complete execution",
            Property.BACKWARDS,
            List.of(Evidence.CODE, Evidence.EARLIER_EXECUTIONS)),
    /** The executions of one path saw different versions. */
    GROUP(
            "one path saw old code at one site and new code at another",
            Property.GROUP,
            List.of(Evidence.CODE, Evidence.EARLIER_EXECUTIONS)),
    /** Nobody claimed a breakpoint. */
    UNHANDLED_INT3(
            "no handler claimed a breakpoint",
            Property.UNHANDLED_INT3,
            List.of(Evidence.BREAKPOINT, Evidence.MEMORY, Evidence.VARIABLES)),
    /** A breakpoint handler skipped a call. */
    LOST_CALL(
            "the breakpoint handler did neither the old nor the new call",
            Property.LOST_CALL,
            List.of(Evidence.PLACES, Evidence.BREAKPOINT, Evidence.MEMORY, Evidence.VARIABLES)),
    /** A breakpoint handler, or who had suspended a thread, sent a context somewhere else than any version goes. */
    WRONG_TARGET(
            "a context was sent where no version goes",
            Property.WRONG_TARGET,
            List.of(Evidence.PLACES, Evidence.BREAKPOINT, Evidence.MEMORY, Evidence.VARIABLES)),
    /** An emulated push overwrote a saved frame. */
    EMULATION_OVERWROTE_FRAME(
            "the emulated push overwrote the handler's saved frame",
            Property.CORRUPT_FRAME,
            List.of(Evidence.BREAKPOINT, Evidence.MEMORY, Evidence.VARIABLES)),
    /** A nested NMI overwrote the saved frame of the outer one. */
    NMI_OVERWROTE_FRAME("a nested NMI overwrote the saved frame of the outer NMI", Property.CORRUPT_FRAME, List.of()),
    /** A BUG_ON of the protocol held. */
    BUG_ON("a BUG_ON of the protocol held", Property.BUG, List.of(Evidence.ASSERTION)),
    /** UD2 was executed. */
    UD2("ud2 was executed", Property.BUG, List.of()),
    /** A field of a dead object was used. */
    DEAD_OBJECT("a field of an object was used outside its life", Property.DEAD_OBJECT, List.of(Evidence.STATEMENT)),
    /** An array index was out of bounds. */
    INDEX("an array index was out of bounds", Property.BUG, List.of(Evidence.STATEMENT)),
    /** A value was outside the declared range of its variable. */
    RANGE("a value was outside the declared range of its variable", Property.BUG, List.of(Evidence.STATEMENT)),
    /** A CALL was executed in a function that was itself called from a site: a context has one return address. */
    NESTED_CALL("a call inside a called function; a context has room for one return address", Property.BUG, List.of()),
    /** A routine ran its own statements for ever. */
    ENDLESS("a routine loops without touching anything shared", Property.BUG, List.of()),
    /** All is done and the text is not what was asked for. */
    LOST_PATCH("at the end the text is not the requested text", Property.LOST_PATCH, List.of(Evidence.LAST_STORES)),
    /** A breakpoint handler came to the breakpoint that it handles, with nothing changed. */
    RECURSION(
            "the breakpoint handler hit the breakpoint that it handles, with nothing changed",
            Property.RECURSION,
            List.of(Evidence.BREAKPOINT)),
    /** A postcondition failed. */
    ENSURE("a named postcondition failed", Property.ENSURE, List.of(Evidence.STATEMENT)),
    /** The life of an object ended that had ended before, or had not begun. */
    ENDED_TWICE("the life of a dead object ended", Property.DEAD_OBJECT, List.of(Evidence.STATEMENT)),
    /** A mark begins a patch call of a CPU that makes one for the site already, or ends one that is not under way. */
    PATCH_MARK("a patch mark fits no patch call", Property.BUG, List.of(Evidence.STATEMENT));

    private final String text;
    private final Property property;

    @SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed: List.of
    private final List<Evidence> evidence;

    Incident(String text, Property property, List<Evidence> evidence) {
        this.text = text;
        this.property = property;
        this.evidence = evidence;
    }

    /** What happened, as a clause. */
    public String text() {
        return text;
    }

    /** The property that it violates. */
    public Property property() {
        return property;
    }

    /** What explains it, in the order of showing; empty if the step says it all. */
    public List<Evidence> evidence() {
        return evidence;
    }

    /** Its name in titles. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Its bit. */
    public long bit() {
        return 1L << ordinal();
    }
}
