/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: text_poke_bp_batch
 * source:  Linux 6.0 to 6.15, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler
 * summary: INT3 at every site, tails, heads, with a synchronisation of all CPUs behind each; the handler emulates
 *
 * variant: no-sync1 -D NO_SYNC1
 * source:  Linux 6.0 to 6.15, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler; synchronisation 1 of 3 left out
 * summary: as text_poke_bp_batch, without synchronisation 1 of 3
 *
 * variant: no-sync2 -D NO_SYNC2
 * source:  Linux 6.0 to 6.15, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler; synchronisation 2 of 3 left out
 * summary: as text_poke_bp_batch, without synchronisation 2 of 3
 *
 * variant: no-sync3 -D NO_SYNC3
 * source:  Linux 6.0 to 6.15, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler; synchronisation 3 of 3 left out
 * summary: as text_poke_bp_batch, without synchronisation 3 of 3
 *
 * variant: vec-first -D BP_PATCHING -D YEAR=2019
 * source:  Linux before 285a54efe386 (2019), from c0213b0ac03c on, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler
 * summary: as text_poke_bp_batch, but the vector is set to NULL first, then the count to 0
 *
 * variant: count-first -D BP_PATCHING -D COUNT_FIRST -D YEAR=2019
 * source:  285a54efe386 (2019), arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler
 * summary: as text_poke_bp_batch, but the count is set to 0, all CPUs synchronise, then the vector is set to NULL
 *
 * variant: stack-desc -D STACK_DESC -D YEAR=2019
 * source:  Linux 5.6 to 5.19, from 1f676247f36a on, arch/x86/kernel/alternative.c, text_poke_bp_batch and poke_int3_handler
 * summary: as text_poke_bp_batch, but the descriptor is on the patcher's stack, published by a pointer to it
 *
 * variant: own-length -D OWN_LENGTH
 * source:  a repair of Linux 5.17 to 6.15, arch/x86/kernel/alternative.c, text_poke_loc_init; not in any kernel
 * summary: as text_poke_bp_batch, but a jump that is padded is emulated from its own end, not from that of the padding
 *
 * YEAR=2019: an entry has no length, which follows from its opcode, and the handler emulates calls and jumps. RET came in 5.10, the length, and INT3s after a jump, in 5.17; that is
 * what the others have. Jcc came in 6.3: smp_text_poke_batch has it. All sites are queued, and written together by text_poke_finish(). An entry has a pointer to the new bytes.
 *
 * not modelled: perf_event_text_poke() and the old bytes that are read for it; an observer
 * not modelled: in text_poke(), IRQs off, two loads of CR3, which serialize, and that it reads the text back; more can happen without
 * not modelled: the size of tp_vec, a page; it has an entry for each site
 * not modelled: system_state, before which the kernel writes by text_poke_early()
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect:   holds exactly atomic
 * expect:   --cpus 3 --sites 'nop2->jmp8' holds regular
 * expect:   -D NO_SYNC1 violates torn
 * expect:   -D NO_SYNC2 violates torn
 * expect:   -D NO_SYNC3 violates unhandled-int3
 * expect:   -D BP_PATCHING -D YEAR=2019 holds atomic
 * expect:   -D BP_PATCHING -D YEAR=2019 --workload foreign violates bug
 * expect:   -D BP_PATCHING -D COUNT_FIRST -D YEAR=2019 --workload foreign holds atomic
 * expect:   -D STACK_DESC -D YEAR=2019 holds atomic
 * expect:   -D STACK_DESC -D YEAR=2019 --workload foreign violates dead-object
 * expect:   --sites 'nop5->eb10cccccc' violates bug
 * expect:   -D OWN_LENGTH --sites 'nop5->eb10cccccc' holds exactly atomic
 * expect:   -D OWN_LENGTH --cpus 3 --sites 'nop2->jmp8' holds regular
 */
#include <pokecheck.h>

#ifndef YEAR
#define YEAR 2022
#endif

#define TP_VEC_MAX POKE_SITES
/* The patcher, and a handler in the thread, IRQ, NMI and #MC context of every CPU. */
#define MOST_REFS (1 + 4 * NR_CPUS)

struct text_poke_loc {
	unsigned long rel_addr;
	s32 disp;
	u8 opcode;
#if YEAR > 2019
	u8 len;
#endif
	const u8 *text;
};

static struct text_poke_loc tp_vec[TP_VEC_MAX];
static int tp_vec_nr;

struct bp_patching_desc {
	struct text_poke_loc *vec;
	int nr_entries;
	atomic_t refs __range(0, MOST_REFS);
};

#ifdef STACK_DESC
static struct bp_patching_desc *bp_desc;
#elif defined(BP_PATCHING)
static struct {
	struct text_poke_loc *vec;
	int nr_entries;
} bp_patching;
#else
static struct bp_patching_desc bp_desc;
#endif

static inline unsigned long text_poke_addr(const struct text_poke_loc *tp)
{
	return tp->rel_addr + _stext;
}

#if YEAR > 2019
#define length_of(tp) ((tp)->len)
#else
#define length_of(tp) text_opcode_size((tp)->opcode)
#endif

/* ---- what the handler needs: alternative.c, poke_int3_handler() and those that it calls */

#ifdef STACK_DESC
/* Linux 5.10. */
static inline struct bp_patching_desc *try_get_desc(void)
{
	struct bp_patching_desc *desc;

	poke_label("read_bp_desc");
	desc = READ_ONCE(bp_desc);
	if (!desc)
		return NULL;
	poke_label("try_get_desc");
	return arch_atomic_inc_not_zero(&desc->refs) ? desc : NULL;
}
#elif !defined(BP_PATCHING)
/* Linux 6.5, where it returns the address of bp_desc or NULL. */
static inline bool try_get_desc(void)
{
	poke_label("try_get_desc");
	return raw_atomic_inc_not_zero(&bp_desc.refs);
}
#endif

#ifdef BP_PATCHING
#define put_desc(desc) ((void)0)
#else
#define put_desc(desc) (smp_mb__before_atomic(), raw_atomic_dec(&(desc)->refs))
#endif

static inline int patch_cmp(unsigned long key, const struct text_poke_loc *elt)
{
	poke_label("bsearch");
	if (text_poke_addr(elt) > key)
		return -1;
	poke_label("bsearch");
	return text_poke_addr(elt) < key;
}

#define LOC struct text_poke_loc
#define LOC_MAX TP_VEC_MAX
#include "bsearch.h"

/* Linux 6.5; of 2019 the one of 285a54efe386. In the source both ends are one, with the value in a variable. */
#define poke_int3_handler pokecheck_int3
int poke_int3_handler(struct pt_regs *regs)
{
#ifdef STACK_DESC
	struct bp_patching_desc *desc;
#elif defined(BP_PATCHING)
#define desc (&bp_patching)
#else
#define desc (&bp_desc)
#endif
	struct text_poke_loc *tp;
	unsigned long ip;
	u8 opcode;
	int nr;

	if (user_mode(regs))
		return 0;
	smp_rmb();
#ifdef BP_PATCHING
	poke_label("nr_entries");
	if (!bp_patching.nr_entries)
		return 0;
#elif defined(STACK_DESC)
	poke_label("");
	desc = try_get_desc();
	poke_label("");
	if (!desc)
		return 0;
#else
	poke_label("");
	if (!try_get_desc())
		return 0;
#endif
	ip = regs->ip - INT3_INSN_SIZE;
	poke_label("nr_entries");
	nr = desc->nr_entries;
	if (nr > 1) {
		struct text_poke_loc *vec;

		poke_label("vec");
		vec = desc->vec;
		poke_label("nr_entries");
		nr = desc->nr_entries;
		poke_label("");
		tp = bsearch_vec(ip, vec, nr);
		if (!tp)
			goto not_ours;
	} else {
		poke_label("vec");
		tp = desc->vec;
		poke_label("first");
		if (tp->rel_addr + _stext != ip)
			goto not_ours;
	}
#if YEAR > 2019
	poke_label("len");
#else
	poke_label("opcode");
#endif
	ip += length_of(tp);
	poke_label("opcode");
	opcode = tp->opcode;
	switch (opcode) {
	case JMP8_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
		poke_label("disp");
		ip += tp->disp;
		int3_emulate_jmp(regs, ip);
		break;
	case CALL_INSN_OPCODE:
		poke_label("disp");
		ip += tp->disp;
		int3_emulate_call(regs, ip);
		break;
#if YEAR > 2019
	case RET_INSN_OPCODE:
		int3_emulate_ret(regs);
		break;
#endif
	case INT3_INSN_OPCODE:
		/* Not for us. */
		goto not_ours;
	default:
		BUG();
	}
	poke_label("put_desc");
	put_desc(desc);
	return 1;
not_ours:
	poke_label("put_desc.not_ours");
	put_desc(desc);
	return 0;
#undef desc
}

/* ---- the patcher: alternative.c, text_poke_bp_batch(), Linux 6.5 */

static void text_poke_bp_batch(struct text_poke_loc *tp, unsigned int nr_entries)
{
	const u8 int3 = INT3_INSN_OPCODE;
	unsigned int i;
	int do_sync;
#ifdef STACK_DESC
	struct bp_patching_desc desc;

	poke_label("vec");
	desc.vec = tp;
	poke_label("nr_entries");
	desc.nr_entries = nr_entries;
	poke_label("refs");
	atomic_set(&desc.refs, 1);
	poke_label("publish");
	smp_store_release(&bp_desc, &desc);
#elif defined(BP_PATCHING)
	poke_label("vec");
	bp_patching.vec = tp;
	poke_label("nr_entries");
	bp_patching.nr_entries = nr_entries;
#else
	poke_label("vec");
	bp_desc.vec = tp;
	poke_label("nr_entries");
	bp_desc.nr_entries = nr_entries;
	/* From here on handlers of the breakpoints to come find it. */
	poke_label("publish");
	atomic_set_release(&bp_desc.refs, 1);
#endif
	cond_resched();
	smp_wmb();

	for (i = 0; i != nr_entries; i++) {
		unsigned long addr = text_poke_addr(&tp[i]);

		poke_label("int3");
		text_poke(addr, &int3, INT3_INSN_SIZE);
	}
#ifndef NO_SYNC1
	poke_label("sync1");
	text_poke_sync();
#endif

	do_sync = 0;
	for (i = 0; i != nr_entries; i++) {
		int len = length_of(&tp[i]);

		if (len > INT3_INSN_SIZE) {
			unsigned long addr = text_poke_addr(&tp[i]);
			const u8 *text = tp[i].text;

			poke_label("tail");
			text_poke(addr + INT3_INSN_SIZE, text + INT3_INSN_SIZE, len - INT3_INSN_SIZE);
			do_sync++;
		}
	}
#ifndef NO_SYNC2
	if (do_sync) {
		poke_label("sync2");
		text_poke_sync();
	}
#endif

	do_sync = 0;
	for (i = 0; i != nr_entries; i++) {
		u8 first = tp[i].text[0];

		if (first != INT3_INSN_OPCODE) {
			unsigned long addr = text_poke_addr(&tp[i]);
			const u8 *text = tp[i].text;

			poke_label("head");
			text_poke(addr, text, INT3_INSN_SIZE);
			do_sync++;
		}
	}
#ifndef NO_SYNC3
	if (do_sync) {
		poke_label("sync3");
		text_poke_sync();
	}
#endif

#if defined(BP_PATCHING) && !defined(COUNT_FIRST)
	poke_label("vec_null");
	bp_patching.vec = NULL;
	poke_label("count0");
	bp_patching.nr_entries = 0;
#elif defined(BP_PATCHING)
	poke_label("count0");
	bp_patching.nr_entries = 0;
	/* No handler is under way then that has read another number. */
	poke_label("sync4");
	text_poke_sync();
	poke_label("vec_null");
	bp_patching.vec = NULL;
#else
#ifdef STACK_DESC
	poke_label("bp_desc_null");
	WRITE_ONCE(bp_desc, NULL);
#else
#define desc bp_desc
#endif
	poke_label("put");
	if (!atomic_dec_and_test(&desc.refs)) {
		poke_label("refs0");
		atomic_cond_read_acquire(&desc.refs, !VAL);
	}
#undef desc
#endif
}

/* ---- entries: alternative.c, text_poke_loc_init() to text_poke_finish() */

/* Linux 6.0. */
static void text_poke_loc_init(struct text_poke_loc *tp, unsigned long addr, const u8 *opcode, int len, const u8 *emulate)
{
	struct insn insn;
	int i;

	/* What is longer does not fit into the text of an entry. */
	BUG_ON(len > POKE_MAX_OPCODE_SIZE);
	tp->text = opcode;
	if (!emulate)
		emulate = opcode;
	BUG_ON(insn_decode_kernel(&insn, emulate) < 0);
	poke_label("rel_addr");
	tp->rel_addr = addr - _stext;
#if YEAR > 2019
	poke_label("len");
	tp->len = len;
#endif
	poke_label("opcode");
	tp->opcode = insn.opcode.bytes[0];

	switch (tp->opcode) {
#if YEAR > 2019
	case JMP8_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
	case RET_INSN_OPCODE:
		for (i = insn.length; i < len; ++i) {
			u8 padding = tp->text[i];

			BUG_ON(padding != INT3_INSN_OPCODE);
		}
		break;
#endif
	default:
		BUG_ON(insn.length != len);
	}

	switch (tp->opcode) {
	case INT3_INSN_OPCODE:
#if YEAR > 2019
	case RET_INSN_OPCODE:
#endif
		break;
	case JMP8_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
	case CALL_INSN_OPCODE:
		poke_label("disp");
#ifdef OWN_LENGTH
		/* The handler adds it to the address after the padding. */
		tp->disp = insn.immediate.value + insn.length - len;
#else
		tp->disp = insn.immediate.value;
#endif
		break;
	default:
		/* Only a NOP can be meant: a jump to what follows. */
		if (len == JMP8_INSN_SIZE) {
			BUG_ON(memcmp(emulate, x86_nops[2], JMP8_INSN_SIZE));
			poke_label("opcode");
			tp->opcode = JMP8_INSN_OPCODE;
			poke_label("disp");
			tp->disp = 0;
		} else if (len == JMP32_INSN_SIZE) {
			BUG_ON(memcmp(emulate, x86_nops[5], JMP32_INSN_SIZE));
			poke_label("opcode");
			tp->opcode = JMP32_INSN_OPCODE;
			poke_label("disp");
			tp->disp = 0;
		} else {
			BUG();
		}
	}
}

/* Whether entries would not ascend any more; 0 stands for whatever is queued. */
static bool tp_order_fail(unsigned long addr)
{
	if (!tp_vec_nr)
		return false;
	return !addr || text_poke_addr(&tp_vec[tp_vec_nr - 1]) > addr;
}

static void text_poke_flush(unsigned long addr)
{
	if (tp_vec_nr == TP_VEC_MAX || tp_order_fail(addr)) {
		unsigned int nr_entries = tp_vec_nr;

		poke_label("");
		text_poke_bp_batch(tp_vec, nr_entries);
		tp_vec_nr = 0;
	}
}

static void text_poke_queue(unsigned long addr, const u8 *opcode, int len, const u8 *emulate)
{
	struct text_poke_loc *tp;

	poke_label("");
	text_poke_flush(addr);
	tp = &tp_vec[tp_vec_nr++];
	poke_label("");
	text_poke_loc_init(tp, addr, opcode, len, emulate);
}

static void text_poke_finish(void)
{
	poke_label("");
	text_poke_flush(0);
}

void pokecheck_patcher(void)
{
	poke_follow_stores();
	poke_each_version(v) {
		poke_each_site(s) {
			poke_begin_version(s, v);
		}
		poke_each_site(s) {
			poke_label("queue");
			text_poke_queue(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s), NULL);
		}
		poke_label("");
		text_poke_finish();
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
