// SPDX-License-Identifier: Apache-2.0
/**
 * Judges runs of a machine without any search: whether a loop is a livelock, whether a schedule shows the violation that it should, what a
 * violation looks like from outside, and whether a run tested anything. Whatever a search, a fuzzer or a file claims has to pass here.
 *
 * <p><b>Vacuity.</b> A search that ends without a violation has shown little if it never came near one. A run is vacuous
 * ({@link dev.pokecheck.judge.Promises}) if it never reached what its scenario or the question promised:
 * <ol>
 *   <li id="vacuity-complete">a complete run, always;
 *   <li id="vacuity-executed">a site executed during or after the patch call, when a property of executions is looked for: with
 *       nobody who executes, no level means anything. <span id="vacuity-handshake">Not so if the scenario has nobody execute one, no level
 *       was asked for, and a CPU had to wait: the handshake alone is in question then, and what is about executions is listed as
 *       untested</span>;
 *   <li id="vacuity-new-code">new code executed, under the same condition, unless each patch call of the protocol is given up;
 *   <li id="vacuity-interrupts">an NMI, IRQ or machine check delivered during the patch call, for each kind that the scenario has a
 *       budget for;
 *   <li id="vacuity-breakpoint">a breakpoint hit, if the protocol has a breakpoint handler and somebody executes sites while the text is
 *       written: an NMI whose work is a site or a lock, a machine check, or, unless the protocol holds all CPUs in {@code stop_machine}, a
 *       thread of another CPU or an IRQ;
 *   <li id="vacuity-question">what one of the properties looked for is about ({@link dev.pokecheck.property.Property#sometimes}): where all are
 *       untested, the question was not answered; <span id="vacuity-level">where a level is asked for, by what each of the properties is about that make it more than
 *       {@code safe}. No verdict names a level of which one was untested.</span>
 * </ol>
 * No promise, and therefore only a note: {@code undocumented-xmc}, an execution that overlapped an unsynchronised cross-modification, where the
 * profile has no vendor who says what that does (an unofficial word of Intel's exempts INT3 over a first byte, and the byte that comes back for it:
 * H. P. Anvin, LKML 2010-01-12); a stale fetch under a model that has them (the protocol may just leave no room for one), and a
 * store held back by a full buffer (what was checked then holds for that depth of the buffer).
 *
 * <p><b>Livelock.</b> A livelock is a reachable loop of steps that
 * <ol>
 *   <li id="livelock-owed">are all owed by somebody. Spontaneous interrupts are not, and come finitely often anyway; nor is the next
 *       round of a thread at rest. So a thread that executes sites for ever excuses nothing: a livelock of others is found where that thread
 *       rests;
 *   <li id="livelock-completes-nothing">complete nothing: no execution of a site, no patch call, no round of a thread
 *       ({@link dev.pokecheck.machine.TransitionSystem#progressed}). <span id="livelock-spin">A jump to the first byte of its own site ends an
 *       execution but completes none: whoever spins there waits for new text, like a CPU at an {@code await}. The thread that the scenario gives a CPU
 *       owes nothing there either, as it may rest before each execution.</span> A thread that is starved by others who complete something again and
 *       again is not looked for;
 *   <li id="livelock-fair">is fair ({@link dev.pokecheck.machine.TransitionSystem#duty}): a CPU that can step all along the loop steps
 *       in it, and a store buffer that could drain all along drains. <span id="livelock-prompt">Whatever pends and is let in somewhere in
 *       the loop &ndash; an IPI, an NMI that was sent, the stopper of {@code stop_machine} &ndash; is delivered in it, as hardware does at
 *       the first instruction boundary that lets it in.</span> So a breakpoint that is hit again and again does not hold off an IPI in a
 *       thread, where IF=1 between IRET and the next hit, and holds it off for ever in an NMI handler.
 * </ol>
 * To wait is to spin: a CPU at an {@code await} reads again and again. If the condition holds in some states of the loop and not in others, it may
 * look at the wrong moment each time. That is a livelock, too, if an improbable one, and is told apart: <em>some CPU could go on at times, and
 * never does just then</em>. Where there is a loop without that excuse, it is the one that is reported. A CPU that waits for what never comes is
 * part of a deadlock; if another goes round meanwhile, the run is both.
 *
 * <p>Which bytes a fetch sees is nobody's duty: nothing promises that stale bytes are ever dropped, except serialization. A loop may therefore rest on
 * them if nothing in it serializes.
 */
@NullMarked
package dev.pokecheck.judge;

import org.jspecify.annotations.NullMarked;
