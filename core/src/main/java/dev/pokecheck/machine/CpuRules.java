// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.rules.GracePeriod;
import dev.pokecheck.cpu.rules.InterruptService;
import dev.pokecheck.cpu.rules.InterruptWindow;
import dev.pokecheck.cpu.rules.IpiDelivery;
import dev.pokecheck.cpu.rules.MachineCheckBlocking;
import dev.pokecheck.cpu.rules.NmiBlocking;
import dev.pokecheck.cpu.rules.Rendezvous;
import dev.pokecheck.cpu.rules.Serialization;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Graph;

/** The rules of CPUs as a scenario chooses them. */
public final class CpuRules {
    /** When an NMI is let in. */
    public final NmiBlocking nmi;
    /** When a machine check is let in. */
    public final MachineCheckBlocking machineCheck;
    /** When an IRQ or IPI is let in. */
    public final InterruptWindow window;
    /** Which of them an interrupt in service holds off. */
    public final InterruptService service;
    /** What serializes. */
    public final Serialization serialization;
    /** When an IPI is taken. */
    public final IpiDelivery ipis;
    /** Grace periods. */
    public final GracePeriod grace;
    /** {@code stop_machine}. */
    public final Rendezvous rendezvous;

    CpuRules(Scenario scenario, Graph graph, Layout layout, Places places) {
        nmi = new NmiBlocking(layout.cpu, scenario.nmi());
        machineCheck = new MachineCheckBlocking(layout.cpu);
        serialization = new Serialization(
                scenario.profile(), graph.ipi().sync(), graph.ipi().returnsByIret(), scenario.nmi() != NmiModel.FRED);
        grace = new GracePeriod(layout.cpu, layout.parts, places, graph.needs(Facility.GRACE_PERIODS));
        rendezvous = new Rendezvous(layout.cpu, layout.parts, layout.stopPhase, layout.stopper, layout.stopFlag);
        window = new InterruptWindow(layout.cpu);
        service = new InterruptService(layout.cpu);
        ipis = new IpiDelivery(
                layout.cpu,
                layout.parts,
                window,
                serialization,
                scenario.profile().ipiSend());
    }
}
