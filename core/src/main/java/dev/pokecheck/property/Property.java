// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is checked, in the words of users. All that is to be said about a property, on whatever screen or in whatever file, stands here, and what
 * violates it in one step in {@link Incident}.
 */
public enum Property {
    /** An execution decoded bytes of no version, or instructions of two versions. */
    TORN(
            "torn",
            "an execution decodes bytes of no version",
            Level.SAFE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.SITE_DURING_PATCH),
            Severity.ERROR,
            "Another CPU may fetch while the bytes are written, and may hold the first bytes longer than the others: look which"
                    + " step wrote the bytes that were run, and what keeps CPUs out of the site until they are all there."),
    /** A saved address was resumed inside an instruction. */
    MID_INSTRUCTION(
            "mid-instruction",
            "a saved address is resumed inside an instruction of the present version",
            Level.SAFE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.RESUMED_INSIDE),
            Severity.ERROR,
            "A thread was interrupted behind the first instruction of a site that then became one instruction: look at what waits"
                    + " for such threads before the bytes change."),
    /** Old code ran after the patch call had returned. */
    STALE(
            "stale",
            "an execution that began after the patch call returned sees an older version",
            Level.REGULAR,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.SITE_AFTER_PATCH),
            Severity.ERROR,
            "The patch call returned although a CPU could still run old bytes that it had fetched: look for the serialization"
                    + " of every CPU that must lie between the last store and the return."),
    /** Executions went from new to old in real-time order. */
    BACKWARDS(
            "backwards",
            "real-time order of executions goes from new to old",
            Level.ATOMIC,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.AFTER_NEW_CODE),
            Severity.ERROR,
            "One CPU was through with new code, and after that another ran old code: nothing orders the two while the patch call is"
                    + " under way. Many protocols do not promise that; then demand level regular."),
    /** One path saw two versions. */
    GROUP(
            "group",
            "one path sees new code at one site and old code at a paired one",
            Level.GROUP,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.SECOND_SITE),
            Severity.ERROR,
            "One path met the new code of one site and the old code of another: sites that belong together must be out of use"
                    + " together while they change."),
    /** Nobody claimed a breakpoint. */
    UNHANDLED_INT3(
            "unhandled-int3",
            "no handler claims a breakpoint",
            Level.NONE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.BREAKPOINT),
            Severity.ERROR,
            "A CPU hit the breakpoint when its handler did not know the site, or no longer: look at the order of publishing the"
                    + " descriptor and writing the breakpoint, and of removing the one and withdrawing the other."),
    /** A call was skipped by emulation. */
    LOST_CALL(
            "lost-call",
            "emulation does neither the old nor the new call",
            Level.NONE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.EMULATED),
            Severity.ERROR,
            "The breakpoint handler went on behind the site and did neither what the old code does nor what the new code does."),
    /** Emulation went astray. */
    WRONG_TARGET(
            "wrong-target",
            "emulation goes where no version goes",
            Level.NONE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.EMULATED),
            Severity.ERROR,
            "The breakpoint handler went on at an address where no version of the code goes."),
    /** A saved frame was overwritten. */
    CORRUPT_FRAME(
            "corrupt-frame",
            "a saved frame is overwritten",
            Level.NONE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.EMULATED, Reached.BREAKPOINT_IN_NMI),
            Severity.ERROR,
            "A frame on the stack that somebody returns through was overwritten: by the emulation of a call without a gap, or by an"
                    + " NMI that came in before the frame of the first was used up."),
    /** Somebody has not finished and never will. */
    DEADLOCK(
            "deadlock",
            "some CPU has not finished, and no path leads to where all have",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.LAST_STATE,
            List.of(Reached.WAITED),
            Severity.ERROR,
            "The message and the last lines of the interleaving name who waits for whom, and for what: follow the cycle, and look"
                    + " who wrote last what they wait for."),
    /** A fair cycle in which no patch or execution completes; the rules are those of the package {@code judge}. */
    LIVELOCK(
            "livelock",
            "a fair cycle in which no patch or execution completes",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.LOOP,
            List.of(Reached.WENT_BACK),
            Severity.ERROR,
            "The last steps can repeat for ever, although nobody is treated unfairly: look what each round undoes that another"
                    + " has done."),
    /** An object was used outside its life. */
    DEAD_OBJECT(
            "dead-object",
            "an object is used outside its life",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.STATEMENT,
            List.of(Reached.OBJECT_USED),
            Severity.ERROR,
            "A CPU used an object before it had come to life, or when its owner had already let it die: look how the CPU came by the"
                    + " object, and for whom of those that still use it the owner waits."),
    /** The protocol's own assertion, or misuse of its data. */
    BUG(
            "bug",
            "a BUG() of the protocol; array bound; value range; a call inside a called function; endless loop",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.STATEMENT,
            List.of(Reached.ASSERTED, Reached.INDEXED),
            Severity.ERROR,
            "The protocol checked its own state and found it wrong, or left its own bounds: the last lines of the interleaving say how the"
                    + " value came about."),
    /** A breakpoint handler came to itself. */
    RECURSION(
            "recursion",
            "a breakpoint handler hits the breakpoint that it handles, with nothing changed",
            Level.NONE,
            Concern.EXECUTIONS,
            ShownBy.STEP,
            List.of(Reached.BREAKPOINT),
            Severity.ERROR,
            "The handler, or what it calls, executes the site whose breakpoint it handles, so that it will be called again until the"
                    + " stack overflows: keep patched sites out of what the handler executes before it has done its work."),
    /** A postcondition that the author has named failed. */
    ENSURE(
            "ensure",
            "a named postcondition of the protocol fails",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.STATEMENT,
            List.of(Reached.ENSURED),
            Severity.ERROR,
            "What the protocol's author has written down as true at that point is not: the step names the postcondition, and the lines"
                    + " after it say how the ghost variables came to their values."),
    /** At the end the text is not what was asked for. */
    LOST_PATCH(
            "lost-patch",
            "at the end the text is not the requested text",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.STEP,
            List.of(Reached.COMPLETE),
            Severity.ERROR,
            "Everybody is done, and the text is not what was asked for: look who wrote last, and why."),
    /** The run never reached what it was to test. It has no incident: promises decide it. */
    VACUOUS(
            "vacuous",
            "the run never reached what it was to test",
            Level.NONE,
            Concern.PROTOCOL,
            ShownBy.NO_RUN,
            List.of(),
            Severity.WARNING,
            "Nothing went wrong, but nothing was tested either: what the scenario promises never happened. Give the scenario"
                    + " what is missing (an executing thread, an NMI with work, another fetch model), or the protocol a use for it.");

    private final String text;
    private final String meaning;
    private final Level from;
    private final Concern concern;
    private final ShownBy shownBy;

    @SuppressWarnings("ImmutableEnumChecker") // a list that cannot be changed: List.of
    private final List<Reached> sometimes;

    private final Severity severity;
    private final String advice;

    Property(
            String text,
            String meaning,
            Level from,
            Concern concern,
            ShownBy shownBy,
            List<Reached> sometimes,
            Severity severity,
            String advice) {
        this.text = text;
        this.meaning = meaning;
        this.from = from;
        this.concern = concern;
        this.shownBy = shownBy;
        this.sometimes = sometimes;
        this.severity = severity;
        this.advice = advice;
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

    /** The properties that can be looked for: all but those that are a verdict. */
    public static List<Property> searched() {
        return Stream.of(values()).filter(Property::isSearched).toList();
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

    /** Whether it speaks of executions of a site, so that somebody has to execute one. */
    public boolean isOfExecutions() {
        return concern == Concern.EXECUTIONS;
    }

    /** What of a run shows that it is violated. */
    public ShownBy shownBy() {
        return shownBy;
    }

    /** Whether a search decides it by itself: not {@link #VACUOUS}, which is a verdict. */
    public boolean isSearched() {
        return shownBy != ShownBy.NO_RUN;
    }

    /**
     * What a run must have met, one of them, before it means anything that it did not violate this: the {@code sometimes} to this {@code always}.
     * Empty for {@link #VACUOUS}.
     */
    public List<Reached> sometimes() {
        return sometimes;
    }

    /** How bad a violation is. */
    public Severity severity() {
        return severity;
    }

    /** Where to look first, for whoever meets a violation for the first time. */
    public String advice() {
        return advice;
    }

    /** The incidents that violate it; empty for those that only a whole search can decide. */
    public List<Incident> incidents() {
        return Incidents.in(bits());
    }

    /** The bits of its incidents. */
    public long bits() {
        return Incidents.of(this);
    }
}
