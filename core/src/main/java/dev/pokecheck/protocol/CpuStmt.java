// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Sync;
import java.util.List;
import java.util.Optional;

/** Statements that synchronise CPUs, or change when they are interrupted. */
public interface CpuStmt extends Stmt {
    /** An instruction that synchronises this CPU, or is believed to. */
    record Serialize(String label, Sync sync) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return "sync_one(); /* " + sync.text() + " */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.serialize(this);
        }
    }

    /**
     * Every CPU executes an instruction, the others by IPI; waits for all.
     *
     * @param switchesTask whether the return from the IPI goes on in another task, which leaves the kernel by SYSRET, so that the CPU
     *     executes no IRET; else it returns by IRET
     * @param fenced whether there is a fence before the IPI is sent; else this CPU's earlier stores may be in its store buffer then, and it
     *     executes the instruction after it has sent
     */
    record SyncEachCpu(String label, Sync sync, boolean switchesTask, boolean fenced) implements CpuStmt, Leaf {
        @Override
        public String text() {
            String handler = sync == Sync.NONE ? "nothing" : "do_sync_core";
            String how = sync.text()
                    + (switchesTask ? "; returns to another task, by sysret" : "")
                    + (fenced ? "" : "; sent without a fence");
            return "on_each_cpu(" + handler + "); /* " + how + " */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.syncEachCpu(this);
        }
    }

    /** Waits until every other CPU has passed through a quiescent state. */
    record GracePeriod(String label, Quiescence quiescence) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return quiescence.function() + "();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.gracePeriod(this);
        }
    }

    /** Sends an NMI to a CPU. */
    record SendNmi(String label, Expr cpu) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return "send_nmi(" + CText.of(cpu) + ");";
        }

        @Override
        public Uses uses() {
            return Uses.of(cpu).noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.sendNmi(this);
        }
    }

    /** Sets or clears IF. */
    record SetInterruptFlag(String label, boolean enabled) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return enabled ? "local_irq_enable();" : "local_irq_disable();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.setInterruptFlag(this);
        }
    }

    /** STI where the next statement is the very next instruction: if IF was 0, no maskable interrupt comes between the two. */
    record Sti(String label) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return "asm volatile(\"sti\"); /* the next instruction is in its shadow */";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.sti(this);
        }
    }

    /** Ends the service of the interrupt in service. */
    record Eoi(String label) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return "apic_eoi();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.eoi(this);
        }
    }

    /** Forbids or allows that the thread is taken off the CPU. */
    record SetPreemption(String label, boolean enabled) implements CpuStmt, Leaf {
        @Override
        public String text() {
            return enabled ? "preempt_enable();" : "preempt_disable();";
        }

        @Override
        public Uses uses() {
            return Uses.NOTHING.noticed();
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.setPreemption(this);
        }
    }

    /** A statement of which the other CPUs run a part, as a routine of their own. */
    interface Elsewhere extends CpuStmt, Proper {
        /** What this CPU runs, in place. */
        List<Stmt> here();

        /** What the others run. */
        Routine elsewhere();

        /** The same statement with other parts. */
        Elsewhere with(List<Stmt> newHere, Routine newElsewhere);

        @Override
        default List<Body> bodies() {
            return List.of(
                    new Body("", here()),
                    new Body(elsewhere().name() + "()", elsewhere().body()));
        }

        @Override
        default Uses uses() {
            return Uses.NOTHING.noticed().ending();
        }
    }

    /**
     * Which CPUs a call is for.
     *
     * @param isHere whether the one that calls runs the function, too
     * @param others which of the others run it, as bits; all of them if there are none. A bit of no CPU, and of the one that calls, means nothing.
     */
    record CallTarget(boolean isHere, Optional<Expr> others) {
        /** All CPUs. */
        public static final CallTarget ALL = new CallTarget(true, Optional.empty());

        /** All but the one that calls. */
        public static final CallTarget OTHERS = new CallTarget(false, Optional.empty());
    }

    /**
     * Other CPUs run a function in an interrupt handler, this one {@code here} with IF=0 if it has to.
     *
     * @param target which CPUs
     * @param waits whether it then waits until all have run it
     */
    record CallCpus(String label, List<Stmt> here, Routine elsewhere, CallTarget target, boolean waits)
            implements Elsewhere {
        /** Copies the list. */
        public CallCpus {
            here = List.copyOf(here);
        }

        @Override
        public String text() {
            String function = elsewhere.name() + ", NULL, " + (waits ? 1 : 0) + ");";
            return target.others()
                    .map(others -> "smp_call_function_many(" + CText.of(others) + ", " + function)
                    .orElse((target.isHere() ? "on_each_cpu(" : "smp_call_function(") + function);
        }

        @Override
        public Uses uses() {
            return Uses.of(target.others().stream().toArray(Expr[]::new))
                    .noticed()
                    .ending();
        }

        @Override
        public List<Body> bodies() {
            return target.isHere()
                    ? Elsewhere.super.bodies()
                    : List.of(Elsewhere.super.bodies().get(1));
        }

        @Override
        public CallCpus with(List<Stmt> newHere, Routine newElsewhere) {
            return new CallCpus(label, newHere, newElsewhere, target, waits);
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.callCpus(this);
        }
    }

    /**
     * Brings every CPU into a worker with IF=0. This CPU runs {@code here}, all others {@code elsewhere}; nobody leaves before all
     * are through.
     */
    record StopMachine(String label, List<Stmt> here, Routine elsewhere) implements Elsewhere {
        @Override
        public String text() {
            return "stop_machine(others: " + elsewhere.name() + ")";
        }

        @Override
        public StopMachine with(List<Stmt> newHere, Routine newElsewhere) {
            return new StopMachine(label, newHere, newElsewhere);
        }

        @Override
        public <R> R accept(Stmt.Visitor<R> visitor) {
            return visitor.stopMachine(this);
        }
    }

    /** One method for each of them. */
    interface Visitor<R> {
        /** For {@link Serialize}. */
        R serialize(Serialize stmt);

        /** For {@link SyncEachCpu}. */
        R syncEachCpu(SyncEachCpu stmt);

        /** For {@link GracePeriod}. */
        R gracePeriod(GracePeriod stmt);

        /** For {@link SendNmi}. */
        R sendNmi(SendNmi stmt);

        /** For {@link SetInterruptFlag}. */
        R setInterruptFlag(SetInterruptFlag stmt);

        /** For {@link Sti}. */
        R sti(Sti stmt);

        /** For {@link Eoi}. */
        R eoi(Eoi stmt);

        /** For {@link SetPreemption}. */
        R setPreemption(SetPreemption stmt);

        /** For {@link CallCpus}. */
        R callCpus(CallCpus stmt);

        /** For {@link StopMachine}. */
        R stopMachine(StopMachine stmt);
    }
}
