/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: xen_livepatch
 * source:  Xen c447b7308b13 (2026), xen/common/livepatch.c, do_livepatch_work and schedule_work
 *
 * variant: retry
 * summary: a rendezvous of all CPUs, counted by one semaphore, that may time out; CPU 0 asks again when it has
 *
 * variant: two-callers -D TWO_CALLERS
 * summary: the same, and CPU 1 may ask, too
 *
 * variant: two-payloads -D TWO_CALLERS -D TWO_PAYLOADS -D CALLS=1
 * summary: the same with a payload for each; CPUs ask once, and for the status of what was refused
 *
 * variant: two-masters -D TWO_CALLERS -D CHECK_MASK
 * summary: the same, looking at the NMI callback that a master saves
 *
 * variant: hooks -D HOOKS
 * summary: CPU 0 applies, CPU 1 reverts what is applied; each action has a post-hook
 *
 * variant: quiescent -D HOOKS -D CHECK_QUIESCENT
 * summary: the same, looking for CPUs in the quiescent zone when a post-hook is called
 *
 * variant: unload -D UNLOAD
 * summary: CPU 0 uploads a payload and unloads it when it may, CPU 1 applies it
 *
 * variant: unload-reverted -D UNLOAD -D REVERT
 * summary: the same, and CPU 1 reverts it, too
 *
 * variant: execute -D EXECUTE -D CALLS=1
 * summary: one request; idle CPUs, and NMIs that are not masked, execute what is patched
 *
 * change:  before-4.19 -D BEFORE_4_19
 * summary: UNLOAD waits for no CPU, as before a57b4074ab39 and d2daa40fb3dd (2024)
 *
 * change:  refuse-while-work -D REFUSE_WHILE_WORK
 * summary: an action is refused while any is scheduled, not only one on the same payload
 *
 * change:  hook-does-softirqs -D HOOK_DOES_SOFTIRQS
 * summary: the post-hook calls process_pending_softirqs() twice
 *
 * change:  skip-if-aborted -D SKIP_IF_ABORTED
 * summary: a secondary that finds do_work clear after its first wait does not count itself again
 *
 * change:  skip-unless-ready -D SKIP_UNLESS_READY
 * summary: a secondary that finds ready clear after its first wait does not count itself again
 *
 * change:  clear-once -D CLEAR_ONCE
 * summary: livepatch_spin() leaves do_work to the master, who clears it after it has let NMIs in
 *
 * change:  local-cmd -D LOCAL_CMD
 * summary: the master chooses the post-hook by what it has done, not by what livepatch_work.cmd is by then
 *
 * change:  count-inside -D COUNT_INSIDE
 * summary: an action is refused while any CPU is in do_livepatch_work(), and leaves the payload's rc alone
 *
 * change:  count-late -D COUNT_LATE
 * summary: the same, but a CPU counts itself after it has found do_work set
 *
 * change:  count-until-done -D COUNT_UNTIL_DONE
 * summary: the same, but the master counts itself only until it has cleared do_work
 *
 * change:  rc-first -D RC_FIRST
 * summary: with count-inside: the rc of a refused action is -EAGAIN, as for what schedule_work() refuses in the source
 *
 * change:  unmask-last -D UNMASK_LAST
 * summary: count-inside, and the master lets NMIs in when it is the last one inside
 *
 * change:  leave-early -D LEAVE_EARLY
 * summary: with unmask-last: secondaries count as outside before they serialize
 *
 * change:  invpcid -D INVPCID
 * summary: do_tlb_flush() uses INVPCID, not MOV to CR4
 *
 * What is found, and what of it stands in the way of whom, is in core/docs/xen_livepatch.md. Functions have the names of the source and make its shared
 * accesses in its order; types, helpers and comments are ours. What is marked as ours is no part of Xen.
 *
 * not modelled: REPLACE, action hooks, pre-hooks, dependencies and expectations: none of them touches livepatch_work
 * not modelled: livepatch_work.timeout and NOW(); a wait with a deadline may be over at any time, as the caller's timeout may be a nanosecond
 * not modelled: get_cpu_maps(), whose write side is CPU hotplug; it always succeeds, and all CPUs stay online
 * not modelled: the state of the system and the idle domain, which do_livepatch_work() asks for first; CPUs are there only in their idle loops
 * not modelled: tasklet_lock and the softirqs by which a tasklet comes to run; a queued tasklet runs in the next round of the idle loop
 * not modelled: page tables, and what flushing TLBs is for; machine checks, which are not masked either
 * not modelled: other users of the NMI callback (crash, microcode, show_execution_state)
 *
 * scenario: cpus=2 site0=nop5->jmp32 thread=none
 * expect:   violates deadlock
 * expect:   -D SKIP_IF_ABORTED violates deadlock
 * expect:   -D SKIP_UNLESS_READY violates deadlock
 * expect:   -D COUNT_LATE violates deadlock
 * expect:   -D COUNT_INSIDE holds
 * expect:   -D TWO_CALLERS violates bug
 * expect:   -D TWO_CALLERS -D CLEAR_ONCE violates deadlock
 * expect:   -D TWO_CALLERS -D TWO_PAYLOADS -D CALLS=1 violates bug
 * expect:   -D TWO_CALLERS -D TWO_PAYLOADS -D CALLS=1 -D COUNT_INSIDE holds
 * expect:   -D TWO_CALLERS -D CHECK_MASK violates bug
 * expect:   -D TWO_CALLERS -D CHECK_MASK -D COUNT_INSIDE holds
 * expect:   -D TWO_CALLERS -D COUNT_INSIDE -D RC_FIRST violates bug
 * expect:   -D HOOKS violates bug
 * expect:   -D HOOKS -D COUNT_UNTIL_DONE violates bug
 * expect:   -D HOOKS -D COUNT_UNTIL_DONE -D LOCAL_CMD holds
 * expect:   -D HOOKS -D COUNT_INSIDE holds
 * expect:   -D HOOKS -D CHECK_QUIESCENT violates bug
 * expect:   -D HOOKS -D CHECK_QUIESCENT -D UNMASK_LAST holds
 * expect:   -D HOOKS -D CHECK_QUIESCENT -D UNMASK_LAST -D LEAVE_EARLY violates bug
 * expect:   -D UNLOAD --property dead-object holds
 * expect:   -D UNLOAD -D REVERT -D LOCAL_CMD --property dead-object holds
 * expect:   -D UNLOAD -D REVERT -D LOCAL_CMD -D HOOK_DOES_SOFTIRQS violates dead-object
 * expect:   -D UNLOAD -D COUNT_INSIDE holds
 * expect:   -D UNLOAD -D BEFORE_4_19 violates dead-object
 * expect:   -D UNLOAD -D BEFORE_4_19 -D REFUSE_WHILE_WORK violates dead-object
 * expect:   -D UNLOAD -D BEFORE_4_19 -D COUNT_INSIDE holds
 * expect:   -D EXECUTE -D CALLS=1 holds atomic
 * expect:   -D EXECUTE -D CALLS=1 -D INVPCID violates torn
 * expect:   -D EXECUTE -D CALLS=1 --nmi 1 violates torn
 * expect:   -D EXECUTE -D CALLS=1 -D UNMASK_LAST --nmi 1 holds atomic
 * expect:   -D EXECUTE -D CALLS=1 -D UNMASK_LAST -D LEAVE_EARLY --nmi 1 violates torn
 */
#include <pokecheck.h>

/* Xen takes nobody off a CPU. */
#undef spin_lock
#define spin_lock(l) arch_spin_lock(l)

#ifndef CALLS
#define CALLS 2
#endif
#ifdef UNMASK_LAST
#define COUNT_INSIDE
#endif
#if defined(COUNT_INSIDE) || defined(COUNT_LATE) || defined(COUNT_UNTIL_DONE)
#define COUNTS
#endif

enum { EAGAIN = 11, EBUSY = 16, EINVAL = 22 };
enum { LIVEPATCH_STATE_CHECKED = 1, LIVEPATCH_STATE_APPLIED };
enum { LIVEPATCH_ACTION_UNLOAD = 1, LIVEPATCH_ACTION_REVERT, LIVEPATCH_ACTION_APPLY };

struct payload {
	int state;
	int rc;
	int name;
	int hooks;
};

static struct {
	atomic_t semaphore;
	struct payload *data;
	bool do_work;
	bool ready;
	unsigned int cmd;
} livepatch_work;

static DEFINE_SPINLOCK(sysctl_lock);
static DEFINE_SPINLOCK(payload_lock);
static DEFINE_PER_CPU(bool, work_to_do);
/* That the tasklet of this name is queued on the CPU. */
static DEFINE_PER_CPU(bool, livepatch_tasklet);

/* The only payload there is, or the one that the calling CPU asks about. */
#ifdef UNLOAD
static struct payload *payload_list;
#define find_payload() READ_ONCE(payload_list)
#elif defined(TWO_PAYLOADS)
static struct payload payload[2] = { { .state = LIVEPATCH_STATE_CHECKED }, { .state = LIVEPATCH_STATE_CHECKED } };
#define find_payload() (&payload[smp_processor_id()])
#else
static struct payload payload = { .state = LIVEPATCH_STATE_CHECKED };
#define find_payload() (&payload)
#endif

#ifdef COUNTS
/* Of the repairs: the CPUs in do_livepatch_work(). */
static atomic_t inside __range(0, NR_CPUS);
#endif
#ifdef CHECK_QUIESCENT
/* Ours: the secondaries in the quiescent zone, with interrupts off. */
static atomic_t quiescent __range(0, NR_CPUS);
#endif

/* ---- NMIs: xen/arch/x86/traps.c and xen/arch/x86/livepatch.c, c447b7308b13 */

enum { NO_CALLBACK, MASK_NMI_CALLBACK };
static int nmi_callback;
static int saved_nmi_callback;

/* xen/arch/x86/traps.c, set_nmi_callback() */
static int set_nmi_callback(int callback)
{
	int old_nmi_callback = READ_ONCE(nmi_callback);

	WRITE_ONCE(nmi_callback, callback);
	return old_nmi_callback;
}

/* xen/arch/x86/livepatch.c, arch_livepatch_mask() */
static void arch_livepatch_mask(void)
{
	int old = set_nmi_callback(MASK_NMI_CALLBACK);

#ifdef CHECK_MASK
	/* Ours: what is saved is what unmasking goes back to. */
	BUG_ON(old == MASK_NMI_CALLBACK);
#endif
	WRITE_ONCE(saved_nmi_callback, old);
}

/* xen/arch/x86/livepatch.c, arch_livepatch_unmask() */
static void arch_livepatch_unmask(void)
{
	set_nmi_callback(READ_ONCE(saved_nmi_callback));
}

/* xen/arch/x86/traps.c, do_nmi(): what comes after the callback may be patched. */
void pokecheck_nmi(void)
{
#ifdef EXECUTE
	if (READ_ONCE(nmi_callback) != NO_CALLBACK)
		return;
	poke_each_site(s)
		poke_execute(s);
#endif
}

/* xen/arch/x86/livepatch.c, arch_livepatch_post_action(): flush_local(FLUSH_TLB_GLOBAL) comes to do_tlb_flush() in xen/arch/x86/flushtlb.c. */
static void arch_livepatch_post_action(void)
{
#ifdef INVPCID
	poke_invpcid();
#else
	poke_mov_cr();
#endif
}

/* ---- xen/common/rcupdate.c, c447b7308b13 */

#ifdef UNLOAD
static atomic_t cpu_count __range(0, NR_CPUS);
static atomic_t pending_count __range(0, NR_CPUS + 1);
static DEFINE_PER_CPU(bool, rcu_softirq);

/* rcu_barrier_action(): the callback, which a CPU queues for itself in its softirqs, is taken to be over at once. */
static void rcu_barrier_action(void)
{
	atomic_dec(&cpu_count);
	atomic_cond_read_acquire(&cpu_count, VAL == 0);
	atomic_dec(&pending_count);
}

static void do_softirq(int cpu)
{
	if (READ_ONCE(*per_cpu_ptr(&rcu_softirq, cpu))) {
		WRITE_ONCE(*per_cpu_ptr(&rcu_softirq, cpu), 0);
		rcu_barrier_action();
	}
}

/* rcu_barrier(): until all CPUs have been in their softirqs. */
static void rcu_barrier(int cpu)
{
	int i;

	atomic_set(&pending_count, num_online_cpus() + 1);
	atomic_set(&cpu_count, num_online_cpus());
	for_each_online_cpu(i)
		WRITE_ONCE(*per_cpu_ptr(&rcu_softirq, i), 1);
	do_softirq(cpu);
	atomic_cond_read_acquire(&pending_count, VAL == 1);
	atomic_set(&pending_count, 0);
}
#else
#define do_softirq(cpu) ((void)0)
#endif

/* ---- xen/common/tasklet.c, c447b7308b13 */

static void tasklet_schedule_on_cpu(int cpu)
{
	WRITE_ONCE(*per_cpu_ptr(&livepatch_tasklet, cpu), 1);
}

/* ---- xen/common/livepatch.c, c447b7308b13: hypercalls, with payload_lock */

/* schedule_work() */
static int schedule_work(int cpu, struct payload *data, unsigned int cmd)
{
	if (READ_ONCE(livepatch_work.do_work))
		return -EBUSY;
#ifdef COUNTS
	if (atomic_read(&inside))
		return -EBUSY;
#ifndef RC_FIRST
	WRITE_ONCE(data->rc, -EAGAIN);
#endif
#endif
	WRITE_ONCE(livepatch_work.cmd, cmd);
	WRITE_ONCE(livepatch_work.data, data);
	atomic_set(&livepatch_work.semaphore, -1);
	WRITE_ONCE(livepatch_work.ready, 0);
	smp_wmb();
	WRITE_ONCE(livepatch_work.do_work, 1);
	tasklet_schedule_on_cpu(cpu);
	return 0;
}

/* is_work_scheduled() */
static bool is_work_scheduled(struct payload *data)
{
#ifdef REFUSE_WHILE_WORK
	return READ_ONCE(livepatch_work.do_work);
#else
	return READ_ONCE(livepatch_work.do_work) && READ_ONCE(livepatch_work.data) == data;
#endif
}

#ifdef UNLOAD
/* free_payload() and, in xen/common/virtual_region.c, unregister_virtual_region(); the payload's life ends when upload_and_unload() returns. */
static int free_payload(int cpu)
{
#ifdef COUNTS
	if (atomic_read(&inside))
		return -EBUSY;
#endif
#ifndef BEFORE_4_19
	rcu_barrier(cpu);
#endif
	WRITE_ONCE(payload_list, NULL);
#ifndef BEFORE_4_19
	rcu_barrier(cpu);
#endif
	return 0;
}
#endif

static int start(int cpu, struct payload *data, unsigned int cmd)
{
#if !defined(COUNTS) || defined(RC_FIRST)
	WRITE_ONCE(data->rc, -EAGAIN);
#endif
	return schedule_work(cpu, data, cmd);
}

/* The switch of livepatch_action(): each action wants the payload in another state. */
static int act_on(int cpu, struct payload *data, unsigned int cmd)
{
	int state = READ_ONCE(data->state);

	if (cmd == LIVEPATCH_ACTION_APPLY && state == LIVEPATCH_STATE_CHECKED)
		return start(cpu, data, cmd);
	if (cmd == LIVEPATCH_ACTION_REVERT && state == LIVEPATCH_STATE_APPLIED)
		return start(cpu, data, cmd);
#ifdef UNLOAD
	if (cmd == LIVEPATCH_ACTION_UNLOAD && state == LIVEPATCH_STATE_CHECKED)
		return free_payload(cpu);
#endif
	return -EINVAL;
}

/* livepatch_action() */
static int livepatch_action(int cpu, unsigned int cmd)
{
	struct payload *data;
	int rc = -EINVAL;

	spin_lock(&payload_lock);
	data = find_payload();
	if (data)
		rc = is_work_scheduled(data) ? -EBUSY : act_on(cpu, data, cmd);
	spin_unlock(&payload_lock);
	return rc;
}

/* livepatch_get() */
static int livepatch_get(void)
{
	struct payload *data;
	bool scheduled;
	int rc = -EINVAL;

	spin_lock(&payload_lock);
	data = find_payload();
	if (data) {
		scheduled = is_work_scheduled(data);
		rc = READ_ONCE(data->rc);
		/* Ours: an action is pending that no CPU works on, and no CPU will. */
		BUG_ON(rc == -EAGAIN && !scheduled);
	}
	spin_unlock(&payload_lock);
	return rc;
}

/* ---- xen/common/livepatch.c, c447b7308b13: idle CPUs */

/* livepatch_spin() */
static int livepatch_spin(atomic_t *counter, int cpus)
{
	int rc = 0;

	poke_wait_or_timeout(&counter->counter, VAL == cpus);
	if (atomic_read(counter) != cpus) {
		READ_ONCE(READ_ONCE(livepatch_work.data)->name);
		atomic_read(counter);
		rc = -EBUSY;
		WRITE_ONCE(READ_ONCE(livepatch_work.data)->rc, rc);
		smp_wmb();
#ifndef CLEAR_ONCE
		WRITE_ONCE(livepatch_work.do_work, 0);
#endif
	}
	return rc;
}

/* livepatch_do_action(), with arch_livepatch_apply() and arch_livepatch_revert() of xen/arch/x86/livepatch.c, which copy bytes to where they run. A patch call
 * begins here. */
static void livepatch_do_action(void)
{
	struct payload *data = READ_ONCE(livepatch_work.data);

	if (READ_ONCE(livepatch_work.cmd) == LIVEPATCH_ACTION_APPLY) {
		poke_each_site(s)
			poke_begin_version(s, 1);
		poke_each_site(s)
			poke_in_place(POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s));
		WRITE_ONCE(data->state, LIVEPATCH_STATE_APPLIED);
	} else {
		poke_each_site(s)
			poke_begin_version(s, 0);
		poke_each_site(s)
			poke_in_place(POKE_ADDR(s), POKE_OLD(s), POKE_LEN(s));
		WRITE_ONCE(data->state, LIVEPATCH_STATE_CHECKED);
	}
	/* Both are noinline, so that the CPU leaves them by a jump: all that Intel asks for after a store to code in place. */
	poke_jump();
	WRITE_ONCE(data->rc, 0);
}

#ifdef LOCAL_CMD
#define action_of_hook(mine) (mine)
#else
#define action_of_hook(mine) READ_ONCE(livepatch_work.cmd)
#endif

/* The end of do_livepatch_work(): post-hook and log. done is what this CPU has done, 0 if the round was given up. */
static void finished(int cpu, struct payload *p, unsigned int done)
{
	if (done) {
		/* Ours: the hook that is called is the one of what was done. */
		BUG_ON(action_of_hook(done) != done);
#ifdef CHECK_QUIESCENT
		/* Ours: docs/misc/livepatch.pandoc, "after all CPUs left the quiescent zone". */
		BUG_ON(atomic_read(&quiescent) != 0);
#endif
		READ_ONCE(p->hooks);
		READ_ONCE(p->name);
		READ_ONCE(p->rc);
#ifdef HOOK_DOES_SOFTIRQS
		do_softirq(cpu);
		do_softirq(cpu);
#endif
	}
	READ_ONCE(p->name);
	READ_ONCE(livepatch_work.cmd);
	READ_ONCE(p->rc);
}

/* do_livepatch_work(), of the CPU that counts up to 0 */
static void be_master(int cpu)
{
	struct payload *p = READ_ONCE(livepatch_work.data);
	int cpus = num_online_cpus() - 1;
	unsigned int done = 0;
	int i;

	arch_livepatch_mask();
	for_each_online_cpu(i)
		if (i != cpu)
			tasklet_schedule_on_cpu(i);
	if (livepatch_spin(&livepatch_work.semaphore, cpus))
		goto abort;
	atomic_set(&(livepatch_work.semaphore), 0);
	smp_wmb();
	WRITE_ONCE(livepatch_work.ready, 1);
	if (!livepatch_spin(&livepatch_work.semaphore, cpus)) {
		local_irq_disable();
		livepatch_do_action();
		arch_livepatch_post_action();
		/* Ours: what was done. The source keeps only that something was. */
		done = READ_ONCE(livepatch_work.cmd);
		local_irq_enable();
	}
abort:
#ifndef UNMASK_LAST
	arch_livepatch_unmask();
#endif
	WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 0);
	WRITE_ONCE(livepatch_work.do_work, 0);
#ifdef UNMASK_LAST
	atomic_cond_read_acquire(&inside, VAL == 1);
	arch_livepatch_unmask();
#endif
#ifdef COUNT_UNTIL_DONE
	atomic_dec(&inside);
#endif
	/* The patch call ends here: from now on other actions can be asked for. */
	poke_each_site(s) {
		if (done == LIVEPATCH_ACTION_APPLY)
			poke_end_version(s, 1);
		else if (done == LIVEPATCH_ACTION_REVERT)
			poke_end_version(s, 0);
	}
	finished(cpu, p, done);
}

/* do_livepatch_work(), of any other CPU */
static void be_secondary(int cpu)
{
	while (READ_ONCE(livepatch_work.do_work) && !READ_ONCE(livepatch_work.ready))
		cpu_relax();
#ifdef SKIP_IF_ABORTED
	if (!READ_ONCE(livepatch_work.do_work)) {
		WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 0);
		return;
	}
#endif
#ifdef SKIP_UNLESS_READY
	if (!READ_ONCE(livepatch_work.ready)) {
		WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 0);
		return;
	}
#endif
	local_irq_disable();
#ifdef CHECK_QUIESCENT
	atomic_inc(&quiescent);
#endif
	atomic_inc(&livepatch_work.semaphore);
	while (READ_ONCE(livepatch_work.do_work))
		cpu_relax();
#ifdef LEAVE_EARLY
	atomic_dec(&inside);
#endif
	arch_livepatch_post_action();
#ifdef CHECK_QUIESCENT
	atomic_dec(&quiescent);
#endif
	local_irq_enable();
	WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 0);
}

/* do_livepatch_work() */
static void do_livepatch_work(int cpu)
{
#if defined(COUNTS) && !defined(COUNT_LATE)
	atomic_inc(&inside);
#endif
	if (!READ_ONCE(livepatch_work.do_work)) {
		WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 0);
#if defined(COUNTS) && !defined(COUNT_LATE)
		atomic_dec(&inside);
#endif
		return;
	}
#ifdef COUNT_LATE
	atomic_inc(&inside);
#endif
	if (atomic_inc_return(&livepatch_work.semaphore) == 0) {
		be_master(cpu);
#if defined(COUNTS) && !defined(COUNT_UNTIL_DONE)
		atomic_dec(&inside);
#endif
	} else {
		be_secondary(cpu);
#if defined(COUNTS) && !defined(LEAVE_EARLY)
		atomic_dec(&inside);
#endif
	}
}

/* check_for_livepatch_work() */
static void check_for_livepatch_work(int cpu)
{
	if (READ_ONCE(*per_cpu_ptr(&work_to_do, cpu)))
		do_livepatch_work(cpu);
}

/* xen/arch/x86/domain.c, idle_loop(), once round; do_tasklet() takes the tasklet from the queue, and tasklet_fn() is what it does. */
static void idle_once(int cpu)
{
	if (xchg(per_cpu_ptr(&livepatch_tasklet, cpu), 0)) {
		WRITE_ONCE(*per_cpu_ptr(&work_to_do, cpu), 1);
		check_for_livepatch_work(cpu);
	}
	do_softirq(cpu);
#ifdef EXECUTE
	poke_each_site(s)
		poke_execute(s);
#endif
}

static void idle_loop(int cpu)
{
	for (;;) {
		poke_rest();
		idle_once(cpu);
	}
}

/* ---- xen/common/sysctl.c, do_sysctl(): a CPU that finds the lock taken goes on with other things first */

static void sysctl_begin(int cpu)
{
	while (xchg(&sysctl_lock.locked, 1))
		idle_once(cpu);
}

static void sysctl_end(void)
{
	smp_store_release(&sysctl_lock.locked, 0);
}

static int sysctl_livepatch_action(int cpu, unsigned int cmd)
{
	int rc;

	sysctl_begin(cpu);
	rc = livepatch_action(cpu, cmd);
	sysctl_end();
	return rc;
}

static int sysctl_livepatch_get(int cpu)
{
	int rc;

	sysctl_begin(cpu);
	rc = livepatch_get();
	sysctl_end();
	return rc;
}

/* ---- the toolstack */

/* Asks for an action, and lets this CPU be idle until it is over; its result. */
static int act(int cpu, unsigned int cmd)
{
	int rc = sysctl_livepatch_action(cpu, cmd);

	if (rc) {
#ifdef TWO_PAYLOADS
		sysctl_livepatch_get(cpu);
#endif
		return rc;
	}
	do {
		idle_once(cpu);
		rc = sysctl_livepatch_get(cpu);
	} while (rc == -EAGAIN);
	return rc;
}

/* Asks for APPLY until it works. */
static int apply(int cpu)
{
	int rc = -EBUSY;

	for (int call = 0; call < CALLS; call++)
		if (rc == -EBUSY)
			rc = act(cpu, LIVEPATCH_ACTION_APPLY);
	return rc;
}

static void wait_for_a_while(int cpu)
{
	do {
		poke_rest();
		idle_once(cpu);
	} while (poke_choose(2));
}

#ifdef UNLOAD
static void upload_and_unload(void)
{
	struct payload payload = { .state = LIVEPATCH_STATE_CHECKED };

	spin_lock(&payload_lock);
	WRITE_ONCE(payload_list, &payload);
	spin_unlock(&payload_lock);
	do {
		poke_rest();
		idle_once(0);
	} while (sysctl_livepatch_action(0, LIVEPATCH_ACTION_UNLOAD));
}
#endif

void pokecheck_patcher(void)
{
	/* A call that is given up: where no round gets as far as patching, all is to stay as it was. */
	poke_each_site(s) {
		poke_begin(s);
		poke_abort(s);
	}
#ifdef UNLOAD
	upload_and_unload();
#else
	apply(0);
#endif
	idle_loop(0);
}

void pokecheck_thread(int cpu)
{
	if (cpu == 0)
		return;
	if (cpu == 1) {
#if defined(TWO_CALLERS)
		wait_for_a_while(cpu);
		apply(cpu);
#elif defined(UNLOAD) && defined(REVERT)
		wait_for_a_while(cpu);
		if (!apply(cpu))
			act(cpu, LIVEPATCH_ACTION_REVERT);
#elif defined(UNLOAD)
		wait_for_a_while(cpu);
		apply(cpu);
#elif defined(HOOKS)
		wait_for_a_while(cpu);
		act(cpu, LIVEPATCH_ACTION_REVERT);
#endif
	}
	idle_loop(cpu);
}
