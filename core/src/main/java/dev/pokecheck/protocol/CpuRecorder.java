// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.CpuStmt.CallTarget;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The part of a {@link Recorder} that records the statements of {@link CpuStmt}. */
public abstract sealed class CpuRecorder permits ContextRecorder {
    final String name;
    final Labels labels;
    /** Whether what is recorded is a function that a call of all CPUs runs in place. */
    private boolean called;

    CpuRecorder(String name) {
        this.name = name;
        labels = new Labels(name);
    }

    abstract void add(Stmt statement);

    /** Statements out of which no block around them can be left. */
    abstract List<Stmt> closedBlock(Runnable recording);

    /** A label with the prefixes around it, which must be new and no event of the machine. */
    final String label(String label) {
        return labels.of(label);
    }

    /** Whether a label is the name of an event of the machine, so that no step outside of a function can have it. */
    public static boolean isEvent(String label) {
        return Labels.RESERVED.contains(label);
    }

    /** The same where it may be the name of an event. */
    final String unique(String label) {
        return labels.unique(label);
    }

    /** A routine that interrupts other CPUs. */
    abstract Routine handler(String name, Consumer<Recorder> body);

    /** The routine as it stands. */
    abstract Recorder self();

    abstract void checkAccesses(String where, int allowed, Expr... expressions);

    /** An instruction that synchronises this CPU, or is believed to. */
    public void serialize(String label, Sync sync) {
        add(new CpuStmt.Serialize(label(label), sync));
    }

    /** Every online CPU executes an instruction, the others by IPI; waits for all. */
    public void syncEachCpu(String label, Sync sync) {
        syncEachCpu(label, sync, false);
    }

    /**
     * The same with no fence before the IPI is sent, so that this CPU's earlier stores may still be in its store buffer when others take it; Linux has
     * one ({@code weak_wrmsr_fence()}). This CPU executes the instruction after it has sent.
     */
    public void syncEachCpuUnfenced(String label, Sync sync) {
        label(label + ".own");
        label(label + ".wait");
        add(new CpuStmt.SyncEachCpu(label(label), sync, false, false));
    }

    /**
     * The same where the return from the IPI goes on in another task, which leaves the kernel by SYSRET: the only serialization is what the
     * handler itself executes.
     */
    public void ipiThenSysret(String label, Sync sync) {
        syncEachCpu(label, sync, true);
    }

    private void syncEachCpu(String label, Sync sync, boolean switchesTask) {
        label(label + ".wait");
        add(new CpuStmt.SyncEachCpu(label(label), sync, switchesTask, true));
    }

    /** {@code synchronize_rcu} and its like: waits until every other CPU has passed through a quiescent state. */
    public void gracePeriod(String label, Quiescence quiescence) {
        label(label + ".wait");
        add(new CpuStmt.GracePeriod(label(label), quiescence));
    }

    /** Sends an NMI. */
    public void sendNmi(String label, Expr cpu) {
        checkAccesses(label, 0, cpu);
        add(new CpuStmt.SendNmi(label(label), cpu));
    }

    /** Clears IF. */
    public void irqDisable(String label) {
        add(new CpuStmt.SetInterruptFlag(label(label), false));
    }

    /** Sets IF. */
    public void irqEnable(String label) {
        add(new CpuStmt.SetInterruptFlag(label(label), true));
    }

    /** STI as an instruction whose next one is the next statement: no maskable interrupt comes between the two if IF was 0. */
    public void sti(String label) {
        add(new CpuStmt.Sti(label(label)));
    }

    /** {@code apic_eoi}: ends the service of the interrupt in service. */
    public void eoi(String label) {
        add(new CpuStmt.Eoi(label(label)));
    }

    /** Forbids that the thread is taken off the CPU. */
    public void preemptDisable(String label) {
        add(new CpuStmt.SetPreemption(label(label), false));
    }

    /** Allows that the thread is taken off the CPU. */
    public void preemptEnable(String label) {
        add(new CpuStmt.SetPreemption(label(label), true));
    }

    /**
     * {@code on_each_cpu}: every other CPU runs a function in the handler of an IPI, this one runs it in place, with IF=0.
     *
     * @param function the name of the function
     * @param body records it; it is called twice, for this CPU and for the others
     * @param waits whether this CPU then waits until all have run it
     */
    public void onEachCpu(String label, String function, Consumer<Recorder> body, boolean waits) {
        callCpus(label, function, body, CallTarget.ALL, waits);
    }

    /** {@code smp_call_function}: the same without this CPU. */
    public void callOtherCpus(String label, String function, Consumer<Recorder> body, boolean waits) {
        callCpus(label, function, body, CallTarget.OTHERS, waits);
    }

    /** {@code smp_call_function_many}: the same on some of the other CPUs only, which are given as bits. */
    public void callSomeCpus(String label, Expr cpus, String function, Consumer<Recorder> body, boolean waits) {
        checkAccesses(label, 0, cpus);
        callCpus(label, function, body, new CallTarget(false, Optional.of(cpus)), waits);
    }

    private void callCpus(String label, String function, Consumer<Recorder> body, CallTarget target, boolean waits) {
        for (String step : target.isHere() ? List.of(".irq_save", ".irq_restore", ".wait") : List.of(".wait")) {
            label(label + step);
        }
        Routine elsewhere = handler(function, body);
        List<Stmt> here = target.isHere() ? inPlace(label, body) : List.of();
        add(new CpuStmt.CallCpus(label(label), here, elsewhere, target, waits));
    }

    /** The statements of a function that a call runs here; their labels get the prefix {@code label.}. */
    private List<Stmt> inPlace(String label, Consumer<Recorder> function) {
        if (called) {
            throw new IllegalArgumentException(
                    name + ": " + label + " calls other CPUs from a function that itself runs"
                            + " with IF=0 for such a call; make the one call after the other");
        }
        called = true;
        labels.enter(label);
        List<Stmt> statements = closedBlock(() -> function.accept(self()));
        labels.leave();
        called = false;
        return statements;
    }

    /** {@code stop_machine}: this CPU runs {@code here}, all others {@code elsewhere}, with IF=0. */
    public void stopMachine(String label, Runnable here, Routine elsewhere) {
        label(label + ".run");
        label(label + ".done");
        label(label + ".return");
        // A thread that calls stop_machine is not taken over at that step, so that this name is free for it.
        String full = unique(label);
        add(new CpuStmt.StopMachine(full, closedBlock(here), elsewhere));
    }
}
