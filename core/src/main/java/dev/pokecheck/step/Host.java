// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.step;

import dev.pokecheck.insn.Sync;
import dev.pokecheck.protocol.Quiescence;
import dev.pokecheck.protocol.RmwOp;
import dev.pokecheck.protocol.TextStmt.PatchMark.Moment;
import dev.pokecheck.text.Site;

/**
 * What steps run on: one CPU, with one context on top, of some machine. A step says what it does by these primitives only, so that one
 * description of a step serves any host; how a store becomes visible, how text is torn, when an interrupt is taken, and what is wrong, is up
 * to the host.
 *
 * <p>A primitive that finds a fault of the protocol (a value out of its range, a dead object) records it and continues as its Javadoc says, or ends
 * the run.
 */
public abstract class Host {
    // ---- control

    /** Control continues at another step of the routine. */
    public abstract void goTo(int target);

    /** Control stays: the step is taken again. */
    public abstract void stay();

    /** Which of the ways of the step is taken, from 0 up. */
    public abstract int way();

    /** A loop goes back to its condition, or a handler to its breakpoint. */
    public abstract void wentBack();

    /** The thread has made a round. */
    public abstract void rest();

    /** A path begins. */
    public abstract void beginPath();

    /** A function that a thread taken over by {@code stop_machine} has to run may begin. */
    public abstract boolean mayBeginFunction();

    /** Begins it. */
    public abstract void beginFunction();

    /** Whether the routine may return: of a handler, whether its IRET can execute; of a function, whether all are through. */
    public abstract boolean mayReturn();

    /** Returns from the routine. */
    public abstract void endRoutine();

    // ---- values

    /** The value of an expression as this context sees it. 0 for what does not exist. */
    public abstract int value(Code code);

    /** Whether something that this step has evaluated does not exist. */
    public abstract boolean failed();

    /** Assigns a local variable; -1 is none. Out of its range, it keeps its value. */
    public abstract void assign(int local, int value);

    // ---- shared data

    /** Whether there is room for a store. */
    public abstract boolean hasRoom();

    /** Whether all earlier stores of this CPU are in memory. */
    public abstract boolean isDrained();

    /** Stores a value; nothing if it is out of range. */
    public abstract void store(Cell cell, int value);

    /** A locked read-modify-write; the old value goes to a local variable, -1 for none. Nothing if the new one is out of range. */
    public abstract void update(Cell cell, RmwOp op, int operand, int old);

    /** A locked compare-and-exchange; whether it succeeded, and what was there, go to local variables, -1 for none. */
    public abstract void exchange(Cell cell, int expected, int desired, int success, int old);

    /** Tries to take a lock by a locked compare-and-exchange; returns whether it did, or met a fault. */
    public abstract boolean acquire(Cell cell, int free, int taken);

    /** Whether {@link #acquire} would return {@code true} now. */
    public abstract boolean wouldAcquire(Cell cell, Code free);

    /** Whether memory holds a cell's expected value now; false for what does not exist. For explanations. */
    public abstract boolean memoryHolds(Cell cell, int expected);

    /** What memory holds now, as text; empty for what does not exist. For explanations. */
    public abstract String memoryText(Cell cell, ValueText values);

    /** Begins or ends the life of an object. */
    public abstract void setAlive(int object, boolean alive);

    /** Asserts; {@code failed} is a BUG() of the protocol. */
    public abstract void check(boolean failed);

    /** A postcondition was asked for; {@code holds} says whether it holds. */
    public abstract void ensure(boolean holds);

    /** Stores to a variable that no step of the program sees, at once in memory; nothing if the value is out of range. */
    public abstract void storeGhost(Cell cell, int value);

    // ---- text

    /** Stores to text, or the piece of the store that this {@link #way} is; returns whether all of it is done. */
    public abstract boolean pokeText(int store);

    /** Loads text as data; the number of the value that it has, -1 if it is none. */
    public abstract int readText(int read);

    /** A locked compare-and-exchange of text: makes a store if a load would find the first value; returns whether it did. */
    public abstract boolean exchangeText(int read, int store);

    /** The patch call for a version of a site begins, has returned, or is given up. */
    public abstract void mark(Site site, int version, Moment moment);

    /** Executes a site. */
    public abstract void execute(Site site, int version);

    // ---- synchronisation

    /** Whether an instruction can execute now: one that drains the store buffer waits for it. */
    public abstract boolean mayExecute(Sync sync);

    /** Whether an instruction ends staleness for its CPU. */
    public abstract boolean serializes(Sync sync);

    /** Executes an instruction that may serialize, and may unblock NMIs. */
    public abstract void executeSync(Sync sync);

    /** Asks all other CPUs to execute the instruction of the protocol's IPIs; this one executes it now. */
    public abstract void requestSync(Sync sync);

    /** Whether an IPI that no fence precedes can be sent now. */
    public abstract boolean maySendUnfenced();

    /** Asks all other CPUs to execute the instruction of the protocol's IPIs. */
    public abstract void sendSync();

    /**
     * Asks other CPUs to run the function of a statement, which is known by its number among those that call.
     *
     * @param targets which of them, as bits; this CPU's own, and those of CPUs that do not exist, are ignored
     */
    public abstract void callOthers(int statement, int targets);

    /** Keeps IF, and clears it. */
    public abstract void saveInterruptFlag();

    /** Sets IF to what it was when it was kept. */
    public abstract void restoreInterruptFlag();

    /** Whether no other CPU owes this one something. */
    public abstract boolean othersOweNothing(Owing owing);

    /** A grace period begins. */
    public abstract void beginGrace(Quiescence quiescence);

    /** Sends an NMI; a CPU that does not exist is a fault. */
    public abstract void sendNmi(int cpu);

    /** Sets IF. */
    public abstract void setInterruptFlag(boolean enabled);

    /** Sets IF; if it was 0, no maskable interrupt is taken until after the next step of this context. */
    public abstract void sti();

    /** The service of the interrupt in service ends. */
    public abstract void endOfInterrupt();

    /** Allows or forbids that the thread is taken off the CPU. */
    public abstract void setPreemption(boolean enabled);

    // ---- stop_machine

    /** Whether no CPU runs {@code stop_machine}. */
    public abstract boolean nobodyStops();

    /** Calls {@code stop_machine}; returns whether no other CPU did first. */
    public abstract boolean beginStop();

    /** All have arrived: each runs its function. */
    public abstract void runStopped(int function);

    /** All are through: each may leave. */
    public abstract void letGo();

    /** All have left. */
    public abstract void endStop();

    // ---- threads of other CPUs

    /** Whether nobody has suspended the thread of a CPU, or asked for it; true for a CPU that does not exist. */
    public abstract boolean maySuspend(int cpu);

    /** Asks that the thread of a CPU be suspended; a CPU that does not exist is a fault. */
    public abstract void suspend(int cpu);

    /** Whether the thread of a CPU is suspended. */
    public abstract boolean isSuspended(int cpu);

    /** Where the suspended thread of a CPU will go on: a place, 0 if that is in no site. One that is not suspended is a fault. */
    public abstract int contextOf(int cpu);

    /** Sets where the suspended thread of a CPU will go on. One that is not suspended is a fault. */
    public abstract void setContext(int cpu, int place);

    /** Lets the suspended thread of a CPU go on. One that is not suspended is a fault. */
    public abstract void resume(int cpu);

    /** Whether this CPU owes nobody anything, and nobody stops the machine. */
    public abstract boolean mayGoOffline();

    /** This CPU goes offline; a fault if its thread is not on top. */
    public abstract void goOffline();

    /** Whether a CPU is offline; true for one that does not exist. */
    public abstract boolean mayBringOnline(int cpu);

    /** Brings a CPU online; one that does not exist is a fault. */
    public abstract void bringOnline(int cpu);

    // ---- breakpoints

    /** Executes a breakpoint that the protocol does not own; returns whether a handler of the protocol was called, to be asked first. */
    public abstract boolean hitForeignBreakpoint();

    /** The protocol's handler does not claim the breakpoint; returns whether another owner does. */
    public abstract boolean unclaimed();

    /** Sets the saved address of the context below. */
    public abstract void setSavedAddress(int place);

    /**
     * Pushes a return address onto the stack of the context below.
     *
     * @param place the address
     * @param gap whether there is room for it
     */
    public abstract void pushReturn(int place, boolean gap);

    /**
     * Does to the context below what the first instruction of a version does.
     *
     * @param gap whether there is room for what a call pushes
     * @param jumps what a conditional jump does
     */
    public abstract void emulate(Site site, int version, boolean gap, boolean jumps);
}
