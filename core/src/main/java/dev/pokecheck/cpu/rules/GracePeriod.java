// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.CpuParts;
import dev.pokecheck.data.Field;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.protocol.Quiescence;

/**
 * Grace periods (Documentation/RCU/Design/Requirements/Requirements.rst). A CPU that is busy when one begins owes the waiting CPU a quiescent
 * state, and passes through it as soon as it is no longer busy; what a CPU begins later does not count. For {@code synchronize_rcu} a CPU is
 * busy if it is in a handler, or has IF=0 or preemption off; for {@code synchronize_rcu_tasks}, if its thread is past the first byte of a
 * site or in a function called from one. A user thread in a breakpoint handler of its own may sleep there: the former does not wait for it; the latter
 * does, and not for one that executes its own text (Documentation/RCU: userspace execution is quiescent). Neither its beginning nor its end serializes a CPU.
 */
public final class GracePeriod {
    private final CpuLayout cpu;
    private final CpuParts parts;
    private final Places places;
    private final UserThreads users;
    private final boolean used;

    /** The rule; {@code used} says whether a protocol has grace periods at all. */
    public GracePeriod(CpuLayout cpu, CpuParts parts, Places places, UserThreads users, boolean used) {
        this.cpu = cpu;
        this.parts = parts;
        this.places = places;
        this.users = users;
        this.used = used;
    }

    /** One begins that a CPU waits for. */
    public void begin(long[] state, int waiting, Quiescence quiescence) {
        for (int other = 0; other < parts.cpus(); other++) {
            int base = parts.base(other);
            if (other != waiting && isBusy(state, base, quiescence)) {
                Field owed = owed(quiescence);
                owed.set(state, base, owed.get(state, base) | 1L << waiting);
            }
        }
    }

    /** Lets every CPU that is no longer busy pass through its quiescent state. */
    public void passThrough(long[] state) {
        if (!used) {
            return;
        }
        for (int c = 0; c < parts.cpus(); c++) {
            int base = parts.base(c);
            passThrough(state, base, Quiescence.HANDLERS_DONE);
            passThrough(state, base, Quiescence.SITES_LEFT);
        }
    }

    /** Whether a CPU has still to be quiescent for another. */
    public boolean isOwed(long[] state, int base, int waiting) {
        return ((cpu.handlersOwed.get(state, base) | cpu.sitesOwed.get(state, base)) >>> waiting & 1) != 0;
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
        if (cpu.offline.isSet(state, base)) {
            return false;
        }
        return switch (quiescence) {
            case HANDLERS_DONE ->
                (cpu.top.isSet(state, base) && !users.handles(state, base))
                        || !cpu.interruptFlag.isSet(state, base)
                        || cpu.preemptOff.isSet(state, base);
            case SITES_LEFT -> {
                int thread = cpu.frame(base, 0);
                if (users.isUser(base)) {
                    yield users.isInHandler(state, base);
                }
                yield isInside(cpu.place.getInt(state, thread)) || cpu.returnTo.isSet(state, thread);
            }
        };
    }

    /** Whether a place lies past the first byte of a site. */
    private boolean isInside(int place) {
        return places.siteAt(place) >= 0 && places.offset(place) > 0;
    }
}
