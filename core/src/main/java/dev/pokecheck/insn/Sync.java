// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.insn;

/** Instructions that code patching uses, or has used, as synchronisation. Whether one serializes is up to the hardware profile of a scenario. */
public enum Sync {
    /** CPUID: serializing (SDM vol. 3, "Serializing Instructions"); traps under a hypervisor, which may emulate it. */
    CPUID("cpuid"),
    /** IRET to the next instruction: serializing; ends the blocking of NMIs. */
    IRET("iret"),
    /** SERIALIZE: does nothing else. */
    SERIALIZE("serialize"),
    /** MOV to CR: serializing (not CR8). */
    MOV_CR("mov_cr"),
    /** MFENCE: orders data accesses only. */
    MFENCE("mfence"),
    /** A locked instruction: orders data accesses only. */
    LOCK("lock"),
    /** LFENCE: waits for earlier instructions; does not refresh fetch. */
    LFENCE("lfence"),
    /** SYSCALL: neither serializing nor a fence. */
    SYSCALL("syscall"),
    /** SYSRET: not serializing. */
    SYSRET("sysret"),
    /** A taken jump to the next instruction: not serializing; on Intel CPUs, what a CPU needs after it has modified code in place. */
    JUMP("jump"),
    /** INVPCID: flushes TLBs; in no list of serializing instructions that Intel gives (SDM vol. 3, "Serializing Instructions"), where INVLPG and MOV to CR are. */
    INVPCID("invpcid"),
    /** Nothing at all: what is left when a synchronisation is taken away. */
    NONE("none");

    private final String text;

    Sync(String text) {
        this.text = text;
    }

    /** Its mnemonic. */
    public String text() {
        return text;
    }

    /** Whether it waits for the store buffer on every CPU, serializing or not. */
    public boolean drainsStores() {
        return this == MFENCE || this == LOCK;
    }
}
