/* SPDX-License-Identifier: Apache-2.0 */
/*
 * pokecheck/steps.h: a file that includes it is read statement by statement, as 'pokecheck show' prints it. Each statement below is one of the protocol; nothing is expanded,
 * folded or inferred. A condition that reads a variable is one step with what it decides.
 *
 *	{ ... goto out; ... } out: ;			a block that can be left
 *	if (condition) { ... } else { ... }
 *	while (condition) { ... }
 *	while (!(condition)) cpu_relax();		a wait; (first) && (second): one read after the other
 *	while (!poke_try_cmpxchg(&x, a, b)) cpu_relax();
 */
#ifndef POKECHECK_STEPS_H
#define POKECHECK_STEPS_H

#include <pokecheck.h>

extern int __pc_steps;

/* Whatever a word below means elsewhere, here it is one statement. */
#undef poke_label
#undef READ_ONCE
#undef WRITE_ONCE
#undef smp_store_release
#undef smp_mb
#undef cpu_relax
#undef poke_fetch_add
#undef poke_fetch_or
#undef poke_fetch_xor
#undef poke_fetch_and_not
#undef poke_fetch_add_unless_zero
#undef poke_fetch_exchange
#undef poke_cmpxchg
#undef poke_try_cmpxchg
#undef poke_wait_or_timeout
#undef poke_object_begin
#undef poke_object_end
#undef poke_allocate
#undef poke_free
#undef smp_processor_id
#undef in_nmi
#undef poke_bit
#undef poke_weight
#undef poke_inline
#undef poke_return
#undef poke_choose
#undef poke_bug_on
#undef poke_ensure
#undef poke_ghost
#undef poke_ghost_store
#undef poke_no_cpu_in
#undef poke_every_cpu_serialized_since
#undef poke_note
#undef poke_path
#undef poke_rest
#undef local_irq_disable
#undef local_irq_enable
#undef preempt_disable
#undef preempt_enable
#undef poke_sti
#undef poke_eoi
#undef poke_send_nmi
#undef sync_core
#undef poke_insn
#undef smp_text_poke_sync_each_cpu
#undef poke_sync_each_cpu
#undef poke_sync_each_cpu_unfenced
#undef poke_sync_each_cpu_then_sysret
#undef synchronize_rcu
#undef synchronize_rcu_tasks
#undef poke_on_each_cpu
#undef poke_call_others
#undef poke_call_some
#undef poke_stop_machine
#undef poke_suspend
#undef poke_read_context
#undef poke_set_context
#undef poke_resume
#undef poke_cpu_offline
#undef poke_cpu_online
#undef POKE_ADDR
#undef text_poke
#undef text_poke_in_place
#undef poke_store
#undef poke_store_in_place
#undef poke_cmpxchg_text
#undef poke_cmpxchg_text_in_place
#undef poke_load_text
#undef poke_begin_version
#undef poke_end_version
#undef poke_abort_version
#undef poke_execute
#undef poke_execute_at
#undef poke_foreign_int3
#undef poke_not_ours
#undef poke_emulate
#undef poke_emulate_without_gap
#undef poke_push_return
#undef poke_push_return_without_gap
#undef poke_user_thread
#undef poke_holds_everybody_off
#undef poke_not_modelled
#undef poke_unlocks
#undef poke_is_copy

/* The next step is named so. Without it a step is named by what it does and what to. */
#define poke_label(name) __pc_label(name)

/* Data. A load stands alone on the right of an assignment, or in a condition. */
#define READ_ONCE(x) __pc_load(&(x))
#define WRITE_ONCE(x, value) __pc_store(&(x), value)
#define smp_store_release(p, value) __pc_release(p, value)
#define smp_mb() __pc_fence()
#define cpu_relax() __pc_relax()

/* Locked operations; their value is the old one; that of poke_try_cmpxchg() whether it wrote. */
#define poke_fetch_add(p, value) __pc_fetch_add(p, value)
#define poke_fetch_or(p, value) __pc_fetch_or(p, value)
#define poke_fetch_xor(p, value) __pc_fetch_xor(p, value)
#define poke_fetch_and_not(p, value) __pc_fetch_and_not(p, value)
#define poke_fetch_add_unless_zero(p, value) __pc_fetch_add_unless_zero(p, value)
#define poke_fetch_exchange(p, value) __pc_fetch_exchange(p, value)
#define poke_cmpxchg(p, expected, desired) __pc_cmpxchg(p, expected, desired)
#define poke_try_cmpxchg(p, expected, desired) __pc_try_cmpxchg(p, expected, desired)

/* A wait that may give up at any time; 1 if it did. */
#define poke_wait_or_timeout(condition) __pc_wait_or_timeout(condition)

/* The life of an object, a struct whose tag is object0, object1, ...: on a stack, or allocated. */
#define poke_object_begin(object) __pc_object_begin(object, 0)
#define poke_object_end(object) __pc_object_end(object, 0)
#define poke_allocate(object) __pc_object_begin(object, 1)
#define poke_free(object) __pc_object_end(object, 1)

/* Values. */
#define smp_processor_id() __pc_cpu()
#define in_nmi() __pc_in_nmi()
#define poke_bit(number) __pc_bit(number)
#define poke_weight(bits) __pc_weight(bits)

/* Functions that stand where they are called. */
#define poke_inline(function) if (__pc_inline(function))
#define poke_return() __pc_return()

/* What the protocol does not decide: one of so many numbers from 0. */
#define poke_choose(ways) __pc_choose(ways)

/* What is asked of it. Ghosts are seen by poke_ensure() and by stores to ghosts alone. */
#define poke_bug_on(condition, message) __pc_bug_on(condition, message)
#define poke_ensure(condition) __pc_ensure(condition)
#define poke_ghost(x) __pc_ghost(x)
#define poke_ghost_store(x, value) __pc_ghost_store(x, value)
#define poke_no_cpu_in(handler) __pc_no_cpu_in(handler)
#define poke_every_cpu_serialized_since(site) __pc_serialized_since(site)
#define poke_note(comment) __pc_note(comment)
#define poke_path() __pc_path()
#define poke_rest() __pc_rest()

/* CPUs. */
#define local_irq_disable() __pc_irq_disable()
#define local_irq_enable() __pc_irq_enable()
#define preempt_disable() __pc_preempt_disable()
#define preempt_enable() __pc_preempt_enable()
#define poke_sti() __pc_sti()
#define poke_eoi() __pc_eoi()
#define poke_send_nmi(cpu) __pc_send_nmi(cpu)
#define sync_core() __pc_serialize("iret")
#define poke_insn(name) __pc_serialize(name)
#define smp_text_poke_sync_each_cpu() __pc_sync_each_cpu("iret")
#define poke_sync_each_cpu(insn) __pc_sync_each_cpu(insn)
#define poke_sync_each_cpu_unfenced(insn) __pc_sync_each_cpu_unfenced(insn)
#define poke_sync_each_cpu_then_sysret(insn) __pc_sync_each_cpu_then_sysret(insn)
#define synchronize_rcu() __pc_synchronize_rcu()
#define synchronize_rcu_tasks() __pc_synchronize_rcu_tasks()

/* What others run is a function; what this CPU runs stands in braces behind it. */
#define poke_on_each_cpu(function, waits) if (__pc_on_each_cpu(function, waits))
#define poke_call_others(function, waits) __pc_call_others(function, waits)
#define poke_call_some(cpus, function, waits) __pc_call_some(cpus, function, waits)
#define poke_stop_machine(function) if (__pc_stop_machine(function))

/* Contexts that are taken off their CPUs. */
#define poke_suspend(cpu) __pc_suspend(cpu)
#define poke_read_context(cpu) __pc_read_context(cpu)
#define poke_set_context(cpu, place) __pc_set_context(cpu, place)
#define poke_resume(cpu) __pc_resume(cpu)
#define poke_cpu_offline() __pc_cpu_offline()
#define poke_cpu_online(cpu) __pc_cpu_online(cpu)

/* Code: POKE_ADDR(site) + offset, bytes as a string, how many. In pieces, or at once; through an alias, or in place. */
#define POKE_ADDR(site) __pc_address(site)
#define text_poke(address, bytes, length) __pc_poke(address, bytes, length)
#define text_poke_in_place(address, bytes, length) __pc_poke_in_place(address, bytes, length)
#define poke_store(address, bytes, length) __pc_poke_at_once(address, bytes, length)
#define poke_store_in_place(address, bytes, length) __pc_poke_at_once_in_place(address, bytes, length)
#define poke_cmpxchg_text(address, expected, desired) __pc_cmpxchg_text(address, expected, desired)
#define poke_cmpxchg_text_in_place(address, expected, desired) __pc_cmpxchg_text_in_place(address, expected, desired)
/* Which of some values the bytes at an address have, from 0; -1 if none. */
#define poke_load_text(address, ...) __pc_load_text(address, __VA_ARGS__)

/* Sites, by their numbers. */
#define poke_begin_version(site, version) __pc_begin(site, version)
#define poke_end_version(site, version) __pc_end(site, version)
#define poke_abort_version(site, version) __pc_abort(site, version)
#define poke_execute(site) __pc_execute(site)
#define poke_execute_at(address) __pc_execute_at(address)
#define poke_foreign_int3() __pc_foreign_int3()
#define poke_not_ours() __pc_not_ours()
#define poke_emulate(regs, site, version) __pc_emulate(regs, site, version, 1)
#define poke_emulate_without_gap(regs, site, version) __pc_emulate(regs, site, version, 0)
#define poke_push_return(regs, place) __pc_push_return(regs, place, 1)
#define poke_push_return_without_gap(regs, place) __pc_push_return(regs, place, 0)

/* Facts, in pokecheck_model(). */
#define poke_user_thread(cpu) __pc_user_thread(cpu)
#define poke_holds_everybody_off() __pc_holds_everybody_off()
#define poke_not_modelled(what) __pc_left_out(what)
#define poke_unlocks(site, p, value) __pc_unlocks(site, p, value)
#define poke_is_copy(copy, site, version, ...) __pc_is_copy(copy, site, version, ##__VA_ARGS__)

#endif
