// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.Profile;
import dev.pokecheck.insn.Sync;

/**
 * What serializes a CPU: the instructions of its {@link Profile}, by default CPUID, IRET, SERIALIZE and MOV to CR (Intel SDM vol. 3, "Serializing
 * Instructions"; AMD APM vol. 2, 7.6.4), and every return by IRET if IRET is one of them. Under FRED handlers return by ERETS: instructions after it
 * may be fetched before earlier ones complete, and executed before earlier stores are visible (SDM vol. 2, ERETS), so that it neither serializes nor
 * waits. A serializing instruction executes once the store buffer is empty, as does any other that drains it.
 */
public final class Serialization {
    private final Profile profile;
    private final boolean iret;
    private final boolean ipi;

    /**
     * The rule of a profile.
     *
     * @param ipiSync what the handlers of IPIs execute
     * @param ipiReturnsByIret whether they return as other handlers do
     * @param handlersReturnByIret whether other handlers return by IRET
     */
    public Serialization(Profile profile, Sync ipiSync, boolean ipiReturnsByIret, boolean handlersReturnByIret) {
        this.profile = profile;
        iret = handlersReturnByIret && profile.serializes(Sync.IRET);
        ipi = (iret && ipiReturnsByIret) || profile.serializes(ipiSync);
    }

    /** Whether an instruction serializes. */
    public boolean by(Sync sync) {
        return profile.serializes(sync);
    }

    /** Whether an instruction waits until the store buffer is empty. */
    public boolean waitsForBuffer(Sync sync) {
        return profile.drains(sync);
    }

    /** Whether the return from a handler serializes, and so waits for the store buffer. */
    public boolean byIret() {
        return iret;
    }

    /** Whether an IPI, with its return, serializes. */
    public boolean byIpi() {
        return ipi;
    }
}
