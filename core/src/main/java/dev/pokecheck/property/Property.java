// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What is checked, in the words of users. */
public enum Property {
    /** An execution decoded bytes of no version, or instructions of two versions. */
    TORN("torn", "an execution decodes bytes of no version", Level.SAFE, Incident.TORN, Incident.MIXED),
    /** A saved address was resumed inside an instruction. */
    MID_INSTRUCTION(
            "mid-instruction",
            "a saved address is resumed inside an instruction of the present version",
            Level.SAFE,
            Incident.MID_INSTRUCTION),
    /** Old code ran after the patch call had returned. */
    STALE(
            "stale",
            "an execution that began after the patch call returned sees an older version",
            Level.REGULAR,
            Incident.STALE),
    /** Executions went from new to old in real-time order. */
    BACKWARDS("backwards", "real-time order of executions goes from new to old", Level.ATOMIC, Incident.BACKWARDS),
    /** One path saw two versions. */
    GROUP("group", "one path sees new code at one site and old code at a paired one", Level.GROUP, Incident.GROUP),
    /** Nobody claimed a breakpoint. */
    UNHANDLED_INT3("unhandled-int3", "no handler claims a breakpoint", Level.NONE, Incident.UNHANDLED_INT3),
    /** A call was skipped by emulation. */
    LOST_CALL("lost-call", "emulation does neither the old nor the new call", Level.NONE, Incident.LOST_CALL),
    /** Emulation went astray. */
    WRONG_TARGET("wrong-target", "emulation goes where no version goes", Level.NONE, Incident.WRONG_TARGET),
    /** A saved frame was overwritten. */
    CORRUPT_FRAME(
            "corrupt-frame",
            "a saved frame is overwritten",
            Level.NONE,
            Incident.EMULATION_OVERWROTE_FRAME,
            Incident.NMI_OVERWROTE_FRAME),
    /** Somebody has not finished and never will. */
    DEADLOCK("deadlock", "some CPU has not finished, and no path leads to where all have", Level.NONE),
    /** A fair cycle in which no patch or execution completes; the rules are in the package documentation. */
    LIVELOCK("livelock", "a fair cycle in which no patch or execution completes", Level.NONE),
    /** The protocol's own assertion, or misuse of its data. */
    BUG(
            "bug",
            "a BUG() of the protocol; use of a dead object; array bound; value range; recursion beyond the stack; endless loop",
            Level.NONE,
            Incident.BUG_ON,
            Incident.UD2,
            Incident.DEAD_OBJECT,
            Incident.INDEX,
            Incident.RANGE,
            Incident.RECURSION,
            Incident.ENDLESS),
    /** At the end the text is not what was asked for. */
    LOST_PATCH("lost-patch", "at the end the text is not the requested text", Level.NONE, Incident.LOST_PATCH),
    /** The run never reached what it was to test. It has no incident: promises decide it. */
    VACUOUS("vacuous", "the run never reached what it was to test", Level.NONE);

    private static final Property[] BY_INCIDENT = byIncident();

    private final String text;
    private final String meaning;
    private final Level from;
    private final long bits;

    Property(String text, String meaning, Level from, Incident... incidents) {
        this.text = text;
        this.meaning = meaning;
        this.from = from;
        this.bits = Stream.of(incidents).mapToLong(Incident::bit).reduce(0, (a, b) -> a | b);
    }

    private static Property[] byIncident() {
        Property[] properties = new Property[Incident.values().length];
        for (Property property : values()) {
            for (Incident incident : property.incidents()) {
                properties[incident.ordinal()] = property;
            }
        }
        return properties;
    }

    /** The property that an incident violates. */
    public static Property of(Incident incident) {
        return BY_INCIDENT[incident.ordinal()];
    }

    /** The property with a name. */
    public static Optional<Property> of(String text) {
        return Stream.of(values())
                .filter(property -> property.text.equals(text))
                .findFirst();
    }

    /** All names. */
    public static List<String> texts() {
        return Stream.of(values()).map(Property::text).toList();
    }

    /** Its name in verdicts, corpus files and on the command line. */
    public String text() {
        return text;
    }

    /** When it is violated, as a clause. */
    public String meaning() {
        return meaning;
    }

    /** The weakest level that it is a violation at. */
    public Level from() {
        return from;
    }

    /** Whether it must not be violated at a level. */
    public boolean forbiddenAt(Level level) {
        return level.contains(from);
    }

    /** The incidents that violate it; empty for those that only a whole search can decide. */
    public List<Incident> incidents() {
        return Stream.of(Incident.values())
                .filter(incident -> (bits & incident.bit()) != 0)
                .toList();
    }

    /** The bits of its incidents. */
    public long bits() {
        return bits;
    }

    /** Whether a search decides it by itself: not {@link #VACUOUS}, which is a verdict. */
    public boolean isSearched() {
        return this != VACUOUS;
    }

    /**
     * What a run must have met, one of them, before it means anything that it did not violate this: the {@code sometimes} to this {@code always}.
     * Empty for {@link #VACUOUS}.
     */
    public List<Reached> sometimes() {
        return switch (this) {
            case TORN -> List.of(Reached.SITE_DURING_PATCH);
            case MID_INSTRUCTION -> List.of(Reached.RESUMED_INSIDE);
            case STALE -> List.of(Reached.SITE_AFTER_PATCH);
            case BACKWARDS -> List.of(Reached.AFTER_NEW_CODE);
            case GROUP -> List.of(Reached.SECOND_SITE);
            case UNHANDLED_INT3 -> List.of(Reached.BREAKPOINT);
            case LOST_CALL, WRONG_TARGET -> List.of(Reached.EMULATED);
            case CORRUPT_FRAME -> List.of(Reached.EMULATED, Reached.BREAKPOINT_IN_NMI);
            case DEADLOCK -> List.of(Reached.WAITED);
            case LIVELOCK -> List.of(Reached.WENT_BACK);
            case BUG -> List.of(Reached.ASSERTED);
            case LOST_PATCH -> List.of(Reached.COMPLETE);
            case VACUOUS -> List.of();
        };
    }

    /** Whether it speaks of executions of a site, so that somebody has to execute one. */
    public boolean isOfExecutions() {
        return switch (this) {
            case DEADLOCK, LIVELOCK, BUG, LOST_PATCH, VACUOUS -> false;
            default -> true;
        };
    }
}
