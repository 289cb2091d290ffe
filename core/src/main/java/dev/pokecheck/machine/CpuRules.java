// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import dev.pokecheck.cpu.NmiModel;
import dev.pokecheck.cpu.rules.EventDelivery;
import dev.pokecheck.cpu.rules.FunctionCalls;
import dev.pokecheck.cpu.rules.GracePeriod;
import dev.pokecheck.cpu.rules.Hotplug;
import dev.pokecheck.cpu.rules.InterruptService;
import dev.pokecheck.cpu.rules.InterruptWindow;
import dev.pokecheck.cpu.rules.IpiDelivery;
import dev.pokecheck.cpu.rules.MachineCheckBlocking;
import dev.pokecheck.cpu.rules.NmiBlocking;
import dev.pokecheck.cpu.rules.Rendezvous;
import dev.pokecheck.cpu.rules.Serialization;
import dev.pokecheck.cpu.rules.Suspension;
import dev.pokecheck.cpu.rules.UserThreads;
import dev.pokecheck.protocol.Places;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Graph;
import java.util.List;
import java.util.Set;

/** The rules of CPUs as a scenario chooses them. */
public final class CpuRules {
    /** When an NMI is let in. */
    public final NmiBlocking nmi;
    /** When a machine check is let in. */
    public final MachineCheckBlocking machineCheck;
    /** When an IRQ or IPI is let in. */
    public final InterruptWindow window;
    /** What delivery does to the store buffer. */
    public final EventDelivery delivery;
    /** Which of them an interrupt in service holds off. */
    public final InterruptService service;
    /** What serializes. */
    public final Serialization serialization;
    /** When an IPI is taken. */
    public final IpiDelivery ipis;
    /** IPIs that run functions. */
    public final FunctionCalls calls;
    /** Suspended threads. */
    public final Suspension suspension;
    /** CPUs that are offline. */
    public final Hotplug hotplug;
    /** User threads. */
    public final UserThreads users;
    /** Grace periods. */
    public final GracePeriod grace;
    /** {@code stop_machine}. */
    public final Rendezvous rendezvous;

    CpuRules(Scenario scenario, Graph graph, Layout layout, Places places, Set<Integer> userThreads) {
        nmi = new NmiBlocking(layout.cpu, scenario.nmi());
        machineCheck = new MachineCheckBlocking(layout.cpu);
        serialization = new Serialization(
                scenario.profile(), graph.ipi().sync(), graph.ipi().returnsByIret(), scenario.nmi() != NmiModel.FRED);
        hotplug = new Hotplug(layout.cpu);
        users = new UserThreads(layout.cpu, layout.parts, userThreads);
        grace = new GracePeriod(layout.cpu, layout.parts, places, users, graph.needs(Facility.GRACE_PERIODS));
        rendezvous = new Rendezvous(layout.cpu, layout.parts, layout.stopPhase, layout.stopper, layout.stopFlag);
        window = new InterruptWindow(layout.cpu);
        delivery = new EventDelivery(layout.cpu);
        service = new InterruptService(layout.cpu);
        ipis = new IpiDelivery(
                layout.cpu, layout.parts, window, scenario.profile().ipiSend());
        calls = calls(graph, layout);
        suspension = new Suspension(layout.cpu, window);
    }

    /** Whether nothing is on its way to a CPU that it has still to take. */
    boolean isUndisturbed(long[] state, int base) {
        return !ipis.isPending(state, base)
                && !nmi.isPending(state, base)
                && calls.queued(state, base) == 0
                && suspension.isFree(state, base);
    }

    private FunctionCalls calls(Graph graph, Layout layout) {
        List<Graph.Call> all = graph.ipi().calls();
        boolean[] waits = new boolean[all.size()];
        for (int i = 0; i < waits.length; i++) {
            waits[i] = all.get(i).waits();
        }
        int[] starts = all.stream().mapToInt(Graph.Call::start).toArray();
        return new FunctionCalls(layout.cpu, layout.parts, window, starts, waits);
    }
}
