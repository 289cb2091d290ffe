/* SPDX-License-Identifier: Apache-2.0 */
/* pokecheck.h: the words of the kernel, for protocols in C that pokecheck reads. What begins with __pc_ is built in. */
#ifndef POKECHECK_H
#define POKECHECK_H

typedef signed char s8;
typedef unsigned char u8;
typedef short s16;
typedef unsigned short u16;
typedef int s32;
typedef unsigned int u32;
typedef long s64;
typedef unsigned long u64;
typedef unsigned long size_t;
typedef _Bool bool;
enum { false, true };
#define NULL ((void *)0)

/* A variable has values from min to max; behind its name. */
#define __range(min, max) __attribute__((__pc_range(min, max)))

/* Attributes that mean nothing here. */
#define __always_inline inline
#define noinstr
#define notrace
#define __init
#define __ref
#define __maybe_unused
#define __read_mostly
#define __ro_after_init
#define __cacheline_aligned
#define NOKPROBE_SYMBOL(name)
#define EXPORT_SYMBOL_GPL(name)
#define likely(x) (x)
#define unlikely(x) (x)
#define lockdep_assert_held(lock) ((void)0)
#define cond_resched() ((void)0)
#define might_sleep() ((void)0)

/* Data. On x86 a load is an acquire load, and the release store a plain one; compilers keep these as they are. */
#define READ_ONCE(x) __pc_load(&(x))
#define WRITE_ONCE(x, value) __pc_store(&(x), value)
#define smp_load_acquire(p) __pc_load(p)
#define smp_store_release(p, value) __pc_release(p, value)
#define smp_cond_load_acquire(p, condition) __pc_await(p, condition)
#define smp_cond_load_relaxed(p, condition) __pc_await(p, condition)
#define smp_mb() __pc_fence()
#define smp_rmb() ((void)0)
#define smp_wmb() ((void)0)
#define smp_mb__before_atomic() ((void)0)
#define smp_mb__after_atomic() ((void)0)
#define barrier() ((void)0)
#define cpu_relax() __pc_relax()
#define xchg(p, value) __pc_exchange(p, value)

typedef struct { int counter; } atomic_t;
#define ATOMIC_INIT(i) { (i) }
#define atomic_read(v) __pc_load(&(v)->counter)
#define atomic_read_acquire(v) __pc_load(&(v)->counter)
#define atomic_set(v, i) __pc_store(&(v)->counter, i)
#define atomic_set_release(v, i) __pc_release(&(v)->counter, i)
#define atomic_cond_read_acquire(v, condition) __pc_await(&(v)->counter, condition)
#define atomic_inc(v) ((void)__pc_add(&(v)->counter, 1))
#define atomic_dec(v) ((void)__pc_add(&(v)->counter, -1))
#define atomic_add(i, v) ((void)__pc_add(&(v)->counter, i))
#define atomic_sub(i, v) ((void)__pc_add(&(v)->counter, -(i)))
#define atomic_inc_return(v) (__pc_add(&(v)->counter, 1) + 1)
#define atomic_dec_return(v) (__pc_add(&(v)->counter, -1) - 1)
#define atomic_dec_and_test(v) (__pc_add(&(v)->counter, -1) == 1)
#define atomic_inc_not_zero(v) (__pc_add_unless_zero(&(v)->counter, 1) != 0)
#define raw_atomic_inc_not_zero(v) atomic_inc_not_zero(v)
#define raw_atomic_dec(v) atomic_dec(v)
#define atomic_xchg(v, i) __pc_exchange(&(v)->counter, i)

/* Locks: spinning, whoever waits. */
typedef struct { int locked; } spinlock_t;
typedef struct { int locked; } raw_spinlock_t;
struct mutex { int locked; };
#define DEFINE_SPINLOCK(name) spinlock_t name
#define DEFINE_MUTEX(name) struct mutex name
#define spin_lock(l) __pc_lock(&(l)->locked)
#define spin_unlock(l) __pc_unlock(&(l)->locked)
#define raw_spin_lock(l) __pc_lock(&(l)->locked)
#define raw_spin_unlock(l) __pc_unlock(&(l)->locked)
#define mutex_lock(l) __pc_lock(&(l)->locked)
#define mutex_unlock(l) __pc_unlock(&(l)->locked)

/* CPUs. */
#define NR_CPUS __POKECHECK_CPUS__
#define nr_cpu_ids __POKECHECK_CPUS__
#define num_online_cpus() __pc_cpus()
#define smp_processor_id() __pc_cpu()
#define raw_smp_processor_id() __pc_cpu()
#define in_nmi() __pc_in_nmi()
#define DEFINE_PER_CPU(type, name) __pc_percpu type name
#define per_cpu_ptr(p, cpu) __pc_percpu_ptr(p, cpu)
#define this_cpu_ptr(p) __pc_percpu_ptr(p, __pc_cpu())
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < __pc_cpus(); (cpu)++)
#define for_each_online_cpu(cpu) for_each_possible_cpu(cpu)
struct cpumask { unsigned int bits; };
typedef struct cpumask cpumask_t;
#define cpumask_set_cpu(cpu, mask) ((void)__pc_or(&(mask)->bits, __pc_bit(cpu)))
#define cpumask_clear_cpu(cpu, mask) ((void)__pc_andnot(&(mask)->bits, __pc_bit(cpu)))
#define cpumask_clear(mask) __pc_store(&(mask)->bits, 0)
#define cpumask_test_cpu(cpu, mask) ((__pc_load(&(mask)->bits) & __pc_bit(cpu)) != 0)
#define cpumask_weight(mask) __pc_weight(__pc_load(&(mask)->bits))
#define cpumask_empty(mask) (__pc_load(&(mask)->bits) == 0)

/* Interrupts and preemption of this CPU. */
#define local_irq_disable() __pc_interrupts(0)
#define local_irq_enable() __pc_interrupts(1)
#define preempt_disable() __pc_preemption(0)
#define preempt_enable() __pc_preemption(1)

/* Serialization: sync_core() is IRET to the next instruction; each other instruction by its name. */
#define sync_core() __pc_serialize(iret)
#define poke_cpuid() __pc_serialize(cpuid)
#define poke_serialize() __pc_serialize(serialize)
#define poke_mfence() __pc_serialize(mfence)
#define text_poke_sync() __pc_sync_each_cpu(iret)
#define smp_text_poke_sync_each_cpu() __pc_sync_each_cpu(iret)
#define synchronize_rcu() __pc_grace_period(handlers)
#define synchronize_rcu_tasks() __pc_grace_period(sites)
#define stop_machine(f, data, cpus) __pc_stop_machine(f, data)

/* Code. text_poke() writes bytes in pieces, in any order; poke_store() is one store. */
#define text_poke(address, bytes, length) __pc_poke((unsigned long)(address), bytes, length)
#define poke_store(address, bytes, length) __pc_poke_at_once((unsigned long)(address), bytes, length)
enum { INT3_INSN_SIZE = 1, INT3_INSN_OPCODE = 0xcc };

/* The breakpoint: regs->ip is the address behind it. */
struct pt_regs { unsigned long ip; };
#define poke_emulate(regs, s, version) __pc_emulate(regs, s, version)

#define BUG() __pc_bug(1, "BUG")
#define BUG_ON(condition) __pc_bug(condition, "BUG_ON(" #condition ")")
#define WARN_ON_ONCE(condition) __pc_bug(condition, "WARN_ON_ONCE(" #condition ")")

/* The scenario: its sites, and what is asked of a patch. */
#define poke_each_site(s) for (int s = 0; s < __pc_sites(); s++)
#define POKE_SITES __pc_sites()
#define POKE_ADDR(s) __pc_address(s)
#define POKE_LEN(s) __pc_length(s)
#define POKE_BYTES(s, version) __pc_bytes(s, version)
#define POKE_OLD(s) __pc_bytes(s, 0)
#define POKE_NEW(s) __pc_bytes(s, 1)
#define poke_begin(s) __pc_begin(s, 1)
#define poke_end(s) __pc_end(s, 1)
#define poke_abort(s) __pc_abort(s, 1)
#define poke_begin_version(s, version) __pc_begin(s, version)
#define poke_end_version(s, version) __pc_end(s, version)
#define poke_execute(s) __pc_execute(s)
#define poke_rest() __pc_rest()
#define poke_choose(ways) __pc_choose(ways)
#define poke_label(name) __pc_label(name)

#endif
