// SPDX-License-Identifier: Apache-2.0
/**
 * The transition system: initial state, enabled actions, apply; scenario; state codec.
 *
 * <p><b>Rules of execution.</b> They join those of the packages {@code text}, {@code data}, {@code cpu} and {@code protocol}.
 * <ol>
 *   <li>An action belongs to one CPU: a step of its top context, the drain of its oldest buffered store, or the delivery of
 *       something to it. Any enabled action may be next. A run is not finished
 *       before everybody is ({@link dev.pokecheck.machine.TransitionSystem#complete}); what is owed, and what makes a run fair, matters to deadlocks and
 *       livelocks only ({@link dev.pokecheck.machine.TransitionSystem#duty}).
 *   <li>To execute a site is to fetch and execute instruction by instruction from its first byte until control leaves it. One
 *       instruction is one action. The execution begins with its first fetch; it is finished when control leaves the site for good
 *       (a call that returns into the site does not end it).
 *   <li>An execution must be consistent with at least one version as a whole: each of its instructions, fetched or emulated, must be
 *       that version's instruction at that offset. Bytes of no version are {@code torn}; so is an execution that mixes
 *       instructions of two versions. Bytes of no version at an offset inside an instruction of the version last begun are
 *       {@code mid-instruction}; to go on inside an instruction of the present version at bytes that an older one has there is to execute
 *       that older one, and judged as such. Where two versions have the same bytes ({@code nop5->probe->nop5}), an execution that ends before the
 *       patch call of the later one has begun has executed the earlier one.
 *   <li>A called function is one step if it does something to shared data, and none otherwise: RET is private to its CPU, so "inside
 *       the callee" is the same as "about to fetch at the return address".
 *   <li>When a breakpoint handler returns, what it made of the trapped context is judged against the instruction of each version
 *       that is still possible: same address means "execute again"; else it must have done what that instruction does. RET is done by leaving the
 *       site; a conditional jump by going either way (flags are not modelled); for a probe, what it displaces.
 *   <li>A handler that sends a context on behind the first byte of a site must find an instruction there: if whatever the context can fetch is no
 *       version's, and is inside an instruction of the version last returned or begun, that is {@code mid-instruction}, at the handler's return.
 *   <li>Whether a probe was hit, or a breakpoint that a patch put there for the time being, is up to the handler, as the bytes are the same: who
 *       emulates the version that is a probe has hit the probe, who emulates another version has not.
 *   <li>A breakpoint of somebody else stands in front of the first site, at place 0. The handler is asked with the saved address behind it; if it
 *       claims nothing the owner does, and the context goes on. A handler that changes the saved address leads it astray, unless it goes back
 *       to the breakpoint, which is then hit again.
 *   <li>A grace period is over when every CPU that was busy at its beginning has been seen not to be, once: in no handler, with IF=1 and
 *       preemption on ({@code synchronize_rcu}), or with its thread behind no site's first byte and in no function called from a site
 *       ({@code synchronize_rcu_tasks}, where a preempted thread is not quiescent). It begins with a full barrier, so it waits for the store buffer. It
 *       serializes nobody.
 *   <li>{@code sync*}: a request to every other CPU; each takes it as an IPI (IF=1, not in NMI, #MC, #BP), executes the instruction, and
 *       returns by IRET; the sender waits for all. A statement may say instead that the return goes on in another task, which leaves the
 *       kernel by SYSRET (758c9373d841: "IPI return can schedule"): then only the handler's own instruction counts. Before sending, the sender's store buffer is empty (the kernel fences before a
 *       write to the x2APIC).
 *   <li>{@code stop_machine}: the other CPUs' threads are taken over at any instruction boundary, also inside a site, unless preemption is
 *       off. Until all have arrived they take IRQs and IPIs. Then all have IF=0 and run their functions (the caller has IF=1, as the kernel demands, and gets it back); none leaves before all are
 *       through; {@code stop_machine} returns when all have left. Calling it, arriving, and finishing the function are locked operations
 *       (kernel/stop_machine.c, {@code ack_state}), so that they wait for the CPU's store buffer. Neither arriving nor leaving serializes (a stopper thread is reached by a
 *       context switch, which promises nothing).
 *   <li>Steps that touch only their own context are merged into the step before them. {@link dev.pokecheck.machine.Scenario#mergeLocal}
 *       switches that off; verdicts must not change, but for a loop without any other step, which is a {@code bug} when merged and stuck when not.
 *   <li>Spontaneous interrupts come as often as the scenario's budget allows, at any point where they can be delivered. No progress may
 *       rest on them.
 * </ol>
 */
@NullMarked
package dev.pokecheck.machine;

import org.jspecify.annotations.NullMarked;
