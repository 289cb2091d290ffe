// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step.op;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.CpuStmt;
import dev.pokecheck.step.Facility;
import dev.pokecheck.step.Flow;
import dev.pokecheck.step.Footprint;
import dev.pokecheck.step.Host;
import dev.pokecheck.step.Step;
import dev.pokecheck.step.ValueText;
import dev.pokecheck.step.Visibility;
import dev.pokecheck.step.Ways;
import dev.pokecheck.step.Words;
import java.util.EnumSet;
import java.util.Set;

/**
 * Asks every other CPU to execute an instruction, and executes it. Waits until this CPU's store buffer is empty. Where there is no fence before it, it
 * only asks, and waits as the machine does.
 */
final class SyncSend extends Step {
    private final Sync sync;
    private final boolean switchesTask;
    private final boolean fenced;

    SyncSend(CpuStmt.SyncEachCpu stmt) {
        super(stmt);
        this.sync = stmt.sync();
        this.switchesTask = stmt.switchesTask();
        this.fenced = stmt.fenced();
    }

    @Override
    public Ways ways() {
        return Ways.ONE;
    }

    @Override
    public boolean ready(Host h) {
        return fenced ? h.isDrained() : h.maySendUnfenced();
    }

    @Override
    public void run(Host h) {
        if (fenced) {
            h.requestSync(sync);
        } else {
            h.sendSync();
        }
    }

    @Override
    public Flow flow() {
        return Flow.ON;
    }

    @Override
    public Footprint footprint() {
        Footprint sends = Footprint.of(Visibility.SEEN).interruptsOthers();
        return fenced ? sends.executes(sync) : sends;
    }

    @Override
    public Set<Facility> needs() {
        EnumSet<Facility> needs = EnumSet.of(Facility.SERIALIZATION, Facility.IPIS);
        if (!fenced) {
            needs.add(Facility.UNFENCED_SENDS);
        }
        if (switchesTask) {
            needs.add(Facility.TASK_SWITCHES);
        }
        return needs;
    }

    @Override
    public Words words() {
        return Words.of(source().orElseThrow());
    }

    @Override
    public String finds(Host h, ValueText values) {
        return "";
    }
}
