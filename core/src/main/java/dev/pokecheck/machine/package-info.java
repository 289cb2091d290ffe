// SPDX-License-Identifier: Apache-2.0
/**
 * The transition system: initial state, enabled actions, apply; scenario; state codec.
 *
 * <p><b>Rules of execution.</b> They join those of the packages {@code text}, {@code data}, {@code cpu} and {@code protocol}.
 * <ol>
 *   <li id="actions">An action belongs to one CPU: a step of its top context, the drain of its oldest buffered store, or the delivery of
 *       something to it. Any enabled action may be next. <span id="complete">A run is not finished before every CPU is
 *       ({@link dev.pokecheck.machine.TransitionSystem#complete})</span>; <span id="duty">what is owed, and what makes a run fair, matters
 *       to deadlocks and livelocks only ({@link dev.pokecheck.machine.TransitionSystem#duty})</span>.
 *   <li id="execution">To execute a site is to fetch and execute instruction by instruction from its first byte until control leaves it.
 *       <span id="entry">It may also be entered at another of its entries ({@link dev.pokecheck.text.Site#entries}), as a jump from elsewhere does. An
 *       execution from there is held against the same versions; of one that has no instruction there it is none, so that to enter while that
 *       version is there is {@code mid-instruction} or {@code torn}, as if a context resumed there.</span>
 *       <span id="instruction">One instruction is one action.</span> <span id="first-fetch">The execution begins with its first
 *       fetch</span>; it is finished when control leaves the site for good (<span id="call-returns">a call that returns into the site does
 *       not end it</span>). <span id="self-jump">A jump to the first byte of the site ends an execution and begins another: a CPU that spins on
 *       {@code eb fe} mixes nothing when the text changes.</span> A jump to another place in the site does not. <span id="out-of-overlap">Where sites overlap,
 *       an execution is one of the site that the statement names: control that comes to bytes of another only has left it.</span> <span id="indirect-jump">An
 *       indirect jump or call goes to the function that its operand names, a memory slot or an expression over registers: neither is modelled, so
 *       that the same operand is the same function for good and another operand another function. A breakpoint handler has done what the
 *       instruction does if the context continues in that function.</span>
 *   <li id="unsynchronised">An execution overlaps an unsynchronised cross-modification if it fetches bytes of which its CPU might as well have seen
 *       others, in its window, and more has happened to these than that a breakpoint was put over the first of them or taken away. That is
 *       no incident; but what a CPU does then no manual says for all CPUs, and the verdict has a note.
 *   <li id="one-version">An execution must be consistent with at least one version as a whole: each of its instructions, fetched or
 *       emulated, must be that version's instruction at that offset. Bytes of no version are {@code torn}; <span id="mixed">so is an
 *       execution that mixes instructions of two versions.</span> <span id="mid-instruction">Bytes of no version at an offset inside an
 *       instruction of the version last begun are {@code mid-instruction}</span>; <span id="inside-another">so are those inside one of a site that
 *       overlaps this one and has been patched;</span> <span id="resumed-old">resuming at bytes that match an older version counts as executing that older version.</span>
 *       <span id="same-bytes">Where two versions have the same bytes ({@code nop5->probe->nop5}), an execution that ends before the patch
 *       call of the later one has begun has executed the earlier one.</span>
 *   <li id="patch-calls">A patch call is what stands between its marks. It may bring any version; several CPUs may make calls, each one at a
 *       time for a site. <span id="patch-marks">A mark that begins a call while its CPU makes one for that site, and one that ends a call, on whatever CPU, for a version that no call under way
 *       brings, are mistakes of who wrote the protocol: a {@code bug}. If no mark begins a call for that version at all, the protocol is refused. It is not
 *       noticed where several routines make the calls of a site in ascending order.</span> A version is <em>in force</em> once its call has returned, until another call has returned that began after that;
 *       at the start version 0 is. <span id="overlapping-calls">Of calls that overlap each may have taken effect last, so that the versions of
 *       all of them are in force.</span> <span id="aborted-call">A call that is given up changes nothing of that: what was in force still
 *       is.</span> <span id="may-see">An execution may see what was in force when it began, and the version of each call that was under way
 *       then or began before the execution ended; another version is {@code stale}.</span> <span id="overtaken">A version is overtaken when an
 *       execution is complete that can only have seen newer ones: versions whose calls began when it was in force, or which are in force when
 *       it is not; until it is brought again, an execution that begins later and sees it goes {@code backwards}.</span> <span
 *       id="requested-text">At the end the text must be a version that is in force or whose call never ended; of a site without any call, the
 *       last version.</span> <span id="overlapping-text">Bytes that two sites share must be those of the one whose call took effect last: of the other if a call of
 *       that began after the last call of this one had returned, and has returned; if the two calls overlapped, of either, but all of one.</span> <span id="ascending">Where the text of a protocol says that calls bring all versions in the order of their numbers
 *       ({@link dev.pokecheck.protocol.CallOrder}), a later version counts as newer even before its call, and all calls count as made: the text must
 *       be the last version.</span>
 *   <li id="called-function">A called function is one step if it does something to shared data, and <span id="no-effect">none otherwise:
 *       RET is private to its CPU</span>, so "inside the callee" is the same as "about to fetch at the return address",
 *       but to who suspends the thread there.
 *   <li id="breakpoint-return">When a breakpoint handler returns, what it made of the trapped context is judged against the instruction
 *       of each version that is still possible: same address means "execute again"; else it must have done what that instruction does. <span id="either-handler">Where sites overlap, an address is
 *       the same for all of them, and so is a breakpoint there: what no version of the executed site does at it must be what one of another does.</span> RET
 *       is done by leaving the site; a conditional jump by going either way (flags are not modelled); for a probe, what it displaces.
 *   <li id="sent-on">A handler that sends a context on past the first byte of a site must find an instruction there: if whatever the
 *       context can fetch is no version's, and is inside an instruction of the version last returned or begun, that is
 *       {@code mid-instruction}, at the handler's return.
 *   <li id="probe">Whether a probe was hit, or a breakpoint that a patch put there for the time being, is up to the handler, as the
 *       bytes are the same: a handler that emulates the version that is a probe has hit the probe, one that emulates another
 *       version has not.
 *   <li id="foreign-breakpoint">A breakpoint that the protocol does not own stands in front of the first site, at place 0. The
 *       protocol's handler is called first, with the saved address after it. If the handler does not claim the breakpoint, its owner does, and
 *       the context continues. <span id="foreign-astray">A handler that
 *       changes the saved address leads it astray, unless it goes back to the breakpoint, which is then hit again.</span>
 *   <li id="recursion">A breakpoint that a handler of that very breakpoint hits, itself or in handlers of other breakpoints that it has hit, is
 *       {@code recursion} if nothing that CPUs share has changed since that handler began: it will hit it again. <span id="changed">If memory or text has
 *       changed meanwhile, or is about to by what is in the store buffer, the handler may do something else, and is called; so it is if an
 *       interrupt came in between, which need not come again.</span>
 *   <li id="dead-object">A step that uses a field of an object outside its life is a {@code dead-object}, and the run ends. <span id="ended-twice">So
 *       is the end of a life that has ended, or not begun: a double free. A life may begin again at any time.</span>
 *       <span id="dead-object-any">The scenario may have it continue ({@link dev.pokecheck.property.DeadObjects}): what a step reads there
 *       then is any value of the field's range, a choice of its own; what it stores stays in the field, and meets no one else.</span>
 *   <li id="ensure">A postcondition ({@code ensure}) is asked for in one step: that it does not hold then is a violation, and the run ends. It may
 *       ask which CPUs are in handlers, <span id="serialized-since">and whether every CPU has serialized since the last store to a site reached
 *       memory; after its own store a CPU is
 *       asked for what its profile asks for ({@link dev.pokecheck.cpu.SelfModification}): nothing, a jump or a serialization, or that. What holds then is that each CPU is sure to fetch what was
 *       stored. A store in the buffer of the CPU that asks has not reached
 *       memory.</span> <span id="ghost-store">A store to a ghost variable is one step, at once in memory, past the store
 *       buffer.</span>
 *   <li id="grace-period">A grace period is over when every CPU that was busy at its beginning has been seen not to be, once:
 *       <span id="grace-handlers">in no handler, with IF=1 and preemption on ({@code synchronize_rcu})</span>, or
 *       <span id="grace-tasks">with its thread past no site's first byte and in no function called from a site
 *       ({@code synchronize_rcu_tasks}, where a preempted thread is not quiescent)</span>. <span id="grace-barrier">It begins with a full
 *       barrier, so it waits for the store buffer.</span> <span id="grace-serializes-nobody">It serializes no CPU.</span>
 *   <li id="sync">{@code sync*}: a request to every other CPU; each takes it as an IPI when it has IF=1, in a handler too, executes the
 *       instruction, and returns by IRET; the sender waits for all. <span id="sync-another-task">A statement may say instead that the
 *       handler returns to another task, which leaves the kernel by SYSRET (758c9373d841: "IPI return can schedule"): then only the handler's own
 *       instruction counts.</span> <span id="sync-fence">Before sending, the sender's store buffer is empty (the kernel fences before a
 *       write to the x2APIC).</span> <span id="sync-unfenced">A statement may say that it has no fence there. Then the send waits for the buffer only
 *       where the profile says that sending drains it ({@link dev.pokecheck.cpu.IpiSend}), and else others may take the IPI before the sender's
 *       earlier stores are in memory; the sender executes its own instruction next.</span>
 *   <li id="calls">{@code on_each_cpu}, {@code smp_call_function}: a request to every other CPU to run a function. Each takes it as an IPI when it
 *       has IF=1, in a handler too, runs the function in that context, with IF=0, and returns by IRET. <span id="calls-here">{@code on_each_cpu}
 *       runs the function here, too, with IF=0, but in no handler: no IRET, which would serialize, comes of it.</span> <span id="calls-wait">A
 *       sender that waits does so until the function has ended on every other CPU, and its stores are in memory; the IRET may come later, and an
 *       NMI before it.</span> <span id="calls-again">One that does not wait continues at once, but its next call is made when every CPU has begun the
 *       function of this one.</span> <span id="calls-queue">A CPU takes all requests that have come as one IPI: it runs the functions one after the
 *       other, in any order, and only then returns.</span> <span id="calls-fence">Before sending, the sender's store buffer is empty.</span>
 *   <li id="stop-machine">{@code stop_machine}: the other CPUs' threads are taken over at any instruction boundary, also inside a site,
 *       unless preemption is off. <span id="stop-waiting">Until all have arrived they take IRQs and IPIs.</span>
 *       <span id="stop-interrupts-off">Then all have IF=0 and run their functions; the caller gets back the IF that it had (the kernel demands
 *       1)</span>; <span id="stop-together">none leaves before all are through; {@code stop_machine} returns when all have left.</span>
 *       <span id="stop-locked">Calling it, arriving, and finishing the function are locked operations (kernel/stop_machine.c,
 *       {@code ack_state}), so that they wait for the CPU's store buffer.</span> <span id="stop-serializes-nothing">Neither arriving nor
 *       leaving serializes</span> (a stopper thread is reached by a context switch, which promises nothing).
 *   <li id="suspension">{@code suspend}: the thread of another CPU stops between two of its steps, when it is on top of its CPU, with IF=1 and preemption on.
 *       <span id="suspended">It does nothing until it is resumed, and no run is complete before; interrupts come to its CPU all the same.</span>
 *       <span id="suspension-serializes-nothing">Neither stopping nor resuming it serializes</span> (a context switch promises nothing). <span
 *       id="context">Its context reads as the place at which it will go on, 0 if it has executed nothing of a site or <span
 *       id="context-in-function">is in a function called from one: what it returns to is not seen.</span> To read, set or resume one that is not
 *       suspended is a {@code bug}.</span> <span id="sent-elsewhere">Who sets it is judged as a breakpoint handler is: where the thread goes on, the same must be
 *       left to execute, at the matching place of a copy, or after an instruction that does nothing but lead there; anything else is a
 *       {@code wrong-target}.</span> <span id="copy">What a thread executes in a copy ({@link dev.pokecheck.protocol.Copy}) is what is left of the site, in the
 *       version that is copied. Nobody patches a copy; who leaves it has left the site. Neither of the two overlaps other sites.</span>
 *   <li id="user-thread">The thread of a CPU may be a user thread. <span id="user-handler">The handler of a breakpoint that it hits has its IF, so that interrupts
 *       come to it, and {@code stop_machine} takes it over there;</span> <span id="user-nested">one of a breakpoint that this handler, or an interrupt, hits has
 *       IF=0 as any other.</span> <span id="user-grace">{@code synchronize_rcu} does not wait for such a handler, which may sleep;
 *       {@code synchronize_rcu_tasks} does, and not for a user thread in its own text.</span>
 *   <li id="offline">A CPU may go offline, by a statement of its thread, when it has answered all that it was asked and nobody stops the machine. <span
 *       id="on-its-way-down">With IF=0 or preemption off it is on its way down already ({@code take_cpu_down}, which the kernel runs by stop_machine itself): it takes there what it
 *       was asked, whatever its IF, and a stop_machine that gathers the CPUs does without it.</span> It then executes
 *       nothing and takes no interrupt. <span id="offline-others">Nobody waits for it: {@code sync*}, calls, {@code stop_machine} and grace periods are those of the
 *       CPUs that are online; an NMI that is sent to it is lost ({@code exc_nmi} returns at once on a CPU that is offline, Linux 6.18).</span> <span id="online">Another CPU brings it online, when nobody stops the machine: its thread
 *       continues with the next statement, and its fetches see nothing older than that moment.</span>
 *   <li id="merging">Steps that touch only their own context are merged into the step before them.
 *       {@link dev.pokecheck.machine.Scenario#mergeLocal} switches that off; verdicts must not change, but <span id="endless">for a loop
 *       without any other step, which is a {@code bug} when merged and stuck when not.</span> <span id="idles">One in which the thread owes nothing at some step is neither: the thread idles there.</span> <span id="failing-step">A step that ends the run is
 *       never merged: others may act before it, and what they do counts; nor is it before the first step of a run.</span> <span id="ends-there">Its context stays at it: a
 *       thread whose last step it is has not ended, so that no patch is lost by it.</span> <span id="merged-rounds">Steps that
 *       depend on nothing that others can still do, and go round in a loop, are merged until the state is one that was there before.</span>
 *   <li id="pieces-together">Bytes of one text store that no fetch can tell apart are written together by a search: the first, then, before any other of the store,
 *       the rest ({@code PieceGroups} says why); not of sites that overlap. {@link dev.pokecheck.machine.Scenario#reduce} switches that off, too.
 *   <li id="spontaneous">Spontaneous interrupts come as often as the scenario's budget allows, at any point where they can be delivered.
 *       <span id="budget-per-cpu">The budget is the same for each CPU, or one for each.</span>
 *       <span id="no-progress">No progress may rest on them.</span>
 * </ol>
 */
@NullMarked
package dev.pokecheck.machine;

import org.jspecify.annotations.NullMarked;
