// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu;

/** What the instruction that sends an IPI does to the sender's earlier stores, where a protocol has no fence before it. */
public enum IpiSend {
    /** They are in memory before the IPI is sent: a store to the xAPIC, which is uncacheable. */
    DRAINS("drains"),
    /** The IPI may be delivered while they are in the store buffer: a write to an x2APIC MSR (Intel SDM vol. 3, x2APIC; AMD APM vol. 2, 16). */
    BARE("bare");

    private final String text;

    IpiSend(String text) {
        this.text = text;
    }

    /** Its name in profiles and scenarios. */
    public String text() {
        return text;
    }
}
