// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.data.Field;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Quiescence;

/**
 * Grace periods. Who is busy when one begins owes the waiting CPU a quiescent state, and passes through it as soon as it is no longer
 * busy. What a CPU begins later does not count.
 */
final class GracePeriods {
    private final Layout layout;
    private final CpuLayout cpu;
    private final Places places;
    private final boolean used;

    GracePeriods(Hardware hw) {
        layout = hw.layout;
        cpu = hw.cpu;
        places = hw.places;
        used = hw.program.waitsForGrace;
    }

    void begin(long[] state, int waiting, Quiescence quiescence) {
        for (int other = 0; other < layout.cpus; other++) {
            int base = layout.cpuBase(other);
            if (other != waiting && isBusy(state, base, quiescence)) {
                Field owed = owed(quiescence);
                owed.set(state, base, owed.get(state, base) | 1L << waiting);
            }
        }
    }

    /** Lets every CPU that is no longer busy pass through its quiescent state. */
    void passThrough(long[] state) {
        if (!used) {
            return;
        }
        for (int c = 0; c < layout.cpus; c++) {
            int base = layout.cpuBase(c);
            passThrough(state, base, Quiescence.HANDLERS_DONE);
            passThrough(state, base, Quiescence.SITES_LEFT);
        }
    }

    private void passThrough(long[] state, int base, Quiescence quiescence) {
        if (owed(quiescence).isSet(state, base) && !isBusy(state, base, quiescence)) {
            owed(quiescence).set(state, base, 0);
        }
    }

    private Field owed(Quiescence quiescence) {
        return switch (quiescence) {
            case HANDLERS_DONE -> cpu.handlersOwed;
            case SITES_LEFT -> cpu.sitesOwed;
        };
    }

    private boolean isBusy(long[] state, int base, Quiescence quiescence) {
        return switch (quiescence) {
            case HANDLERS_DONE ->
                cpu.top.isSet(state, base)
                        || !cpu.interruptFlag.isSet(state, base)
                        || cpu.preemptOff.isSet(state, base);
            case SITES_LEFT -> {
                int thread = cpu.frame(base, 0);
                yield isInside(cpu.place.getInt(state, thread)) || cpu.returnTo.isSet(state, thread);
            }
        };
    }

    /** Whether a place lies behind the first byte of a site. */
    private boolean isInside(int place) {
        return places.siteAt(place) >= 0 && places.offset(place) > 0;
    }
}
