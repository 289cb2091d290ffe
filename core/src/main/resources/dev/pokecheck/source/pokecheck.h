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
typedef long ssize_t;
typedef unsigned long uintptr_t;
typedef unsigned char uint8_t;
typedef unsigned int uint32_t;
typedef unsigned int gfp_t;
typedef signed char __s8;
typedef unsigned char __u8;
typedef int __s32;
typedef unsigned int __u32;
typedef _Bool bool;
enum { false, true };
#define NULL ((void *)0)

/* A variable has values from min to max; behind its name. */
#define __range(min, max) __attribute__((__pc_range(min, max)))

/* What is left out is named with each verdict, if the file comes to it; of all of it a line "not modelled:" in the file's first comment may speak. */
#define poke_not_modelled(what) __pc_not_modelled(what)

/* Attributes that mean nothing here. */
#define __always_inline inline
#define __force
#define __user
#define __percpu
#define __rcu
#define __kprobes
#define __used
#define __init_or_module
#define __must_hold(x)
#define __acquires(x)
#define __releases(x)
#define __aligned(x)
#define __packed __attribute__((packed))
#define __cold
#define __used
#define __weak
#define __visible
#define __nocfi
#define asmlinkage
#define __cacheline_aligned_in_smp
#define ____cacheline_aligned
#define noinstr
#define notrace
#define noinline
#define __init
#define __ref
#define __maybe_unused
#define __read_mostly
#define __ro_after_init
#define __cacheline_aligned
#define NOKPROBE_SYMBOL(name)
#define nokprobe_inline inline
#define EXPORT_SYMBOL(name)
#define EXPORT_SYMBOL_GPL(name)
#define likely(x) (x)
#define unlikely(x) (x)
#define lockdep_assert_held(lock) __pc_not_modelled("lockdep")
#define cond_resched() ((void)0)
#define might_sleep() ((void)0)
#define lockdep_assert_cpus_held() __pc_not_modelled("lockdep")
#define lockdep_assert_preemption_disabled() __pc_not_modelled("lockdep")
#define lockdep_assert_irqs_disabled() __pc_not_modelled("lockdep")
#define perf_event_text_poke(address, bytes, length, new_bytes, new_length) __pc_not_modelled("perf events")
#define fallthrough ((void)0)
#define pr_info(...) ((void)0)
#define pr_debug(...) ((void)0)
#define pr_warn(...) ((void)0)
#define pr_err(...) ((void)0)
#define printk(...) ((void)0)

/* Numbers. */
#define min(a, b) ((a) < (b) ? (a) : (b))
#define max(a, b) ((a) > (b) ? (a) : (b))
#define min_t(type, a, b) min(a, b)
#define max_t(type, a, b) max(a, b)
#define ARRAY_SIZE(array) (sizeof(array) / sizeof((array)[0]))
#define BIT(n) __pc_bit(n)
#define IS_ENABLED(option) (option)
#define IS_BUILTIN(option) (option)
#define BUILD_BUG_ON(condition) _Static_assert(!(condition), #condition)
#define static_assert(condition, ...) _Static_assert(condition, #condition)
#define hweight32(x) __pc_weight(x)
enum {
	EPERM = 1, ENOENT = 2, EINTR = 4, EAGAIN = 11, ENOMEM = 12, EFAULT = 14, EBUSY = 16, EEXIST = 17, ENODEV = 19, EINVAL = 22, EILSEQ = 84,
	EOPNOTSUPP = 95, ETIMEDOUT = 110,
};

/* Data. On x86 a load is an acquire load, and the release store a plain one; compilers keep these as they are. */
#define READ_ONCE(x) __pc_load(&(x))
#define WRITE_ONCE(x, value) __pc_store(&(x), value)
#define smp_load_acquire(p) __pc_acquire(p)
#define smp_store_release(p, value) __pc_release(p, value)
#define smp_cond_load_acquire(p, condition) __pc_await(p, condition)
#define smp_cond_load_relaxed(p, condition) __pc_await(p, condition)
#define smp_mb() __pc_fence()
#define smp_rmb() __pc_barrier()
#define smp_wmb() __pc_barrier()
#define smp_mb__before_atomic() __pc_barrier()
#define smp_mb__after_atomic() __pc_barrier()
#define barrier() __pc_barrier()
#define cpu_relax() __pc_relax()
#define smp_store_mb(x, value) ((void)__pc_exchange(&(x), value))
#define mb() __pc_fence()
#define rmb() __pc_barrier()
#define wmb() __pc_barrier()
#define xchg(p, value) __pc_exchange(p, value)
#define cmpxchg(p, expected, desired) __pc_compare_exchange(p, expected, desired)
#define try_cmpxchg(p, expected, desired) __pc_try_exchange(p, expected, desired)
#define container_of(p, type, member) __pc_container(type, ((type *)0)->member, p)

/* Memory that is allocated and freed. None is ever lacking. */
#define GFP_KERNEL 0u
#define GFP_ATOMIC 0u
#define kmalloc(size, flags) __pc_allocate(size)
#define kzalloc(size, flags) __pc_allocate(size)
#define kmalloc_array(n, size, flags) __pc_allocate((n) * (size))
#define kcalloc(n, size, flags) __pc_allocate((n) * (size))
#define kfree(p) __pc_free(p)

#define rcu_dereference(p) READ_ONCE(p)
#define rcu_assign_pointer(p, value) smp_store_release(&(p), value)

typedef struct { int counter; } atomic_t;
#define ATOMIC_INIT(i) { (i) }
#define atomic_read(v) __pc_load(&(v)->counter)
#define atomic_read_acquire(v) __pc_acquire(&(v)->counter)
#define atomic_set(v, i) __pc_store(&(v)->counter, i)
#define atomic_set_release(v, i) __pc_release(&(v)->counter, i)
#define atomic_cond_read_acquire(v, condition) __pc_await(&(v)->counter, condition)
#define atomic_cond_read_relaxed(v, condition) __pc_await(&(v)->counter, condition)
#define atomic_inc(v) ((void)__pc_add(&(v)->counter, 1))
#define atomic_dec(v) ((void)__pc_add(&(v)->counter, -1))
#define atomic_add(i, v) ((void)__pc_add(&(v)->counter, i))
#define atomic_sub(i, v) ((void)__pc_add(&(v)->counter, -(i)))
#define atomic_or(i, v) ((void)__pc_or(&(v)->counter, i))
#define atomic_and(i, v) ((void)__pc_and(&(v)->counter, i))
#define atomic_xor(i, v) ((void)__pc_xor(&(v)->counter, i))
#define atomic_andnot(i, v) ((void)__pc_andnot(&(v)->counter, i))
#define atomic_fetch_inc(v) __pc_add(&(v)->counter, 1)
#define atomic_fetch_dec(v) __pc_add(&(v)->counter, -1)
#define atomic_fetch_add(i, v) __pc_add(&(v)->counter, i)
#define atomic_fetch_sub(i, v) __pc_add(&(v)->counter, -(i))
#define atomic_fetch_or(i, v) __pc_or(&(v)->counter, i)
#define atomic_fetch_and(i, v) __pc_and(&(v)->counter, i)
#define atomic_fetch_andnot(i, v) __pc_andnot(&(v)->counter, i)
#define atomic_inc_return(v) (__pc_add(&(v)->counter, 1) + 1)
#define atomic_dec_return(v) (__pc_add(&(v)->counter, -1) - 1)
#define atomic_add_return(i, v) (__pc_add(&(v)->counter, i) + (i))
#define atomic_sub_return(i, v) (__pc_add(&(v)->counter, -(i)) - (i))
#define atomic_inc_and_test(v) (__pc_add(&(v)->counter, 1) == -1)
#define atomic_dec_and_test(v) (__pc_add(&(v)->counter, -1) == 1)
#define atomic_sub_and_test(i, v) (__pc_add(&(v)->counter, -(i)) == (i))
#define atomic_inc_not_zero(v) (__pc_add_unless_zero(&(v)->counter, 1) != 0)
#define atomic_xchg(v, i) __pc_exchange(&(v)->counter, i)
#define atomic_cmpxchg(v, expected, desired) __pc_compare_exchange(&(v)->counter, expected, desired)
#define atomic_try_cmpxchg(v, expected, desired) __pc_try_exchange(&(v)->counter, expected, desired)
#define raw_atomic_read(v) atomic_read(v)
#define raw_atomic_set(v, i) atomic_set(v, i)
#define raw_atomic_inc(v) atomic_inc(v)
#define raw_atomic_dec(v) atomic_dec(v)
#define raw_atomic_inc_not_zero(v) atomic_inc_not_zero(v)
#define raw_atomic_try_cmpxchg(v, expected, desired) atomic_try_cmpxchg(v, expected, desired)
#define arch_atomic_read(v) atomic_read(v)
#define arch_atomic_inc(v) atomic_inc(v)
#define arch_atomic_dec(v) atomic_dec(v)
#define arch_atomic_inc_not_zero(v) atomic_inc_not_zero(v)
#define arch_atomic_try_cmpxchg(v, expected, desired) atomic_try_cmpxchg(v, expected, desired)

static inline int atomic_fetch_add_unless(atomic_t *v, int a, int u)
{
	int c = atomic_read(v);

	while (c != u)
		if (atomic_try_cmpxchg(v, &c, c + a))
			return c;
	return u;
}

static inline int atomic_add_unless(atomic_t *v, int a, int u)
{
	return atomic_fetch_add_unless(v, a, u) != u;
}

/* A counter of references; what saturates in the kernel is a bug here. */
typedef struct { int counter; } refcount_t;
#define REFCOUNT_INIT(i) { (i) }
#define refcount_read(r) __pc_load(&(r)->counter)
#define refcount_set(r, i) __pc_store(&(r)->counter, i)
#define refcount_inc(r) BUG_ON(__pc_add(&(r)->counter, 1) == 0)
#define refcount_dec(r) BUG_ON(__pc_add(&(r)->counter, -1) <= 1)
#define refcount_inc_not_zero(r) (__pc_add_unless_zero(&(r)->counter, 1) != 0)
#define refcount_dec_and_test(r) (__pc_add(&(r)->counter, -1) == 1)

/* Bits of one word, which has 31. The locked ones return what the bit was. */
#define test_bit(n, p) ((__pc_load(p) & __pc_bit(n)) != 0)
#define test_bit_acquire(n, p) ((__pc_acquire(p) & __pc_bit(n)) != 0)
#define set_bit(n, p) ((void)__pc_or(p, __pc_bit(n)))
#define clear_bit(n, p) ((void)__pc_andnot(p, __pc_bit(n)))
#define change_bit(n, p) ((void)__pc_xor(p, __pc_bit(n)))
#define test_and_set_bit(n, p) ((__pc_or(p, __pc_bit(n)) & __pc_bit(n)) != 0)
#define test_and_clear_bit(n, p) ((__pc_andnot(p, __pc_bit(n)) & __pc_bit(n)) != 0)
#define test_and_change_bit(n, p) ((__pc_xor(p, __pc_bit(n)) & __pc_bit(n)) != 0)
#define test_and_set_bit_lock(n, p) test_and_set_bit(n, p)
#define clear_bit_unlock(n, p) clear_bit(n, p)
#define __set_bit(n, p) (__pc_taken_apart("__set_bit()"), __pc_store(p, __pc_load(p) | __pc_bit(n)))
#define __clear_bit(n, p) (__pc_taken_apart("__clear_bit()"), __pc_store(p, __pc_load(p) & ~__pc_bit(n)))
#define __pc_taken_apart(word) \
	poke_not_modelled("that " word " is one instruction: here an interrupt may come between its load and its store")

/* Locks: spinning, whoever waits. */
typedef struct { int locked; } spinlock_t;
typedef struct { int locked; } raw_spinlock_t;
struct mutex { int locked; };
#define DEFINE_SPINLOCK(name) spinlock_t name
#define DEFINE_MUTEX(name) struct mutex name
#define __SPIN_LOCK_UNLOCKED(name) { 0 }
#define DEFINE_RAW_SPINLOCK(name) raw_spinlock_t name
#define spin_lock_init(l) __pc_store(&(l)->locked, 0)
#define mutex_init(l) __pc_store(&(l)->locked, 0)
#define spin_lock(l) (poke_not_modelled("that preemption is off while a spinlock is held"), __pc_lock(&(l)->locked))
#define spin_trylock(l) __pc_trylock(&(l)->locked)
#define spin_unlock(l) __pc_unlock(&(l)->locked)
#define spin_is_locked(l) (__pc_load(&(l)->locked) != 0)
#define spin_lock_irq(l) (__pc_interrupts(0), __pc_lock(&(l)->locked))
#define spin_unlock_irq(l) (__pc_unlock(&(l)->locked), __pc_interrupts(1))
#define spin_lock_irqsave(l, flags) (__pc_irq_save(&(flags)), __pc_lock(&(l)->locked))
#define spin_unlock_irqrestore(l, flags) (__pc_unlock(&(l)->locked), __pc_interrupts(flags))
#define raw_spin_lock(l) spin_lock(l)
#define raw_spin_trylock(l) spin_trylock(l)
#define raw_spin_unlock(l) spin_unlock(l)
#define raw_spin_lock_irqsave(l, flags) spin_lock_irqsave(l, flags)
#define raw_spin_unlock_irqrestore(l, flags) spin_unlock_irqrestore(l, flags)
#define arch_spin_lock(l) __pc_lock(&(l)->locked)
#define arch_spin_unlock(l) spin_unlock(l)
#define mutex_lock(l) __pc_lock(&(l)->locked)
#define mutex_trylock(l) __pc_trylock(&(l)->locked)
#define mutex_unlock(l) __pc_unlock(&(l)->locked)
#define mutex_is_locked(l) (__pc_load(&(l)->locked) != 0)
#define cpus_read_lock() ((void)0)
#define cpus_read_unlock() ((void)0)

/* CPUs. */
#define NR_CPUS __POKECHECK_CPUS__
#define nr_cpu_ids __POKECHECK_CPUS__
#define num_online_cpus() __pc_cpus()
#define smp_processor_id() __pc_cpu()
#define raw_smp_processor_id() __pc_cpu()
#define in_nmi() __pc_in_nmi()
#define get_cpu() (__pc_preemption(0), __pc_cpu())
#define put_cpu() __pc_preemption(1)
#define DEFINE_PER_CPU(type, name) __pc_percpu type name
#define DECLARE_PER_CPU(type, name) extern __pc_percpu type name
#define DEFINE_PER_CPU_SHARED_ALIGNED(type, name) DEFINE_PER_CPU(type, name)
#define DEFINE_PER_CPU_ALIGNED(type, name) DEFINE_PER_CPU(type, name)
#define DEFINE_PER_CPU_READ_MOSTLY(type, name) DEFINE_PER_CPU(type, name)
#define per_cpu_ptr(p, cpu) __pc_percpu_ptr(p, cpu)
#define this_cpu_ptr(p) __pc_percpu_ptr(p, __pc_cpu())
#define raw_cpu_ptr(p) this_cpu_ptr(p)
#define per_cpu(name, cpu) (*__pc_percpu_ptr(&(name), cpu))
#define this_cpu_read(name) __pc_load(__pc_percpu_ptr(&(name), __pc_cpu()))
#define this_cpu_write(name, value) __pc_store(__pc_percpu_ptr(&(name), __pc_cpu()), value)
#define this_cpu_add(name, value) \
	(__pc_taken_apart("this_cpu_add()"), \
	 __pc_store(__pc_percpu_ptr(&(name), __pc_cpu()), this_cpu_read(name) + (value)))
#define this_cpu_inc(name) this_cpu_add(name, 1)
#define this_cpu_dec(name) this_cpu_add(name, -1)
#define __this_cpu_read(name) this_cpu_read(name)
#define __this_cpu_write(name, value) this_cpu_write(name, value)
#define __this_cpu_inc(name) this_cpu_inc(name)
#define __this_cpu_dec(name) this_cpu_dec(name)
#define raw_cpu_read(name) this_cpu_read(name)
#define raw_cpu_write(name, value) this_cpu_write(name, value)

/* Sets of CPUs. All CPUs are online. */
struct cpumask { unsigned int bits; };
typedef struct cpumask cpumask_t;
typedef struct cpumask cpumask_var_t[1];
static const struct cpumask __pc_all_cpus = { (1 << __POKECHECK_CPUS__) - 1 };
#define cpu_online_mask (&__pc_all_cpus)
#define cpu_possible_mask (&__pc_all_cpus)
#define cpu_online(cpu) ((cpu) < __POKECHECK_CPUS__)
#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < __pc_cpus(); (cpu)++)
#define for_each_online_cpu(cpu) for_each_possible_cpu(cpu)
#define for_each_present_cpu(cpu) for_each_possible_cpu(cpu)
#define for_each_cpu(cpu, mask) for_each_possible_cpu(cpu) if (cpumask_test_cpu(cpu, mask))
#define cpumask_set_cpu(cpu, mask) ((void)__pc_or(&(mask)->bits, __pc_bit(cpu)))
#define cpumask_clear_cpu(cpu, mask) ((void)__pc_andnot(&(mask)->bits, __pc_bit(cpu)))
#define __cpumask_set_cpu(cpu, mask) __pc_store(&(mask)->bits, __pc_load(&(mask)->bits) | __pc_bit(cpu))
#define __cpumask_clear_cpu(cpu, mask) __pc_store(&(mask)->bits, __pc_load(&(mask)->bits) & ~__pc_bit(cpu))
#define cpumask_test_cpu(cpu, mask) ((__pc_load(&(mask)->bits) & __pc_bit(cpu)) != 0)
#define cpumask_test_and_set_cpu(cpu, mask) ((__pc_or(&(mask)->bits, __pc_bit(cpu)) & __pc_bit(cpu)) != 0)
#define cpumask_test_and_clear_cpu(cpu, mask) ((__pc_andnot(&(mask)->bits, __pc_bit(cpu)) & __pc_bit(cpu)) != 0)
#define cpumask_clear(mask) __pc_store(&(mask)->bits, 0)
#define cpumask_setall(mask) __pc_store(&(mask)->bits, __pc_all_cpus.bits)
#define cpumask_copy(to, from) __pc_store(&(to)->bits, __pc_load(&(from)->bits))
#define cpumask_and(to, one, other) __pc_store(&(to)->bits, __pc_load(&(one)->bits) & __pc_load(&(other)->bits))
#define cpumask_or(to, one, other) __pc_store(&(to)->bits, __pc_load(&(one)->bits) | __pc_load(&(other)->bits))
#define cpumask_andnot(to, one, other) __pc_store(&(to)->bits, __pc_load(&(one)->bits) & ~__pc_load(&(other)->bits))
#define cpumask_equal(one, other) (__pc_load(&(one)->bits) == __pc_load(&(other)->bits))
#define cpumask_subset(one, other) ((__pc_load(&(one)->bits) & ~__pc_load(&(other)->bits)) == 0)
#define cpumask_weight(mask) __pc_weight(__pc_load(&(mask)->bits))
#define cpumask_empty(mask) (__pc_load(&(mask)->bits) == 0)
#define cpumask_full(mask) (__pc_load(&(mask)->bits) == __pc_all_cpus.bits)

/* Interrupts and preemption of this CPU. */
#define local_irq_disable() __pc_interrupts(0)
#define local_irq_enable() __pc_interrupts(1)
#define local_irq_save(flags) __pc_irq_save(&(flags))
#define local_irq_restore(flags) __pc_interrupts(flags)
#define raw_local_irq_save(flags) local_irq_save(flags)
#define raw_local_irq_restore(flags) local_irq_restore(flags)
#define irqs_disabled() __pc_irqs_disabled()
#define preempt_disable() __pc_preemption(0)
#define preempt_enable() __pc_preemption(1)
#define preempt_disable_notrace() __pc_preemption(0)
#define preempt_enable_notrace() __pc_preemption(1)
#define preempt_enable_no_resched() __pc_preemption(1)

/* RCU: a reader is one that cannot be taken off its CPU. */
#define rcu_read_lock() __pc_preemption(0)
#define rcu_read_unlock() __pc_preemption(1)
#define rcu_read_lock_sched() __pc_preemption(0)
#define rcu_read_unlock_sched() __pc_preemption(1)

/* Serialization: sync_core() is IRET to the next instruction; each other instruction by its name. */
#define sync_core() __pc_serialize(iret)
#define iret_to_self() __pc_serialize(iret)
#define serialize() __pc_serialize(serialize)
#define poke_iret() __pc_serialize(iret)
#define poke_cpuid() __pc_serialize(cpuid)
#define poke_serialize() __pc_serialize(serialize)
#define poke_mov_cr() __pc_serialize(mov_cr)
#define poke_invpcid() __pc_serialize(invpcid)
#define poke_mfence() __pc_serialize(mfence)
#define poke_lock() __pc_serialize(lock)
#define poke_lfence() __pc_serialize(lfence)
#define poke_syscall() __pc_serialize(syscall)
#define poke_sysret() __pc_serialize(sysret)
#define poke_jump() __pc_serialize(jump)
#define text_poke_sync() __pc_sync_each_cpu(iret)
#define smp_text_poke_sync_each_cpu() __pc_sync_each_cpu(iret)
#define synchronize_rcu() __pc_grace_period(handlers)
#define synchronize_rcu_expedited() __pc_grace_period(handlers)
#define synchronize_rcu_tasks_rude() __pc_grace_period(handlers)
#define synchronize_sched() __pc_grace_period(handlers)
#define synchronize_rcu_tasks() __pc_grace_period(sites)

/* Functions on other CPUs, in the handler of an IPI, with IF=0. A function that only serializes, on each CPU, is one action. */
typedef void (*smp_call_func_t)(void *info);
#define on_each_cpu(f, info, wait) __pc_on_each_cpu(f, info, wait)
#define smp_call_function(f, info, wait) __pc_call_others(f, info, wait)
#define smp_call_function_single(cpu, f, info, wait) __pc_call_cpu(cpu, f, info, wait)
#define smp_call_function_many(mask, f, info, wait) __pc_call_cpus(__pc_load(&(mask)->bits), f, info, wait)
/* The last statement of such a function: the interrupt does not return to the thread that it came to, but another is scheduled, which leaves the kernel by SYSRET. */
#define poke_leave_by_sysret() __pc_sysret()
#define stop_machine(f, data, cpus) __pc_stop_machine(f, data)
#define stop_machine_cpuslocked(f, data, cpus) __pc_stop_machine(f, data)
#define poke_send_nmi(cpu) __pc_send_nmi(cpu)
#define apic_send_nmi(cpu) __pc_send_nmi(cpu)
#define apic_send_nmi_self() __pc_send_nmi(__pc_cpu())

/* Bytes. On code, memcpy() is in pieces, in any order, through the mapping that is executed; what is read, or compared, is loaded word by word. */
#define memcpy(to, from, length) __pc_copy(to, from, length)
#define memmove(to, from, length) __pc_copy(to, from, length)
#define memset(to, byte, length) __pc_set(to, byte, length)
#define memcmp(one, other, length) __pc_compare(one, other, length)
#define copy_from_kernel_nofault(to, from, length) (__pc_copy(to, from, length), 0)

static inline void *search_sorted(const void *key, const void *base, int count, int (*compare)(const void *, const void *))
{
	int low = 0, high = count;

	while (low < high) {
		int middle = (low + high) / 2;
		void *found = __pc_element(base, middle);
		int result = compare(key, found);

		if (result == 0)
			return found;
		if (result < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return NULL;
}
#define bsearch(key, base, count, size, compare) search_sorted(key, base, count, compare)
#define __inline_bsearch(key, base, count, size, compare) search_sorted(key, base, count, compare)

/* Code. An address is a number: POKE_ADDR(s), and what is added to it. text_poke() writes bytes in pieces, in any order, through an alias; poke_store() is
   one store, of at most 8 bytes in one aligned word. A store through a pointer to code is one, too, through the mapping that is executed. */
#define text_poke(address, bytes, length) __pc_poke((unsigned long)(address), bytes, length)
#define text_poke_kgdb(address, bytes, length) text_poke(address, bytes, length)
#define text_poke_copy(address, bytes, length) text_poke(address, bytes, length)
#define text_poke_set(address, byte, length) __pc_fill((unsigned long)(address), byte, length)
/* As text_poke(), but where the code runs: what memcpy() does to text that is mapped writable. */
#define poke_in_place(address, bytes, length) __pc_poke_in_place((unsigned long)(address), bytes, length)
#define poke_store(address, bytes, length) __pc_poke_at_once((unsigned long)(address), bytes, length)
#define poke_cmpxchg(address, old, bytes, length) __pc_exchange_text((unsigned long)(address), old, bytes, length)

static inline void text_poke_early(void *address, const void *bytes, size_t length)
{
	unsigned long flags;

	local_irq_save(flags);
	__pc_poke_in_place(address, bytes, length);
	sync_core();
	local_irq_restore(flags);
}

enum {
	INT3_INSN_SIZE = 1, INT3_INSN_OPCODE = 0xcc, RET_INSN_SIZE = 1, RET_INSN_OPCODE = 0xc3, CALL_INSN_SIZE = 5, CALL_INSN_OPCODE = 0xe8,
	JMP32_INSN_SIZE = 5, JMP32_INSN_OPCODE = 0xe9, JMP8_INSN_SIZE = 2, JMP8_INSN_OPCODE = 0xeb, MCOUNT_INSN_SIZE = 5, DISP32_SIZE = 4,
	POKE_MAX_OPCODE_SIZE = 5, TEXT_POKE_MAX_OPCODE_SIZE = 5,
};

static inline int text_opcode_size(u8 opcode)
{
	switch (opcode) {
	case INT3_INSN_OPCODE:
	case RET_INSN_OPCODE:
		return 1;
	case JMP8_INSN_OPCODE:
	case 0x70 ... 0x7f:
		return 2;
	case CALL_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
		return 5;
	}
	return 0;
}

/* The start of the kernel's text: addresses are counted from there. */
#define _stext __pc_text_start()

/* What the kernel's decoder says of an instruction: of one of a version of a site, from its beginning. The immediate is that of a relative branch only: its distance. */
struct insn {
	int length;
	struct { u8 bytes[4]; } opcode;
	struct { s32 value; } immediate;
};

static inline int insn_decode_kernel(struct insn *insn, const void *code)
{
	insn->length = __pc_insn_length(code);
	for (int i = 0; i < 4; i++)
		insn->opcode.bytes[i] = __pc_insn_opcode(code, i);
	if (__pc_insn_is_branch(code))
		insn->immediate.value = __pc_insn_distance(code);
	return insn->length ? 0 : -EINVAL;
}

/* The NOPs with which the kernel fills, by their length. */
#define x86_nops __pc_nops
static const u8 __pc_nops[9][8] = {
	{ 0 }, { 0x90 }, { 0x66, 0x90 }, { 0x0f, 0x1f, 0x00 }, { 0x0f, 0x1f, 0x40, 0x00 }, { 0x0f, 0x1f, 0x44, 0x00, 0x00 },
	{ 0x66, 0x0f, 0x1f, 0x44, 0x00, 0x00 }, { 0x0f, 0x1f, 0x80, 0x00, 0x00, 0x00, 0x00 }, { 0x0f, 0x1f, 0x84, 0x00, 0x00, 0x00, 0x00, 0x00 },
};

/* The breakpoint: regs->ip is the address behind it. What is emulated is found by what the context below then does: any address is possible. */
struct pt_regs { unsigned long ip; };
#define user_mode(regs) 0
#define poke_emulate(regs, s, version) __pc_emulate(regs, s, version)
#define int3_emulate_jmp(regs, address) __pc_jump(regs, address)
#define int3_emulate_push(regs, address) __pc_push(regs, address)
/* Where the entry code leaves no room on the stack: what is pushed overwrites the frame of the handler. */
#define poke_push_without_gap(regs, address) __pc_push_without_gap(regs, address)
#define int3_emulate_ret(regs) __pc_return(regs)
#define int3_emulate_nop(regs, length) __pc_jump(regs, (regs)->ip - INT3_INSN_SIZE + (length))
#define int3_emulate_call(regs, address) \
	(int3_emulate_push(regs, (regs)->ip - INT3_INSN_SIZE + CALL_INSN_SIZE), int3_emulate_jmp(regs, address))
#define int3_emulate_jcc(regs, condition, address, distance) __pc_jump_if(regs, condition, address, distance)

#define BUG() __pc_bug(1, "BUG")
#define BUG_ON(condition) __pc_bug(condition, "BUG_ON(" #condition ")")
/* What is warned of ends the run, and so the value is 0 where one is asked for. */
#define WARN_ON(condition) (__pc_bug(condition, "WARN_ON(" #condition ")"), 0)
#define WARN_ON_ONCE(condition) (__pc_bug(condition, "WARN_ON_ONCE(" #condition ")"), 0)

/* The scenario: its sites, and what is asked of a patch. */
#define poke_each_site(s) for (int s = 0; s < __pc_sites(); s++)
#define poke_each_version(v) for (int v = 1; v < __pc_versions(); v++)
#define POKE_SITES __POKECHECK_SITES__
#define POKE_VERSIONS __POKECHECK_VERSIONS__
#define POKE_ADDR(s) __pc_address(s)
#define POKE_LEN(s) __pc_length(s)
#define POKE_TARGET(s, version) __pc_target(s, version)
#define POKE_BYTES(s, version) __pc_bytes(s, version)
#define POKE_OLD(s) __pc_bytes(s, 0)
#define POKE_NEW(s) __pc_bytes(s, 1)
#define poke_begin(s) __pc_begin(s, 1)
#define poke_end(s) __pc_end(s, 1)
#define poke_abort(s) __pc_abort(s, 1)
#define poke_begin_version(s, version) __pc_begin(s, version)
#define poke_end_version(s, version) __pc_end(s, version)
#define poke_abort_version(s, version) __pc_abort(s, version)
#define poke_execute(s) __pc_execute(s)
#define poke_rest() __pc_rest()
/* Claims that no thread, IRQ or NMI executes a site while it is patched, so that a run in which none hits a breakpoint has missed nothing. The search does not use it. */
#define poke_holds_everybody_off() __pc_holds_everybody_off()
/* Waits until the condition on VAL holds, or gives up at any time: 1 if it gave up. For loops with a deadline. */
#define poke_wait_or_timeout(p, condition) __pc_await_or_timeout(p, condition)
/* From here on this thread knows, of variables that no other routine stores to, what it has stored there last: for loops over tables that it has filled itself. */
#define poke_follow_stores() __pc_follow_stores()
#define poke_choose(ways) __pc_choose(ways)
/* The file is not for scenarios in which the condition, known when the file is read, does not hold: they are refused with the message. */
#define poke_require(condition, message) __pc_require(condition, message)
/* The name of the next step, or the prefix of the steps of the next call; of a step on a site, or a call with the address of one, the site's name follows. "" before a call: no prefix. */
#define poke_label(name) __pc_label(name)

#endif
