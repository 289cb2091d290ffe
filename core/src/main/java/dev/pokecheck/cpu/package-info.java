// SPDX-License-Identifier: Apache-2.0
/**
 * One CPU: contexts on a stack, flags, pending interrupts.
 *
 * <p><b>Rules of contexts.</b>
 * <ol>
 *   <li id="contexts">A CPU is a stack of contexts ({@link dev.pokecheck.cpu.ContextKind}); only the top one runs. Each has its place: in a
 *       routine of the protocol, and while it executes a site, an address in that site or in a function called from it.
 *   <li id="saved-address">The address at which a context will go on is its <em>saved address</em> while another lies on top of it. INT3
 *       is a trap: as the saved address it pushes the address of the byte after it (SDM vol. 3, "Breakpoint Exception (#BP)").
 *   <li id="interrupt-flag">IF belongs to the CPU. Delivery of anything saves IF with the interrupted context and clears it (interrupt
 *       gates; Linux uses them for all vectors of interest here). IRET restores it.
 *   <li id="maskable">IRQs and IPIs are delivered with IF=1, whatever the context is: a handler of a breakpoint, an NMI or a machine check that
 *       sets IF lets them in. <span id="priority">An IRQ is in service from its delivery to {@code eoi}, or to its IRET if it sends none; no other
 *       IRQ is delivered meanwhile. An IPI is: its priority class is higher, and its handler begins with {@code eoi}; so its IRET ends no service.</span>
 *       <span id="interrupt-shadow">An STI that is written as the instruction right before the next statement and finds IF=0 holds both off until
 *       that statement is done; what an interrupt handler returns to has no shadow.</span> {@code local_irq_enable()} has none: a compiler may
 *       put instructions between it and the next access.
 *   <li id="delivery">The delivery of an interrupt, an NMI or an exception empties the store buffer before the handler begins
 *       ({@link dev.pokecheck.cpu.rules.EventDelivery}). <span id="delivery-serializes-nothing">It serializes nothing.</span>
 *   <li id="nmi">An NMI lands between any two steps unless blocked ({@link dev.pokecheck.cpu.NmiModel}). <span id="nmi-latched">One that
 *       was sent while blocked is latched; a second one merges with it (SDM vol. 3, "Handling Multiple NMIs").</span>
 *   <li id="machine-check">#MC is delivered at any time. It does not nest: a second one inside #MC shuts the machine down, and no protocol has to
 *       answer for that, so none is delivered there.
 *   <li id="call-stack">CALL pushes the address after it on the context's modelled stack, RET pops it. <span id="emulated-call">A
 *       breakpoint handler that emulates CALL pushes on the stack of the context that trapped; it needs a gap between that stack and its own
 *       saved frame.</span>
 *   <li id="serialization">What serializes is a {@link dev.pokecheck.cpu.Profile}. <span id="serializing-waits">A serializing
 *       instruction executes once the store buffer is empty.</span> <span id="syscall">Neither SYSCALL nor SYSRET serializes or waits for the buffer,
 *       but for a SYSCALL of which the profile says that it drains.</span> <span id="iret">The return from every interrupt, exception and NMI is an
 *       IRET.</span> <span id="erets">Under FRED it is an ERETS, which neither serializes nor waits for the store buffer, and unblocks NMIs only at
 *       the end of an NMI handler.</span>
 *   <li id="depth">A stack holds as many contexts as the scenario says, or as its interrupts can need. To need one more is no fault: it is a bound of
 *       the search, which says nothing of what lies beyond.
 * </ol>
 *
 * <p>Not modelled: SMIs; faults other than #BP, #UD and what a property reports; of user space all but that a thread may be of it. Nor:
 * <ul>
 *   <li>The task priority (TPR, CR8; SDM vol. 3, "Task and Processor Priorities"; APM vol. 2, "Local APIC"), which holds off interrupts of its class and below. Linux sets
 *       it once so that it holds off none ({@code setup_local_APIC} of arch/x86/kernel/apic/apic.c). A kernel that raises it above the class of its rendezvous IPI is said by
 *       {@code irqDisable}, as nothing maskable that this machine knows comes then either; one that raises it below that class holds off IRQs only, which no statement says.
 *   <li>MOV SS, which holds off what STI does, and NMIs, for one instruction: without it more can come, so that what HOLDS, holds.
 *   <li>That delivery serializes. APM vol. 2, 7.5.1 calls interrupts and exceptions serializing events, which may be said of the write buffer only; 7.6.4 does not list them, and Intel
 *       promises nothing of the kind. No profile has it: here only the return by IRET serializes, and what HOLDS, holds.
 * </ul>
 */
@NullMarked
package dev.pokecheck.cpu;

import org.jspecify.annotations.NullMarked;
