// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import dev.pokecheck.insn.Sync;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which instructions order what a CPU fetches.
 *
 * @param serializing those that serialize
 * @param lockOrdersFetch whether the read of a locked operation is, for the fetches after it, a load like others; AMD APM vol. 2, 7.6.1 says no
 */
public record Profile(Set<Sync> serializing, boolean lockOrdersFetch) {
    /** Intel SDM vol. 3, "Serializing Instructions", and AMD APM vol. 2, 7.6.4: CPUID, IRET, SERIALIZE, MOV to CR. */
    public static final Profile ARCHITECTURAL =
            new Profile(EnumSet.of(Sync.CPUID, Sync.IRET, Sync.SERIALIZE, Sync.MOV_CR), false);

    /** Copies the set. */
    public Profile {
        EnumSet<Sync> copy = EnumSet.noneOf(Sync.class);
        copy.addAll(serializing);
        serializing = Collections.unmodifiableSet(copy);
    }

    /** Whether an instruction ends staleness for its CPU. */
    public boolean serializes(Sync sync) {
        return serializing.contains(sync);
    }

    /** This profile with one instruction more. */
    public Profile with(Sync sync) {
        EnumSet<Sync> more = EnumSet.of(sync);
        more.addAll(serializing);
        return new Profile(more, lockOrdersFetch);
    }

    /** This profile, but for whether the read of a locked operation orders fetches. */
    public Profile lockOrdersFetch(boolean orders) {
        return new Profile(serializing, orders);
    }

    /** This profile without one instruction: a hypervisor that emulates CPUID without serializing, say. */
    public Profile without(Sync sync) {
        EnumSet<Sync> rest = EnumSet.noneOf(Sync.class);
        rest.addAll(serializing);
        rest.remove(sync);
        return new Profile(rest, lockOrdersFetch);
    }
}
