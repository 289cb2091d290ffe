#include <pokecheck.h>
static atomic_t v = ATOMIC_INIT(3);
static DEFINE_SPINLOCK(lock);
static DEFINE_PER_CPU(int, n);
static struct cpumask m;
static int seen[2];
static void see(void *info) { ((int *)info)[smp_processor_id()]++; }
static int stop(void *info) { sync_core(); return 0; }
void pokecheck_patcher(void)
{
	unsigned long flags;
	int old = 2;

	spin_lock_irqsave(&lock, flags);
	BUG_ON(atomic_try_cmpxchg(&v, &old, 7) || test_bit(3, &v.counter));
	spin_unlock_irqrestore(&lock, flags);
	on_each_cpu(see, seen, 1);
	smp_call_function_single(1, see, seen, 0);
	cpumask_copy(&m, cpu_online_mask);
	stop_machine(stop, NULL, NULL);
	synchronize_rcu();
	this_cpu_inc(n);
	text_poke_early((void *)POKE_ADDR(1), POKE_NEW(1), 2);
	if (*(u8 *)POKE_ADDR(0) == INT3_INSN_OPCODE || memcmp((void *)POKE_ADDR(0), POKE_NEW(0), 5))
		smp_cond_load_acquire(&seen[1], VAL > 0);
}
void pokecheck_nmi(void) { WRITE_ONCE(seen[0], in_nmi()); }
