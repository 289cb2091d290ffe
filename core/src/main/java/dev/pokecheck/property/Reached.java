// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

/** Situations that a run should have met before its verdict means much. Each has a bit. */
public enum Reached {
    /** A site was executed between the beginning and the return of a patch call. */
    SITE_DURING_PATCH("a site executed during the patch call"),
    /** A site was executed after a patch call had returned. */
    SITE_AFTER_PATCH("a site executed after the patch call had returned"),
    /** A breakpoint was hit. */
    BREAKPOINT("a breakpoint hit"),
    /** A breakpoint was hit inside an NMI handler. */
    BREAKPOINT_IN_NMI("a breakpoint hit inside an NMI handler"),
    /** An NMI was delivered during a patch call. */
    NMI_DURING_PATCH("an NMI delivered during the patch call"),
    /** An IRQ was delivered during a patch call. */
    IRQ_DURING_PATCH("an IRQ delivered during the patch call"),
    /** A machine check was delivered during a patch call. */
    MC_DURING_PATCH("a machine check delivered during the patch call"),
    /** A fetch saw other bytes than memory held. */
    STALE_FETCH("a fetch that saw other bytes than memory held"),
    /** An execution saw a newer version than the first. */
    NEW_CODE("new code executed"),
    /** A store waited for room in the store buffer. */
    FULL_BUFFER("a store held back by a full store buffer"),
    /** Everybody was done. */
    COMPLETE("a complete run"),
    /** An execution went on at an address inside a site that was being patched or had been. */
    RESUMED_INSIDE("an execution that went on inside a site during or after the patch call"),
    /** An execution began when another had already seen new code. */
    AFTER_NEW_CODE("an execution that began after another had seen new code"),
    /** A path executed a second site. */
    SECOND_SITE("a path through two sites during or after the patch call"),
    /** A breakpoint handler sent the trapped context somewhere else than back to the breakpoint. */
    EMULATED("a breakpoint handler that went on behind the breakpoint"),
    /** A CPU could not take its next step. */
    WAITED("a CPU that had to wait"),
    /** A loop of a routine was gone round, or a handler went back to the breakpoint. */
    WENT_BACK("a loop gone round, or a handler that went back to its breakpoint"),
    /** A BUG_ON was asked. */
    ASSERTED("an assertion of the protocol that could fail"),
    /** An element of an array was accessed, so that its index was held against the array's length. */
    INDEXED("an element of an array accessed"),
    /** A postcondition was asked for. */
    ENSURED("a postcondition that was asked for"),
    /** A field of an object that has a life was used, in it or outside. */
    OBJECT_USED("a field of an object used that has a life"),
    /** The same outside its life. */
    DEAD_OBJECT_USED("a field of an object used outside its life"),
    /** A CPU executed bytes that had changed since it serialized, other than by a breakpoint over the first of them. */
    UNSYNCHRONISED("code executed that had changed since the CPU serialized, by more than a breakpoint");

    private final String text;

    Reached(String text) {
        this.text = text;
    }

    /** The situation, as a noun phrase. */
    public String text() {
        return text;
    }

    /** Its bit. */
    public long bit() {
        return 1L << ordinal();
    }
}
