// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.claim;

import dev.pokecheck.property.Incidents;
import dev.pokecheck.property.Property;
import dev.pokecheck.schedule.Walk;
import org.jspecify.annotations.Nullable;

/** What runs violate. */
public final class Schedules {
    private Schedules() {}

    /**
     * What a run violates; null if nothing.
     *
     * @param stopOn the incidents that end a run
     */
    public static @Nullable Property violated(Walk.End end, long incidents, long stopOn) {
        return switch (end) {
            case COMPLETE, SCHEDULE_END, STEP_BOUND -> null;
            case DEADLOCK -> Property.DEADLOCK;
            case INCIDENT -> Incidents.first(incidents & stopOn).property();
        };
    }
}
