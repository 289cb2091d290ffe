/* SPDX-License-Identifier: Apache-2.0 */
/* pokecheck/user.h: words of user space, for JITs and hookers. What it models is what x86 and the kernel promise; mprotect() and flushing a cache promise nothing here. */
#ifndef POKECHECK_USER_H
#define POKECHECK_USER_H
#include <pokecheck.h>

/* C11. A load of any order is an acquire load; a store in sequence is an exchange, any other a plain one, which compilers keep as it is. */
typedef enum {
	memory_order_relaxed, memory_order_consume, memory_order_acquire, memory_order_release, memory_order_acq_rel, memory_order_seq_cst,
} memory_order;
typedef _Atomic int atomic_int;
typedef _Atomic unsigned int atomic_uint;
typedef _Atomic _Bool atomic_bool;
typedef _Atomic unsigned long atomic_uintptr_t;
#define ATOMIC_VAR_INIT(value) (value)
#define atomic_init(p, value) __pc_store(p, value)
#define atomic_load(p) __pc_acquire(p)
#define atomic_load_explicit(p, order) __pc_acquire(p)
#define atomic_store(p, value) ((void)__pc_exchange(p, value))
#define atomic_store_explicit(p, value, order) \
	((order) == memory_order_seq_cst ? (void)__pc_exchange(p, value) : (void)__pc_release(p, value))
#define atomic_exchange(p, value) __pc_exchange(p, value)
#define atomic_exchange_explicit(p, value, order) __pc_exchange(p, value)
#define atomic_compare_exchange_strong(p, expected, desired) __pc_try_exchange(p, expected, desired)
#define atomic_compare_exchange_weak(p, expected, desired) __pc_try_exchange(p, expected, desired)
#define atomic_compare_exchange_strong_explicit(p, expected, desired, yes, no) __pc_try_exchange(p, expected, desired)
#define atomic_compare_exchange_weak_explicit(p, expected, desired, yes, no) __pc_try_exchange(p, expected, desired)
#undef atomic_fetch_add
#undef atomic_fetch_sub
#undef atomic_fetch_or
#undef atomic_fetch_and
#undef atomic_fetch_xor
#define atomic_fetch_add(p, value) __pc_add(p, value)
#define atomic_fetch_sub(p, value) __pc_add(p, -(value))
#define atomic_fetch_or(p, value) __pc_or(p, value)
#define atomic_fetch_and(p, value) __pc_and(p, value)
#define atomic_fetch_xor(p, value) __pc_xor(p, value)
#define atomic_fetch_add_explicit(p, value, order) __pc_add(p, value)
#define atomic_fetch_sub_explicit(p, value, order) __pc_add(p, -(value))
#define atomic_fetch_or_explicit(p, value, order) __pc_or(p, value)
#define atomic_fetch_and_explicit(p, value, order) __pc_and(p, value)
#define atomic_thread_fence(order) ((order) == memory_order_seq_cst ? __pc_fence() : __pc_barrier())
#define atomic_signal_fence(order) __pc_barrier()

/* Threads of user space: each CPU runs one, and its breakpoint handler, a handler of SIGTRAP, may be interrupted. */
#define poke_user_thread(cpu) __pc_user(cpu)
typedef struct { int locked; } pthread_mutex_t;
#define PTHREAD_MUTEX_INITIALIZER { 0 }
#define pthread_mutex_lock(m) (__pc_lock(&(m)->locked), 0)
#define pthread_mutex_trylock(m) (__pc_trylock(&(m)->locked) ? 0 : EBUSY)
#define pthread_mutex_unlock(m) (__pc_unlock(&(m)->locked), 0)
#define sched_yield() __pc_relax()
#define _mm_pause() __pc_relax()
#define __builtin_ia32_pause() __pc_relax()

/* A signal's context: the address behind the breakpoint. */
enum { SIGTRAP = 5, REG_RIP = 16 };
typedef struct { int si_signo; } siginfo_t;
typedef struct pt_regs ucontext_t;
#define uc_rip(context) ((context)->ip)

/* Protection: its TLB shootdown is no synchronisation of code that one may rely on. */
enum { PROT_NONE = 0, PROT_READ = 1, PROT_WRITE = 2, PROT_EXEC = 4, PAGE_EXECUTE_READ = 32, PAGE_EXECUTE_READWRITE = 64 };
#define mprotect(address, length, protection) (0)
#define VirtualProtect(address, length, protection, old) (1)

/* Synchronisation. On x86 to flush the instruction cache is nothing at all. */
enum {
	MEMBARRIER_CMD_PRIVATE_EXPEDITED = 8, MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED = 16, MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE = 32,
	MEMBARRIER_CMD_REGISTER_PRIVATE_EXPEDITED_SYNC_CORE = 64,
};
/* The IPI of a plain membarrier() may come while the kernel runs another task, whose way out is SYSRET. */
static inline void pokecheck_fence(void *info) { smp_mb(); poke_leave_by_sysret(); }
static inline int membarrier(int command, unsigned int flags, int cpu)
{
	if (command == MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE)
		__pc_sync_each_cpu(iret);
	else if (command == MEMBARRIER_CMD_PRIVATE_EXPEDITED)
		on_each_cpu(pokecheck_fence, NULL, 1);
	return 0;
}
#define FlushProcessWriteBuffers() __pc_sync_each_cpu(iret)
#define FlushInstructionCache(process, address, length) (1)
#define __builtin___clear_cache(begin, end) ((void)0)
#define __clear_cache(begin, end) ((void)0)

/* Threads of other CPUs, by their number: suspended between two instructions, and in no handler. An address is 0 where a thread is in no site. */
typedef struct { unsigned long Rip; } CONTEXT;
#define poke_suspend(cpu) __pc_suspend(cpu)
#define poke_resume(cpu) __pc_resume(cpu)
#define poke_suspended_ip(cpu) __pc_suspended_ip(cpu)
#define poke_set_suspended_ip(cpu, address) __pc_set_suspended_ip(cpu, address)
#define SuspendThread(cpu) (__pc_suspend(cpu), 0)
#define ResumeThread(cpu) (__pc_resume(cpu), 1)
#define GetThreadContext(cpu, context) ((context)->Rip = __pc_suspended_ip(cpu), 1)
#define SetThreadContext(cpu, context) (__pc_set_suspended_ip(cpu, (context)->Rip), 1)

#endif
