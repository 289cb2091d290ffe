// SPDX-License-Identifier: Apache-2.0
/**
 * Protocols as C, statement by statement, and back.
 *
 * <p>A file that includes {@code pokecheck/steps.h} is read differently from all others: nothing is folded, unrolled, expanded or inferred, and each statement of C is one
 * statement of the protocol. Every protocol can be written so, and {@code read(print(p))} is {@code p}: the same variables, statements and labels, in the same order.
 *
 * <p><b>Rules.</b>
 * <ol>
 *   <li id="routine">A routine is a function: {@code pokecheck_patcher} for CPU 0, {@code pokecheck_thread1} and so on for the others, {@code pokecheck_int3}, {@code pokecheck_nmi},
 *       {@code pokecheck_irq}, {@code pokecheck_mc}; what an IPI or {@code stop_machine} runs on other CPUs is a function that the statement names. The file is the whole
 *       protocol: the scenario's workload is in it, and is not added again.
 *   <li id="name">A name of the protocol that is no identifier of C, or is there twice, is one by the rules of {@link dev.pokecheck.source.steps.Identifiers}. Members of structs are
 *       variables with dots in their names; a struct whose tag is {@code object0}, {@code object1} and so on is an object whose life is modelled.
 *   <li id="step-label">A step's label is what {@link dev.pokecheck.source.steps.Labelling} says, or that of {@code poke_label("…")} before it.
 *   <li id="step-block">{@code { … goto out; … } out: ;} is a block that can be left; there is no other {@code goto}. {@code poke_inline("f()") { … }} is a function expanded in place, which
 *       {@code poke_return()} leaves. {@code while (!(condition)) cpu_relax();} is a wait, any other {@code while} a loop.
 *   <li id="fact">What changes what the protocol is asked, and not what it does (user threads, copies of sites, what releases the lock of the workload), stands in
 *       {@code pokecheck_model}.
 * </ol>
 */
@NullMarked
package dev.pokecheck.source.steps;

import org.jspecify.annotations.NullMarked;
