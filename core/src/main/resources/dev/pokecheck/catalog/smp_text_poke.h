/* SPDX-License-Identifier: Apache-2.0 */
/* What smp_text_poke_batch.c and smp_text_poke_single.c share: arch/x86/kernel/alternative.c of Linux 6.16, from struct smp_text_poke_loc to smp_text_poke_single(). */
#ifndef SMP_TEXT_POKE_H
#define SMP_TEXT_POKE_H

#include <pokecheck.h>

#ifndef TEXT_POKE_ARRAY_MAX
#define TEXT_POKE_ARRAY_MAX POKE_SITES
#endif
/* The patcher, and a handler in the thread, IRQ, NMI and #MC context of the CPU. */
#define MOST_REFS 5

struct smp_text_poke_loc {
	unsigned long rel_addr;
	s32 disp;
	u8 len;
	u8 opcode;
	const u8 *text;
};

static struct {
	struct smp_text_poke_loc vec[TEXT_POKE_ARRAY_MAX];
	/* One more where an entry is added to the full array. */
	int nr_entries __range(0, TEXT_POKE_ARRAY_MAX + 1);
} text_poke_array;

static DEFINE_PER_CPU(atomic_t, text_poke_array_refs) __range(0, MOST_REFS);

static inline unsigned long text_poke_addr(const struct smp_text_poke_loc *tpl)
{
	return tpl->rel_addr + _stext;
}

/* ---- what the handler needs */

static inline bool try_get_text_poke_array(void)
{
	poke_label("try_get");
	return raw_atomic_inc_not_zero(this_cpu_ptr(&text_poke_array_refs));
}

#define put_text_poke_array() (smp_mb__before_atomic(), raw_atomic_dec(this_cpu_ptr(&text_poke_array_refs)))

static inline int patch_cmp(unsigned long tpl_a, const struct smp_text_poke_loc *tpl_b)
{
	poke_label("bsearch");
	if (text_poke_addr(tpl_b) > tpl_a)
		return -1;
	poke_label("bsearch");
	return text_poke_addr(tpl_b) < tpl_a;
}

#define LOC struct smp_text_poke_loc
#define LOC_MAX TEXT_POKE_ARRAY_MAX
#include "bsearch.h"

#define first_of(insn) ((insn).opcode.bytes[0])
/* A conditional jump with a distance of four bytes. */
#define is_jcc32(insn) ((insn)->opcode.bytes[1] >> 4 == 8 && (insn)->opcode.bytes[0] == 0x0f)

/* Whether the scenario has a conditional jump, so that a handler may have to emulate one. Known before anything runs. */
static inline bool some_jcc(void)
{
	poke_each_site(s)
		poke_each_version(v)
			if (POKE_BYTES(s, v)[0] == 0x0f && POKE_BYTES(s, v)[1] >> 4 == 8)
				return true;
	return false;
}

/* In the source both ends are one, with the value in a variable. */
#define smp_text_poke_int3_handler pokecheck_int3
int smp_text_poke_int3_handler(struct pt_regs *regs)
{
	struct smp_text_poke_loc *tpl;
	unsigned long ip;
	u8 opcode;
	s32 disp;
	int nr;

	if (user_mode(regs))
		return 0;
	smp_rmb();
	poke_label("");
	if (!try_get_text_poke_array())
		return 0;
	ip = regs->ip - INT3_INSN_SIZE;
	poke_label("nr_entries");
	nr = text_poke_array.nr_entries;
	if (nr > 1) {
		poke_label("nr_entries");
		nr = text_poke_array.nr_entries;
		poke_label("");
		tpl = bsearch_vec(ip, text_poke_array.vec, nr);
		if (!tpl)
			goto not_ours;
	} else {
		tpl = text_poke_array.vec;
		poke_label("first");
		if (tpl->rel_addr + _stext != ip)
			goto not_ours;
	}
	poke_label("len");
	ip += tpl->len;
	poke_label("opcode");
	opcode = tpl->opcode;
	switch (opcode) {
	case INT3_INSN_OPCODE:
		/* Not for us. */
		goto not_ours;
	case RET_INSN_OPCODE:
		int3_emulate_ret(regs);
		break;
	case CALL_INSN_OPCODE:
		poke_label("disp");
		disp = tpl->disp;
		int3_emulate_call(regs, ip + disp);
		break;
	case JMP32_INSN_OPCODE:
	case JMP8_INSN_OPCODE:
		poke_label("disp");
		disp = tpl->disp;
		int3_emulate_jmp(regs, ip + disp);
		break;
	case 0x70 ... 0x7f:
		/* Either way is possible then, which is a choice; where no site has one there is none. */
		BUG_ON(!some_jcc());
		poke_label("opcode");
		opcode = tpl->opcode;
		poke_label("disp");
		disp = tpl->disp;
		int3_emulate_jcc(regs, opcode & 0xf, ip, disp);
		break;
	default:
		BUG();
	}
	poke_label("put");
	put_text_poke_array();
	return 1;
not_ours:
	poke_label("put.not_ours");
	put_text_poke_array();
	return 0;
}

/* ---- the patcher */

/* When patch calls are over, which the source does not say: poke_done() says it for each entry. */
static inline void poke_done(unsigned long addr, int v)
{
	poke_each_site(s)
		if (addr == POKE_ADDR(s))
			poke_end_version(s, v);
}

static void smp_text_poke_batch_finish(int v)
{
	const u8 int3 = INT3_INSN_OPCODE;
	struct smp_text_poke_loc *tpl;
	unsigned long addr;
	int nr_entries = text_poke_array.nr_entries;
	int i, do_sync;

	if (!nr_entries)
		return;

	for_each_possible_cpu(i) {
		poke_label("refs");
		atomic_set_release(per_cpu_ptr(&text_poke_array_refs, i), 1);
	}
	cond_resched();
	smp_wmb();

	for (i = 0; i != nr_entries; i++) {
		tpl = &text_poke_array.vec[i];
		addr = text_poke_addr(tpl);
		poke_label("int3");
		text_poke(addr, &int3, INT3_INSN_SIZE);
	}
	poke_label("sync1");
	smp_text_poke_sync_each_cpu();

	do_sync = 0;
	for (i = 0; i != nr_entries; i++) {
		const u8 *bytes;
		int len;

		tpl = &text_poke_array.vec[i];
		bytes = tpl->text;
		len = tpl->len;
		if (len > INT3_INSN_SIZE) {
			addr = text_poke_addr(tpl);
			/* Of 6 bytes the first, 0x0f, is not in the text. */
			if (len == 6)
				bytes--;
			poke_label("tail");
			text_poke(addr + INT3_INSN_SIZE, bytes + INT3_INSN_SIZE, len - INT3_INSN_SIZE);
			do_sync = 1;
		}
	}
	if (do_sync) {
		poke_label("sync2");
		smp_text_poke_sync_each_cpu();
	}

	do_sync = 0;
	for (i = 0; i != nr_entries; i++) {
		u8 first;

		tpl = &text_poke_array.vec[i];
		first = tpl->text[0];
		if (tpl->len == 6)
			first = 0x0f;
		if (first != INT3_INSN_OPCODE) {
			addr = text_poke_addr(tpl);
			poke_label("head");
			text_poke(addr, &first, INT3_INSN_SIZE);
			do_sync = 1;
		}
	}
	if (do_sync) {
		poke_label("sync3");
		smp_text_poke_sync_each_cpu();
	}

	for_each_possible_cpu(i) {
		atomic_t *refs;

		refs = per_cpu_ptr(&text_poke_array_refs, i);
		poke_label("put");
#ifdef NO_WAIT
		atomic_dec(refs);
#else
		if (!atomic_dec_and_test(refs)) {
			poke_label("refs0");
			atomic_cond_read_acquire(refs, !VAL);
		}
#endif
	}
	for (i = 0; i != nr_entries; i++) {
		addr = text_poke_addr(&text_poke_array.vec[i]);
		poke_label("");
		poke_done(addr, v);
	}
	poke_label("none");
	text_poke_array.nr_entries = 0;
}

static void __smp_text_poke_batch_add(unsigned long addr, const u8 *opcode, int len, const u8 *emulate)
{
	struct smp_text_poke_loc *tpl;
	struct insn insn;
	int nr, i = 0;

	poke_label("nr_entries");
	nr = text_poke_array.nr_entries;
	poke_label("inc");
	text_poke_array.nr_entries = nr + 1;
	/* Nothing checks that it is there. In the kernel nr_entries itself is what lies after the array. */
	tpl = &text_poke_array.vec[nr];

	if (len == 6)
		i = 1;
	/* What is longer does not fit into the text of an entry. */
	BUG_ON(len - i > TEXT_POKE_MAX_OPCODE_SIZE);
	tpl->text = opcode + i;
	if (!emulate)
		emulate = opcode;
	BUG_ON(insn_decode_kernel(&insn, emulate) < 0);
	poke_label("rel_addr");
	tpl->rel_addr = addr - _stext;
	poke_label("len");
	tpl->len = len;
	poke_label("opcode");
	tpl->opcode = first_of(insn);
	if (is_jcc32(&insn)) {
		u8 short_one = insn.opcode.bytes[1] - 0x10;

		/* The length tells them apart. */
		poke_label("opcode");
		tpl->opcode = short_one;
	}

	switch (tpl->opcode) {
	case JMP8_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
	case RET_INSN_OPCODE:
		for (i = insn.length; i < len; ++i) {
			u8 padding = tpl->text[i];

			BUG_ON(padding != INT3_INSN_OPCODE);
		}
		break;
	default:
		BUG_ON(insn.length != len);
	}

	switch (tpl->opcode) {
	case RET_INSN_OPCODE:
	case INT3_INSN_OPCODE:
		break;
	case 0x70 ... 0x7f:
	case JMP8_INSN_OPCODE:
	case JMP32_INSN_OPCODE:
	case CALL_INSN_OPCODE:
		poke_label("disp");
#ifdef OWN_LENGTH
		/* The handler adds it to the address after the padding. */
		tpl->disp = insn.immediate.value + insn.length - len;
#else
		tpl->disp = insn.immediate.value;
#endif
		break;
	default:
		/* Only a NOP can be meant: a jump to what follows. */
		if (len == JMP8_INSN_SIZE) {
			BUG_ON(memcmp(emulate, x86_nops[2], JMP8_INSN_SIZE));
			poke_label("opcode");
			tpl->opcode = JMP8_INSN_OPCODE;
			poke_label("disp");
			tpl->disp = 0;
		} else if (len == JMP32_INSN_SIZE) {
			BUG_ON(memcmp(emulate, x86_nops[5], JMP32_INSN_SIZE));
			poke_label("opcode");
			tpl->opcode = JMP32_INSN_OPCODE;
			poke_label("disp");
			tpl->disp = 0;
		} else {
			BUG();
		}
	}
}

/* Whether entries ascend with one more. */
static bool text_poke_addr_ordered(unsigned long addr)
{
	if (!text_poke_array.nr_entries)
		return true;
	return text_poke_addr(&text_poke_array.vec[text_poke_array.nr_entries - 1]) <= addr;
}

static void smp_text_poke_batch_add(unsigned long addr, const u8 *opcode, int len, const u8 *emulate, int v)
{
	int nr;

	poke_label("nr_entries");
	nr = text_poke_array.nr_entries;
	if (nr == TEXT_POKE_ARRAY_MAX || !text_poke_addr_ordered(addr)) {
		poke_label("flush");
		smp_text_poke_batch_finish(v);
	}
	poke_label("append");
	__smp_text_poke_batch_add(addr, opcode, len, emulate);
}

/* Of c8976ade0c1b with UNCHECKED, else of 2aebf5ee43bf. */
static void smp_text_poke_single(unsigned long addr, const u8 *opcode, int len, const u8 *emulate, int v)
{
#ifdef UNCHECKED
	poke_label("append");
	__smp_text_poke_batch_add(addr, opcode, len, emulate);
#else
	poke_label("add");
	smp_text_poke_batch_add(addr, opcode, len, emulate, v);
#endif
	poke_label("finish");
	smp_text_poke_batch_finish(v);
}

#endif
