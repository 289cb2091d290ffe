// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

import dev.pokecheck.insn.Sync;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What orders what a CPU fetches.
 *
 * @param serializing the instructions that serialize
 * @param lockOrdersFetch whether the read of a locked operation is, for the fetches after it, a load like others; AMD APM vol. 2, 7.6.1 says no
 * @param inPlace what a CPU needs after its own store to code through the mapping that it executes
 * @param throughAlias the same for a store through another mapping of that code
 * @param isXmcDocumented whether the vendor says what a CPU executes of code that another modifies while it has not serialized since
 * @param ipiSend what sending an IPI without a fence does to earlier stores
 * @param syscallDrains whether SYSCALL waits until earlier stores are in memory
 */
public record Profile(
        Set<Sync> serializing,
        boolean lockOrdersFetch,
        SelfModification inPlace,
        SelfModification throughAlias,
        boolean isXmcDocumented,
        IpiSend ipiSend,
        boolean syscallDrains) {
    /**
     * What both vendors promise. Intel SDM vol. 3, "Serializing Instructions", and AMD APM vol. 2, 7.6.4: CPUID, IRET, SERIALIZE, MOV to CR serialize; of code that a
     * CPU modifies itself Intel promises less, and of code that another modifies without synchronisation nothing.
     */
    public static final Profile ARCHITECTURAL = new Profile(
            EnumSet.of(Sync.CPUID, Sync.IRET, Sync.SERIALIZE, Sync.MOV_CR),
            false,
            SelfModification.JUMP,
            SelfModification.SERIALIZE,
            false,
            IpiSend.BARE,
            false);

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

    /** Whether an instruction waits until the store buffer is empty. */
    public boolean drains(Sync sync) {
        return serializes(sync) || sync.drainsStores() || (sync == Sync.SYSCALL && syscallDrains);
    }

    /** This profile, but for the instructions that serialize. */
    public Profile serializing(Set<Sync> instructions) {
        return new Profile(
                instructions, lockOrdersFetch, inPlace, throughAlias, isXmcDocumented, ipiSend, syscallDrains);
    }

    /** This profile with one instruction more. */
    public Profile with(Sync sync) {
        EnumSet<Sync> more = EnumSet.of(sync);
        more.addAll(serializing);
        return serializing(more);
    }

    /** This profile without one instruction: a hypervisor that emulates CPUID without serializing, say. */
    public Profile without(Sync sync) {
        EnumSet<Sync> rest = EnumSet.noneOf(Sync.class);
        rest.addAll(serializing);
        rest.remove(sync);
        return serializing(rest);
    }

    /** This profile, but for whether the read of a locked operation orders fetches. */
    public Profile lockOrdersFetch(boolean orders) {
        return new Profile(serializing, orders, inPlace, throughAlias, isXmcDocumented, ipiSend, syscallDrains);
    }

    /** This profile, but for what a CPU needs after its own store through the mapping that it executes. */
    public Profile inPlace(SelfModification need) {
        return new Profile(serializing, lockOrdersFetch, need, throughAlias, isXmcDocumented, ipiSend, syscallDrains);
    }

    /** This profile, but for what a CPU needs after its own store through another mapping. */
    public Profile throughAlias(SelfModification need) {
        return new Profile(serializing, lockOrdersFetch, inPlace, need, isXmcDocumented, ipiSend, syscallDrains);
    }

    /** This profile, but for whether the vendor says what unsynchronised cross-modification does. */
    public Profile xmcDocumented(boolean isDocumented) {
        return new Profile(serializing, lockOrdersFetch, inPlace, throughAlias, isDocumented, ipiSend, syscallDrains);
    }

    /** This profile, but for what sending an IPI without a fence does to earlier stores. */
    public Profile ipiSend(IpiSend effect) {
        return new Profile(serializing, lockOrdersFetch, inPlace, throughAlias, isXmcDocumented, effect, syscallDrains);
    }

    /** This profile, but for whether SYSCALL waits until earlier stores are in memory. */
    public Profile syscallDrains(boolean drains) {
        return new Profile(serializing, lockOrdersFetch, inPlace, throughAlias, isXmcDocumented, ipiSend, drains);
    }
}
