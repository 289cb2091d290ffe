// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.property;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How consistent executions of a patched site are, from the weakest to the strongest; each level contains those before it. */
public enum Level {
    /** Executions may be torn; nothing dies or hangs for another reason. */
    NONE("none", "an execution may decode bytes of no version"),
    /** Never torn, but old code can run after the patch call has returned. */
    SAFE("safe", "never torn; old code can run after the patch call has returned"),
    /** An execution sees the old version or one being written; once the call has returned, only the new one. */
    REGULAR("regular", "once the patch call has returned, only new code runs"),
    /** Linearizable: in real-time order no execution goes back from new to old. */
    ATOMIC("atomic", "in real-time order no execution goes back from new to old"),
    /** Sites patched together change together. */
    GROUP("group", "no path sees new code at one site and old code at a paired one");

    private final String text;
    private final String meaning;

    Level(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** The level with a name. */
    public static Optional<Level> of(String text) {
        return Stream.of(values()).filter(level -> level.text.equals(text)).findFirst();
    }

    /** All names, from the weakest level to the strongest. */
    public static List<String> texts() {
        return Stream.of(values()).map(Level::text).toList();
    }

    /** Its name in verdicts and on the command line. */
    public String text() {
        return text;
    }

    /** What it promises, as a clause. */
    public String meaning() {
        return meaning;
    }

    /** Whether it contains another level. */
    public boolean contains(Level other) {
        return compareTo(other) >= 0;
    }

    /** The properties that are violated at this level, and not at {@link #SAFE}: where one of them could not be, the level is not shown. */
    public Set<Property> decisive() {
        return Property.searched().stream()
                .filter(property -> property.forbiddenAt(this) && !property.forbiddenAt(SAFE))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Property.class)));
    }

    /** What a machine must watch for this level to be decided; to watch more makes the search larger. */
    public Watch watch() {
        return new Watch(contains(REGULAR), contains(ATOMIC), contains(GROUP));
    }
}
