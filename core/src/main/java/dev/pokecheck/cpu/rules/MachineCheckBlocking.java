// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.cpu.rules;

import dev.pokecheck.cpu.CpuLayout;

/**
 * When a machine check is let in: at any time but inside a machine check handler. A second one there does not nest: the CPU shuts down (SDM vol. 3,
 * "IA32_MCG_STATUS MSR", the flag MCIP), which ends a run that no protocol has to answer for; so none is delivered there.
 */
public final class MachineCheckBlocking {
    private final CpuLayout cpu;

    /** The rule. */
    public MachineCheckBlocking(CpuLayout cpu) {
        this.cpu = cpu;
    }

    /** Whether one would be delivered now. */
    public boolean letsIn(long[] state, int base) {
        return !cpu.inMc.isSet(state, base);
    }

    /** The handler begins. */
    public void delivered(long[] state, int base) {
        cpu.inMc.set(state, base, 1);
    }

    /** The handler has returned. */
    public void handlerReturned(long[] state, int base) {
        cpu.inMc.set(state, base, 0);
    }
}
