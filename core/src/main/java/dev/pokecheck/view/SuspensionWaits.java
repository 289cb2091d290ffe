// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.view;

import dev.pokecheck.cpu.CpuLayout;
import dev.pokecheck.cpu.rules.Suspension;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.MachineTables;
import dev.pokecheck.protocol.ContextStmt;
import dev.pokecheck.step.Waiting;
import dev.pokecheck.view.StateView.Helper;
import dev.pokecheck.view.StateView.Reason;
import dev.pokecheck.view.StateView.Wait;
import java.util.ArrayList;
import java.util.List;

/** What suspended threads wait for, those who suspend them, and those who bring CPUs online. */
final class SuspensionWaits {
    private final Machine machine;
    private final long[] state;
    private final MachineTables tables;
    private final CpuLayout cpu;
    private final Suspension rule;

    SuspensionWaits(Machine machine, long[] state) {
        this.machine = machine;
        this.state = state;
        tables = machine.model();
        cpu = tables.cpu;
        rule = tables.rules.suspension;
    }

    /** Whether a suspended thread is on top of a CPU. */
    boolean holds(int c) {
        return rule.holds(state, base(c));
    }

    private int base(int c) {
        return tables.layout.cpuBase(c);
    }

    /** What a suspended thread waits for. */
    Wait ofThread(int c) {
        Writers ahead = new Writers(tables, state, c);
        List<Helper> resumers = new ArrayList<>();
        for (int other = 0; other < machine.agents(); other++) {
            int step = ahead.nearest(other, this::resumes);
            if (other != c && step != Writers.NONE) {
                resumers.add(new Helper(
                        other,
                        "can still resume it (at " + tables.graph.step(step).label() + ")"));
            }
        }
        return new Wait(Reason.SUSPENDED, "", "it is resumed", "its thread is suspended", resumers);
    }

    private boolean resumes(int pc) {
        return tables.graph
                .step(pc)
                .source()
                .filter(ContextStmt.Resume.class::isInstance)
                .isPresent();
    }

    /** What a CPU waits for that suspends the thread of another. */
    Wait of(int c, Waiting.Suspended waiting) {
        machine.host().at(state, c);
        int target = machine.host().value(waiting.cpu());
        boolean suspended = rule.isSuspended(state, base(target));
        String now = "that of cpu" + target + (suspended ? " is suspended" : " is not");
        return new Wait(
                Reason.SUSPENDED, "", waiting.until(), now, List.of(new Helper(target, obstacle(target, suspended))));
    }

    /** What a CPU waits for that brings another online. */
    Wait of(int c, Waiting.Offline waiting) {
        machine.host().at(state, c);
        int target = machine.host().value(waiting.cpu());
        String until = "cpu" + target + " is offline";
        return new Wait(Reason.HOTPLUG, "", until, "it is online", List.of(new Helper(target, "has not gone offline")));
    }

    private String obstacle(int target, boolean suspended) {
        int base = base(target);
        if (suspended) {
            return "is suspended";
        }
        if (cpu.top.isSet(state, base)) {
            return "is in a handler";
        }
        if (!cpu.interruptFlag.isSet(state, base)) {
            return "has IF=0";
        }
        return cpu.preemptOff.isSet(state, base) ? "has preemption off" : "can be suspended";
    }
}
