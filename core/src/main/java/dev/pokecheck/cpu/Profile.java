// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import dev.pokecheck.insn.Sync;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * Which instructions serialize.
 *
 * @param serializing the set
 */
public record Profile(Set<Sync> serializing) {
    /** Intel SDM vol. 3, 9.3, and AMD APM vol. 2, 7.6.4: CPUID, IRET, SERIALIZE, MOV to CR. */
    public static final Profile ARCHITECTURAL =
            new Profile(EnumSet.of(Sync.CPUID, Sync.IRET, Sync.SERIALIZE, Sync.MOV_CR));

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

    /** This profile without one instruction: a hypervisor that emulates CPUID without serializing, say. */
    public Profile without(Sync sync) {
        EnumSet<Sync> rest = EnumSet.noneOf(Sync.class);
        rest.addAll(serializing);
        rest.remove(sync);
        return new Profile(rest);
    }
}
