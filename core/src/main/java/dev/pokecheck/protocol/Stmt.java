// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.protocol;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.text.Site;
import dev.pokecheck.text.TextStore;
import java.util.List;
import java.util.Optional;

/**
 * A statement of a recorded protocol. Protocols are data: a statement can be printed, dropped, swapped or weakened.
 *
 * <p>{@link #label()} is empty for statements that touch nothing outside their context.
 */
public sealed interface Stmt {
    /** The name of the step; unique in the routine, empty if the statement is no step of its own. */
    String label();

    /** Calls the method of the visitor for this kind of statement. */
    <R> R accept(Visitor<R> visitor);

    /** A statement that is no step of its own. */
    sealed interface Unlabelled extends Stmt {
        @Override
        default String label() {
            return "";
        }
    }

    /** A comment of the author. */
    record Note(String text) implements Unlabelled {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.note(this);
        }
    }

    /** {@code to = value}; a load if the value reads a shared variable. */
    record Assign(String label, Local to, Expr value) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.assign(this);
        }
    }

    /** A store. On x86 a release store is a plain store; the flag is kept for the reader and for mutations. */
    record Store(String label, Shared.Cell to, Expr value, boolean release) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.store(this);
        }
    }

    /** A locked read-modify-write; the old value goes to {@code old} if there is one. */
    record Rmw(String label, Shared.Cell cell, RmwOp op, Expr operand, Optional<Local> old) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rmw(this);
        }
    }

    /** A locked compare-and-exchange; {@code success} becomes 1 or 0. */
    record CompareExchange(String label, Shared.Cell cell, Expr expected, Expr desired, Local success) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.compareExchange(this);
        }
    }

    /** A full memory fence. */
    record Fence(String label) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.fence(this);
        }
    }

    /** Spins until the condition holds. */
    record Await(String label, Expr condition) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.await(this);
        }
    }

    /** Spins with locked compare-and-exchanges until one succeeds: a spinlock. */
    record AwaitExchange(String label, Shared.Cell cell, Expr expected, Expr desired) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.awaitExchange(this);
        }
    }

    /** A branch; a step of its own if the condition reads a shared variable. */
    record If(String label, Expr condition, List<Stmt> then, List<Stmt> otherwise) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.branch(this);
        }
    }

    /** Repeats while the condition holds. */
    record While(String label, Expr condition, List<Stmt> body) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.loop(this);
        }
    }

    /** A function of the source, expanded in place. */
    record Call(String label, String function, List<Stmt> body) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.call(this);
        }
    }

    /** Leaves the innermost {@link Call}, or the routine. */
    record Return() implements Unlabelled {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.leave(this);
        }
    }

    /** A store to text. */
    record TextPoke(String label, TextStore store) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.textPoke(this);
        }
    }

    /** An instruction that synchronises this CPU, or is believed to. */
    record Serialize(String label, Sync sync) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.serialize(this);
        }
    }

    /**
     * Every CPU executes an instruction, the others by IPI; waits for all.
     *
     * @param switchesTask whether the return from the IPI goes on in another task, which leaves the kernel by SYSRET, so that the CPU
     *     executes no IRET; else it returns by IRET
     */
    record SyncEachCpu(String label, Sync sync, boolean switchesTask) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.syncEachCpu(this);
        }
    }

    /** Waits until every other CPU has passed through a quiescent state. */
    record GracePeriod(String label, Quiescence quiescence) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.gracePeriod(this);
        }
    }

    /** Sends an NMI to a CPU. */
    record SendNmi(String label, Expr cpu) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.sendNmi(this);
        }
    }

    /** Sets or clears IF. */
    record SetInterruptFlag(String label, boolean enabled) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setInterruptFlag(this);
        }
    }

    /** Forbids or allows that the thread is taken off the CPU. */
    record SetPreemption(String label, boolean enabled) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setPreemption(this);
        }
    }

    /**
     * Brings every CPU into a worker with IF=0. This CPU runs {@code here}, all others {@code elsewhere}; nobody leaves before all
     * are through.
     */
    record StopMachine(String label, List<Stmt> here, Routine elsewhere) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.stopMachine(this);
        }
    }

    /**
     * Executes the code of a site, whatever it is at that moment. What its versions do to shared data can be written behind, in branches on the version.
     *
     * @param version gets the number of the version that was executed; of versions with the same code, the first
     */
    record Execute(String label, Site site, Optional<Local> version) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.execute(this);
        }
    }

    /**
     * Executes an INT3 that belongs to somebody else: a kprobe's, a debugger's. It stands right in front of the first site, at place 0. The
     * breakpoint handler of the protocol is asked first, as the kernel's is; what it does not claim is passed on to the owner.
     */
    record ForeignInt3(String label) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.foreignInt3(this);
        }
    }

    /** The kernel's BUG_ON; a step of its own if the condition reads a shared variable. */
    record BugOn(String label, Expr condition, String message) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.bugOn(this);
        }
    }

    /** The patch call for a version of a site begins or has returned. */
    record PatchMark(String label, Site site, int version, boolean end) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.patchMark(this);
        }
    }

    /** The breakpoint handler gives up: nobody claims the breakpoint, unless it is a {@link ForeignInt3}. The handler ends here. */
    record Unhandled(String label) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.unhandled(this);
        }
    }

    /** Sets the saved address of the context below. */
    record SetSavedAddress(Expr place) implements Unlabelled {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.setSavedAddress(this);
        }
    }

    /**
     * Does to the context below what the first instruction of a version of a site would: a call pushes the return address and
     * goes to the function, a jump goes to its target (a conditional one, or behind itself), RET leaves the site, a NOP goes behind itself.
     * If the version is a probe, what is emulated is the instruction that the probe displaces.
     *
     * @param gap whether the entry code left room between the stack of the trapped context and the saved frame, so that a push does not
     *     overwrite the frame
     */
    record Emulate(String label, Site site, int version, boolean gap) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.emulate(this);
        }
    }

    /**
     * An object comes to life or dies: a descriptor on the stack, say.
     *
     * @param allocated whether it is allocated and freed, and not on the stack; that matters to the reader only
     */
    record ObjectLife(String label, int object, String name, boolean begin, boolean allocated) implements Stmt {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.objectLife(this);
        }
    }

    /** A path begins: the executions up to the next one must agree on old or new, at group level. */
    record PathBegin() implements Unlabelled {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.pathBegin(this);
        }
    }

    /** A point at which the thread owes nothing: it may go on for ever, and a run may end with it here. */
    record Rest() implements Unlabelled {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.rest(this);
        }
    }

    /** One method for each kind of statement. */
    interface Visitor<R> {
        /** For {@link Note}. */
        R note(Note stmt);

        /** For {@link Assign}. */
        R assign(Assign stmt);

        /** For {@link Store}. */
        R store(Store stmt);

        /** For {@link Rmw}. */
        R rmw(Rmw stmt);

        /** For {@link CompareExchange}. */
        R compareExchange(CompareExchange stmt);

        /** For {@link Fence}. */
        R fence(Fence stmt);

        /** For {@link Await}. */
        R await(Await stmt);

        /** For {@link AwaitExchange}. */
        R awaitExchange(AwaitExchange stmt);

        /** For {@link If}. */
        R branch(If stmt);

        /** For {@link While}. */
        R loop(While stmt);

        /** For {@link Call}. */
        R call(Call stmt);

        /** For {@link Return}. */
        R leave(Return stmt);

        /** For {@link TextPoke}. */
        R textPoke(TextPoke stmt);

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

        /** For {@link SetPreemption}. */
        R setPreemption(SetPreemption stmt);

        /** For {@link StopMachine}. */
        R stopMachine(StopMachine stmt);

        /** For {@link Execute}. */
        R execute(Execute stmt);

        /** For {@link ForeignInt3}. */
        R foreignInt3(ForeignInt3 stmt);

        /** For {@link BugOn}. */
        R bugOn(BugOn stmt);

        /** For {@link PatchMark}. */
        R patchMark(PatchMark stmt);

        /** For {@link Unhandled}. */
        R unhandled(Unhandled stmt);

        /** For {@link SetSavedAddress}. */
        R setSavedAddress(SetSavedAddress stmt);

        /** For {@link Emulate}. */
        R emulate(Emulate stmt);

        /** For {@link ObjectLife}. */
        R objectLife(ObjectLife stmt);

        /** For {@link PathBegin}. */
        R pathBegin(PathBegin stmt);

        /** For {@link Rest}. */
        R rest(Rest stmt);
    }
}
