/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: text_poke_late
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26
 *
 * variant: rfc15 -D RFC=15
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 15/26
 * summary: the state machine only
 *
 * variant: rfc17 -D RFC=17
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 17/26
 * summary: text is written, secondaries acknowledge
 *
 * variant: rfc18 -D RFC=18
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 18/26
 * summary: with breakpoint handling
 *
 * variant: rfc19 -D RFC=19
 * summary: in NMI context
 *
 * variant: repaired -D RFC=19 -D CLEAR_FIRST -D RESET_MAP -D NUMBERED_STATES
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, repaired
 * summary: rfc19 with the least changes that make it safe
 *
 * variant: repaired-without-clear-before-state -D RFC=19 -D RESET_MAP -D NUMBERED_STATES
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, repaired but for one change
 * summary: repaired with clear-before-state switched back
 *
 * variant: repaired-without-numbered-states -D RFC=19 -D CLEAR_FIRST -D RESET_MAP
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, repaired but for one change
 * summary: repaired with numbered-states switched back
 *
 * variant: repaired-iret-in-nmi -D RFC=19 -D CLEAR_FIRST -D RESET_MAP -D NUMBERED_STATES -D IRET_IN_NMI
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, repaired; its open question on IRET
 * summary: repaired with IRET for CPUID as the serializing instruction in NMI context
 *
 * variant: captured -D RFC=19 -D CLEAR_FIRST -D RESET_MAP -D CAPTURE_IN_NMI
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, repaired
 * summary: rfc19 with all CPUs held in their NMI handlers, for locks that NMIs take
 *
 * variant: captured-without-clear-before-state -D RFC=19 -D RESET_MAP -D CAPTURE_IN_NMI
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, captured but for one change
 * summary: captured with clear-before-state switched back
 *
 * variant: captured-without-capture-in-nmi -D RFC=19 -D CLEAR_FIRST -D RESET_MAP
 * source:  RFC "x86/alternatives: Non-emulated text poking", A. Arora, LKML, 8 April 2020, 19/26, captured but for one change
 * summary: captured with capture-in-nmi switched back
 *
 * change:  clear-first -D CLEAR_FIRST
 * summary: sync_ack_map is cleared before the new state is published, not after it
 * idle in: rfc15
 *
 * change:  reset-map -D RESET_MAP
 * summary: each call clears sync_ack_map before it stops the machine
 * idle in: rfc15
 *
 * change:  seq-acks -D SEQ_ACKS
 * summary: a state carries a sequence number, over sites and calls, and each CPU acknowledges by the number it has seen; there is no map
 * idle in: rfc15
 *
 * change:  numbered-states -D NUMBERED_STATES
 * summary: each site of a call has states of its own numbers
 * idle in: rfc15
 *
 * change:  rendezvous -D RENDEZVOUS
 * summary: once NMIs are caught, all CPUs acknowledge one more state, SYNC_NMI, before the primary sends the NMI to itself
 * idle in: rfc15 rfc17 rfc18
 *
 * change:  capture-in-nmi -D CAPTURE_IN_NMI
 * summary: all CPUs are brought into the NMI handler, and have said so, before the first byte is written
 * idle in: rfc15 rfc17 rfc18
 *
 * change:  out-of-line -D OUT_OF_LINE
 * summary: the primary's breakpoint handler executes the new instruction out of line instead of writing it
 * idle in: rfc15 rfc17
 *
 * change:  iret-in-nmi -D IRET_IN_NMI
 * summary: sync_one() is an IRET in NMI context, too
 * idle in: rfc15 rfc17
 *
 * Patches 15 to 19 of "Runtime paravirt patching", all in arch/x86/kernel/alternative.c, as far as RFC says: 15, 17, 18 or 19. Functions and variables have their
 * names, but for tps, which is text_poke_state there, and mostly *tps. The order of shared accesses is kept where it is wrong, too. What a change adds or moves
 * is behind its macro. CPU 0 is the primary. What is found, and what of it each change mends, is in core/docs/text_poke_late.md.
 *
 * not modelled: text_mutex, and -EINVAL unless the system is running; there is one patcher, and the system runs
 * not modelled: num_acks, head, patch_worker and nmi_context, which nobody writes meanwhile: the CPUs of the scenario, one list of sites, one worker, the stage of the patches
 * not modelled: how paravirt_worker() finds sites, and generate_paravirt() their bytes: stage is the version that all sites are brought to
 * not modelled: what the primary reads of tp, a variable of its own that only it writes
 * not modelled: __text_poke_map() and __text_poke_unmap(), which switch CR3, and so serialize, and a BUG_ON() of text that is not what was written; more can happen without
 * not modelled: that the NMI handler is registered around stop_machine(); it is always there, and passes on where there is no work
 * not modelled: the self-test, pv_selftest_primary() and what it has the secondaries do; scenarios have nmi-work for that
 * not modelled: breakpoints of user mode, several entries and emulation in the breakpoint handler: no descriptor of text_poke_late has them
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect:   violates deadlock
 * expect:   -D RFC=15 violates lost-patch
 * expect:   -D RFC=17 --workload none --nmi 1 --nmi-work site violates unhandled-int3
 * expect:   -D RFC=18 -D CLEAR_FIRST holds
 * expect:   -D RFC=18 -D RESET_MAP violates deadlock
 * expect:   -D RFC=18 -D CLEAR_FIRST --sites nop2->jmp8->nop2 violates bug
 * expect:   -D RFC=18 -D CLEAR_FIRST --sites nop2->jmp8->nop2 --workload none violates bug
 * expect:   -D RFC=18 -D CLEAR_FIRST -D RESET_MAP --sites nop2->jmp8->nop2 holds
 * expect:   -D RFC=17 --sites nop2->jmp8->nop2 violates bug
 * expect:   -D RFC=17 -D SEQ_ACKS --sites nop2->jmp8->nop2 holds
 * expect:   -D RFC=18 --sites nop2->jmp8->nop2 violates deadlock
 * expect:   -D RFC=18 -D SEQ_ACKS --sites nop2->jmp8->nop2 holds
 * expect:   --sites nop2->jmp8->nop2 violates deadlock
 * expect:   -D SEQ_ACKS --sites nop2->jmp8->nop2 holds
 * expect:   -D RFC=18 -D CLEAR_FIRST -D NUMBERED_STATES --workload none --nmi 1 --nmi-work site violates torn
 * expect:   -D RFC=18 -D CLEAR_FIRST -D NUMBERED_STATES -D OUT_OF_LINE --workload none --nmi 1 --nmi-work site holds
 * expect:   -D CLEAR_FIRST --workload none --nmi 1 --nmi-work site violates deadlock
 * expect:   -D CLEAR_FIRST -D NUMBERED_STATES --workload none --nmi 1 --nmi-work site holds
 * expect:   -D CLEAR_FIRST -D RENDEZVOUS --workload none --nmi 1 --nmi-work site holds
 * expect:   -D CLEAR_FIRST -D CAPTURE_IN_NMI --workload none --nmi 1 --nmi-work site holds
 * expect:   -D CLEAR_FIRST -D NUMBERED_STATES --sites nop2->jmp8,nop2->jmp8 --workload none --nmi 1 --nmi-work site violates group
 * expect:   -D CLEAR_FIRST -D RENDEZVOUS --sites nop2->jmp8,nop2->jmp8 --workload none --nmi 1 --nmi-work site holds group
 * expect:   -D CLEAR_FIRST -D CAPTURE_IN_NMI --sites nop2->jmp8,nop2->jmp8 --workload none --nmi 1 --nmi-work site holds group
 * expect:   -D CLEAR_FIRST -D NUMBERED_STATES -D IRET_IN_NMI --workload none --nmi 1 --nmi-work site --nmi-model hardware violates corrupt-frame
 */
#include <pokecheck.h>

#ifndef RFC
#define RFC 19
#endif
#if RFC < 17
#undef CLEAR_FIRST
#undef RESET_MAP
#undef SEQ_ACKS
#undef NUMBERED_STATES
#endif
#if RFC < 18
#undef OUT_OF_LINE
#undef IRET_IN_NMI
#endif
#if RFC < 19
#undef RENDEZVOUS
#undef CAPTURE_IN_NMI
#endif

enum patch_state {
	PATCH_SYNC_NMI = 3, /* ours, for rendezvous */
	PATCH_SYNC_0,
	PATCH_SYNC_1,
	PATCH_SYNC_2,
	PATCH_SYNC_DONE,
	PATCH_DONE,
	PATCH_SYNC_x = 4,
};

/* The number of a state at a site of a call, and what can be read from a number. The posted numbers say nothing of site and call. */
#if defined(SEQ_ACKS)
#define STATE(call, site, kind) (8 * (((call) - 1) * (POKE_SITES + 1) + 1 + (site)) + (kind))
#define NMI_STATE(call) STATE(call, 0, PATCH_SYNC_NMI)
#define IS(state, kind) (((state) & 7) == ((kind) & 7))
#define IS_NMI(state) IS(state, PATCH_SYNC_NMI)
#define IS_DONE(state) IS(state, PATCH_DONE)
#define IS_SYNC(state) 1
#elif defined(NUMBERED_STATES)
#define STATE(call, site, kind) ((kind) + 4 * (site))
#define NMI_STATE(call) (PATCH_SYNC_NMI - 1)
#define IS(state, kind) (((state) & 3) == ((kind) & 3))
#define IS_NMI(state) ((state) == NMI_STATE(1))
#define IS_DONE(state) ((state) == END(1))
#define IS_SYNC(state) 1
#else
#define STATE(call, site, kind) (kind)
#define NMI_STATE(call) PATCH_SYNC_NMI
#define IS(state, kind) ((state) == (kind))
#define IS_NMI(state) IS(state, PATCH_SYNC_NMI)
#define IS_DONE(state) IS(state, PATCH_DONE)
#define IS_SYNC(state) ((state) & PATCH_SYNC_x)
#define IS_BUSY(state) ((state) < PATCH_SYNC_DONE)
#endif
#ifndef IS_BUSY
#define IS_BUSY(state) (!IS_DONE(state) && !IS(state, PATCH_SYNC_DONE))
#endif
#define START(call) STATE(call, -1, PATCH_SYNC_DONE)
#define END(call) STATE(call, POKE_SITES - 1, PATCH_DONE)

#ifdef RENDEZVOUS
#define IS_REST(state) (IS(state, PATCH_SYNC_DONE) || IS_NMI(state))
#else
#define IS_REST(state) IS(state, PATCH_SYNC_DONE)
#endif

struct text_poke_loc {
	unsigned long rel_addr;
	struct {
		u8 len;
	} native;
	const u8 *text;
};

struct bp_patching_desc {
	atomic_t refs;
	struct text_poke_loc *vec;
	bool native;
	int nr_entries;
};

static struct text_poke_state {
	int stage; /* the version that is staged */
	struct cpumask sync_ack_map;
	int state;
	unsigned int primary_cpu;
	atomic_t nmi_work;
#ifdef SEQ_ACKS
	int sync_acks[NR_CPUS];
#endif
#ifdef CAPTURE_IN_NMI
	struct cpumask captured;
#endif
#ifdef RENDEZVOUS
	bool gathered;
#endif
} tps = { .state = START(1) };

static struct bp_patching_desc *bp_desc;

#define num_acks num_online_cpus()

/* How a CPU says that it has come as far as a state, and whether it has. */
#ifdef SEQ_ACKS
#define ack(cpu, seen) smp_store_release(&tps.sync_acks[cpu], seen)
#define has_acked(cpu, seen) (READ_ONCE(tps.sync_acks[cpu]) == (seen))
#else
#define ack(cpu, seen) cpumask_set_cpu(cpu, &tps.sync_ack_map)
#define has_acked(cpu, seen) cpumask_test_cpu(cpu, &tps.sync_ack_map)
#endif

/* 15/26. In an NMI an IRET would let the next one in. */
static void sync_one(void)
{
#ifdef IRET_IN_NMI
	poke_label("sync");
	sync_core();
#else
	if (in_nmi()) {
		poke_label("sync.nmi");
		poke_cpuid();
	} else {
		poke_label("sync");
		sync_core();
	}
#endif
}

/* 17/26. The map says of no acknowledgement which state it is for. */
static void wait_for_acks(int state)
{
	int cpu = smp_processor_id();

	poke_label("set_bit");
	ack(cpu, state);
#ifdef SEQ_ACKS
	int i;

	for_each_online_cpu(i) {
		poke_label("all");
		smp_cond_load_acquire(&tps.sync_acks[i], VAL == state);
	}
#else
	poke_label("all");
	while (cpumask_weight(&tps.sync_ack_map) < num_acks)
		cpu_relax();
#endif
}

/* 15/26 stores the state alone; all else is 17/26. */
static void poke_sync(int state, unsigned long addr, const u8 *insns, int len)
{
#if RFC >= 17
	if (len) {
		poke_label("write");
		text_poke(addr, insns, len);
	}
#ifdef CLEAR_FIRST
#ifndef SEQ_ACKS
	poke_label("clear");
	cpumask_clear(&tps.sync_ack_map);
#endif
#endif
#endif
	poke_label("state");
	smp_store_release(&tps.state, state);
#if RFC >= 17
#if !defined(CLEAR_FIRST) && !defined(SEQ_ACKS)
	poke_label("clear");
	cpumask_clear(&tps.sync_ack_map);
#endif
	poke_label("");
	sync_one();
	poke_label("acks");
	wait_for_acks(state);
#endif
}

/* 15/26; the descriptor is 18/26. */
static void text_poke_site(struct text_poke_loc *tp, unsigned long addr, int site, int call)
{
	const u8 int3 = INT3_INSN_OPCODE;
	const u8 *text = POKE_BYTES(site, call);
	int len = POKE_LEN(site);
#if RFC >= 18
	struct bp_patching_desc desc;

	desc.vec = tp;
	desc.nr_entries = 1;
	desc.native = true;
	atomic_set(&desc.refs, 1);
	poke_label("bp_desc");
	smp_store_release(&bp_desc, &desc);
#endif
	poke_label("SYNC_0");
	poke_sync(STATE(call, site, PATCH_SYNC_0), addr, &int3, INT3_INSN_SIZE);
	poke_label("SYNC_1");
	poke_sync(STATE(call, site, PATCH_SYNC_1), addr + INT3_INSN_SIZE, text + INT3_INSN_SIZE, len - INT3_INSN_SIZE);
	poke_label("SYNC_2");
	poke_sync(STATE(call, site, PATCH_SYNC_2), addr, text, INT3_INSN_SIZE);
	poke_label("SYNC_DONE");
	poke_sync(STATE(call, site, PATCH_SYNC_DONE), 0, NULL, 0);
#if RFC >= 18
	poke_label("bp_desc.null");
	WRITE_ONCE(bp_desc, NULL);
	poke_label("put_desc");
	if (atomic_dec_and_test(&desc.refs) == 0) {
		poke_label("refs0");
		atomic_cond_read_acquire(&desc.refs, !VAL);
	}
#endif
}

/* 16/26, with what generate_paravirt() writes to the one entry that it fills. */
static void paravirt_worker(void)
{
	struct text_poke_loc tp;
	int stage;

	poke_label("stage");
	stage = READ_ONCE(tps.stage);
	poke_each_version(v) {
		if (stage == v)
			poke_each_site(s) {
#if RFC >= 18
				tp.rel_addr = POKE_ADDR(s);
				tp.native.len = POKE_LEN(s);
				tp.text = POKE_BYTES(s, v);
#endif
				poke_label("poke");
				text_poke_site(&tp, POKE_ADDR(s), s, v);
			}
	}
}

#if RFC >= 17
/* 17/26; 18/26 reads the own bit in each round, and has no BUG_ON(). It leaves SYNC_DONE to text_poke_sync_finish() to acknowledge. */
static void text_poke_sync_site(void)
{
	int acked, cpu = smp_processor_id(), prevstate = -1;

	do {
		poke_label("wait_state");
		smp_cond_load_acquire(&tps.state, VAL != prevstate);
		poke_label("read_state");
		prevstate = READ_ONCE(tps.state);
#if RFC < 18
		if (!IS_BUSY(prevstate))
			break;
		poke_label("bug_bit");
		acked = has_acked(cpu, prevstate);
		BUG_ON(acked);
#else
		poke_label("test_bit");
		acked = has_acked(cpu, prevstate);
#endif
		if (!acked && IS_BUSY(prevstate)) {
			poke_label("");
			sync_one();
			poke_label("set_bit");
			ack(cpu, prevstate);
		}
	} while (IS_BUSY(prevstate));
}
#endif

/* 15/26 looks for the end alone; all else is 17/26, but for NMIs, which are 19/26. */
static void text_poke_sync_finish(void)
{
#if RFC < 17
	poke_label("while_not_done");
	while (READ_ONCE(tps.state) != PATCH_DONE)
		cpu_relax();
#else
	int cpu = smp_processor_id();

	while (true) {
		int state;

		poke_label("read_state");
		state = READ_ONCE(tps.state);
		if (IS_DONE(state))
			break;
		if (IS_REST(state)) {
			poke_label("ack_done");
			ack(cpu, state);
			poke_label("while_sync_done");
			smp_cond_load_acquire(&tps.state, state != VAL);
#if RFC >= 19
		} else if (in_nmi() && IS_SYNC(state)) {
			poke_label("sync_site.nmi");
			text_poke_sync_site();
#endif
		} else if (IS(state, PATCH_SYNC_0)) {
			poke_label("sync_site");
			text_poke_sync_site();
		} else {
			BUG();
		}
	}
#endif
}

#if RFC >= 18
/* 18/26. */
static void poke_int3_native(struct text_poke_loc *tp, struct pt_regs *regs)
{
	int cpu = smp_processor_id();

	poke_label("read_primary");
	if (cpu != tps.primary_cpu) {
		poke_label("sync_site");
		text_poke_sync_site();
	} else {
		unsigned long addr = tp->rel_addr;
#ifdef OUT_OF_LINE
		const u8 *text = tp->text;

		poke_each_site(s) poke_each_version(v) {
			if (addr == POKE_ADDR(s) && text == POKE_BYTES(s, v)) {
				poke_label("out_of_line");
				poke_emulate(regs, s, v);
			}
		}
		return;
#else
		int len = tp->native.len;
		const u8 *text = tp->text;

		poke_label("tail");
		text_poke(addr + INT3_INSN_SIZE, text + INT3_INSN_SIZE, len - INT3_INSN_SIZE);
		text = tp->text;
		poke_label("head");
		text_poke(addr, text, INT3_INSN_SIZE);
		poke_label("");
		sync_one();
#endif
	}
	regs->ip -= INT3_INSN_SIZE;
}

/* poke_int3_handler(), 18/26. */
int pokecheck_int3(struct pt_regs *regs)
{
	unsigned long ip = regs->ip - INT3_INSN_SIZE;
	struct text_poke_loc *tp;
	struct bp_patching_desc *desc;
	int handled = 0;

	poke_label("read_bp_desc");
	desc = READ_ONCE(bp_desc);
	if (!desc)
		return 0;
	poke_label("try_get_desc");
	if (!atomic_inc_not_zero(&desc->refs))
		return 0;
	/* More are searched for the address; nobody here has more than one. */
	if (desc->nr_entries > 1)
		BUG();
	tp = desc->vec;
	if (ip == tp->rel_addr) {
		/* Others are emulated; nobody here has such a one. */
		if (!desc->native)
			BUG();
		poke_label("");
		poke_int3_native(tp, regs);
		handled = 1;
	}
	poke_label("put_desc");
	atomic_dec(&desc->refs);
	return handled;
}
#endif

#if RFC >= 19
/* 19/26. */
static void text_poke_nmi(void)
{
	int cpu = smp_processor_id();

	poke_label("read_nmi_work");
	if (atomic_read(&tps.nmi_work) == 0)
		return;
#ifdef CAPTURE_IN_NMI
	poke_label("captured");
	cpumask_set_cpu(cpu, &tps.captured);
#endif
	poke_label("read_primary");
	if (cpu == tps.primary_cpu) {
#ifdef RENDEZVOUS
		/* Until all have acknowledged, this is an NMI for the other handlers. */
		poke_label("read_gathered");
		if (!READ_ONCE(tps.gathered))
			return;
#endif
#ifdef CAPTURE_IN_NMI
		int i;

		/* From here, not from the thread: an NMI that comes before the one to self runs this, too. */
		for_each_online_cpu(i) {
			if (i == cpu)
				continue;
			poke_label("send_nmi");
			apic_send_nmi(i);
		}
		poke_label("all_captured");
		while (cpumask_weight(&tps.captured) < num_acks)
			cpu_relax();
#endif
		poke_label("");
		paravirt_worker();
		poke_label("nmi_work_done");
		atomic_dec(&tps.nmi_work);
	} else {
		poke_label("sync_finish");
		text_poke_sync_finish();
	}
}

void pokecheck_nmi(void)
{
	poke_label("patch_nmi");
	text_poke_nmi();
}

/* 19/26. */
static void patch_worker_nmi(int call)
{
	poke_label("nmi_work");
	atomic_set(&tps.nmi_work, 1);
#ifdef RENDEZVOUS
	/* A CPU that acknowledges this, in its thread, is in no NMI handler that found nmi_work 0. */
	poke_label("SYNC_NMI");
	poke_sync(NMI_STATE(call), 0, NULL, 0);
	poke_label("gathered");
	WRITE_ONCE(tps.gathered, 1);
#endif
	poke_label("send_nmi");
	apic_send_nmi_self();
	poke_label("wait_nmi_work");
	atomic_cond_read_acquire(&tps.nmi_work, !VAL);
}
#endif

/* patch_worker() of the primary. */
static void patch_worker_primary(int call)
{
#if RFC >= 17
	poke_label("start");
	wait_for_acks(START(call));
#endif
	poke_label("");
#if RFC >= 19
	patch_worker_nmi(call);
#else
	paravirt_worker();
#endif
	poke_label("done");
	smp_store_release(&tps.state, END(call));
}

/* 15/26; wait_for_acks() is 17/26, patch_worker_nmi() 19/26. */
static int patch_worker(void *data)
{
	int cpu = smp_processor_id();

	poke_label("read_primary");
	if (cpu == tps.primary_cpu) {
		poke_label("patch_worker");
		patch_worker_primary(*(int *)data);
	} else {
		poke_label("sync_finish");
		text_poke_sync_finish();
	}
	return 0;
}

/* 15/26. It leaves sync_ack_map, which is static, as the last call has left it. */
static void text_poke_late(int stage)
{
	poke_label("init.stage");
	tps.stage = stage;
	poke_label("init.state");
	tps.state = START(stage);
	poke_label("init.primary_cpu");
	tps.primary_cpu = smp_processor_id();
#if defined(RESET_MAP) && !defined(SEQ_ACKS)
	poke_label("init.sync_ack_map");
	cpumask_clear(&tps.sync_ack_map);
#endif
#ifdef CAPTURE_IN_NMI
	poke_label("init.captured");
	cpumask_clear(&tps.captured);
#endif
#ifdef RENDEZVOUS
	poke_label("init.gathered");
	WRITE_ONCE(tps.gathered, 0);
#endif
	poke_label("stop_machine");
	stop_machine(patch_worker, &stage, NULL);
}

void pokecheck_patcher(void)
{
#if defined(CAPTURE_IN_NMI) || defined(RENDEZVOUS)
	poke_holds_everybody_off();
#endif
	poke_each_version(v) {
		poke_each_site(s)
			poke_begin_version(s, v);
		poke_label("");
		text_poke_late(v);
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
