// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.property.Incident;
import dev.pokecheck.property.Level;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.Walk;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What runs violate. */
public final class Schedules {
    private static final Property[] BY_INCIDENT =
            Stream.of(Incident.values()).map(Property::of).toArray(Property[]::new);

    private Schedules() {}

    /** The incidents that a level forbids, as bits. */
    public static long incidents(Level level) {
        long bits = 0;
        for (Property property : Property.values()) {
            bits |= property.forbiddenAt(level) ? property.bits() : 0;
        }
        return bits;
    }

    /**
     * What a run violates; null if nothing.
     *
     * @param stopOn the incidents that end a run
     */
    public static @Nullable Property violated(Walk.End end, long incidents, long stopOn) {
        return switch (end) {
            case COMPLETE, SCHEDULE_END, STEP_BOUND -> null;
            case DEADLOCK -> Property.DEADLOCK;
            case INCIDENT -> BY_INCIDENT[Long.numberOfTrailingZeros(incidents & stopOn)];
        };
    }
}
