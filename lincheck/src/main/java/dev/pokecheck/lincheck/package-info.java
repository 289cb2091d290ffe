// SPDX-License-Identifier: Apache-2.0
/**
 * The protocols and the tool's own concurrent classes on JVM threads.
 *
 * <p>{@link dev.pokecheck.lincheck.ThreadMachine} executes a recorded protocol a second time, by other means than the explorer's machine. It takes the
 * same steps of the same control-flow graph (package {@code step}), but {@link dev.pokecheck.lincheck.ThreadHost}, on which they run, is its own: it keeps
 * text in a {@code byte[]} and shared variables in an {@code int[]} that threads access by VarHandles, evaluates expressions as they were written, delivers
 * interrupts itself, and knows an execution of a site by what it did. Lincheck runs it and asks one question: is a patch site a register? {@code docs/agreement.md}
 * has the answers beside the explorer's levels.
 *
 * <p><b>Rules of execution.</b>
 * <ol>
 *   <li>An operation is a patch call, an execution of a site, or a prefetch, and belongs to one CPU. It runs on the thread that calls it, step by step; a
 *       step is at most one access that other CPUs can see. Steps that only touch their CPU are part of the one after them.
 *   <li>Data is sequentially consistent: all accesses are volatile.
 *   <li>A memcpy to text reaches memory byte by byte, in ascending order, and each byte is a step. A store that is declared single, or that
 *       exchanges what it finds, reaches it whole, in one step.
 *   <li>A fetch reads the bytes one after the other and begins again if a store came in between, so that it sees them as they stand at one moment:
 *       the {@code coherent} model. ({@link dev.pokecheck.lincheck.CodeMemory}; the retry is no lock of a protocol.) A prefetch keeps a copy for
 *       the CPU's next fetch from that site, until the CPU serializes: a part of what {@code stale-insn} allows.
 *   <li>What is fetched must be an instruction of some version at its offset, and all instructions of an execution must be of one version. What the
 *       execution did (calls, jumps, other instructions, emulated ones included) must be what that version does as a whole.
 *   <li>A breakpoint runs the recorded handler on the same thread, with IF=0; the saved address behind the breakpoint, emulation, and execution of the
 *       instruction again are those of the {@code machine} package. A handler that hits breakpoints itself is called again each time; when no
 *       context fits on the stack any more, that is {@code recursion}.
 *   <li>IPIs, {@code stop_machine} and sent NMIs are taken between two steps, IPIs only with IF=1, {@code stop_machine} only in a thread with IF=1. They are taken at once, at the CPU's next step. A later one is not lost where the sender waits, as in
 *       {@code sync*} and {@code stop_machine}, for then it is as if the sender had been later; an NMI that the explorer lets
 *       come later is taken at the next step here.
 *   <li>A CPU without an operation is run by threads that wait, as far as the others need it: it serves IPIs and NMIs and takes part in
 *       {@code stop_machine}. One thread at a time runs a CPU ({@link dev.pokecheck.lincheck.Signals}).
 *   <li>Spinning is waiting: a thread whose condition does not hold, and that can help nobody, sleeps until something changes. If everybody sleeps, that is the
 *       deadlock of the protocol, and Lincheck reports it as one; a stress run would end by its time limit.
 *   <li>The first thing that goes wrong halts the machine. The operation on whose thread it happened gives the property's name, all others
 *       {@link dev.pokecheck.lincheck.ThreadMachine#HALTED}; neither is the result of any register.
 * </ol>
 *
 * <p><b>Not here</b>: store buffers, fetches that see chunks of different times, text stores in other orders, spontaneous interrupts, NMIs and
 * machine checks, lock work, conditional jumps, breakpoints as versions or of others, entries behind the first byte of a site, grace periods, IPIs that return to another task, run functions or are sent without a
 * fence, suspended threads, user threads, CPUs that go offline, the
 * shadow of STI, interrupts in service, and what a return from a handler does to the blocking of NMIs (they are latched).
 *
 * <p><b>What a pass means.</b> Lincheck's model checking tries interleavings by growing number of context switches until its bound of runs; a
 * switch can come before each step. Each row of the table is one scenario with a few operations and some hundreds of runs: first those with no switch or one,
 * then some of those with two. A pass says that none of these is wrong, never that the protocol is linearizable. The explorer says that,
 * for its model; the pass says that two hosts, which share the control-flow graph and the instruction decoder and nothing below them, do not contradict
 * each other there. What a step of the graph means is compared with a walk through the statements themselves, in {@code ThreeWaysTest};
 * {@code SeededFaultsTest} shows that this notices a fault of any primitive of the packed host, and an operation that does nothing. A failure is a real one of these rules, and is printed with its interleaving.
 *
 * <p>Obstruction freedom is not asked for: all protocols wait for other CPUs by design.
 *
 * <p>{@link dev.pokecheck.lincheck.StackDescriptor} and {@link dev.pokecheck.lincheck.StaticDescriptor} are the reference-counted descriptors of Linux's
 * {@code poke_int3_handler} of 2019 and 2022. Lincheck asks of them that a lookup gives what is published at one moment of it.
 *
 * <p>The tool itself is single-threaded but for this package; a test fails when a class with shared mutable state is added without a Lincheck test.
 */
@NullMarked
package dev.pokecheck.lincheck;

import org.jspecify.annotations.NullMarked;
