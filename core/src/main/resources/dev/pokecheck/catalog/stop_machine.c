/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: stop_machine
 * source:  Linux 2.6.38 to 3.11, arch/x86/kernel/alternative.c, text_poke_smp_batch and stop_machine_text_poke
 * summary: one CPU writes while all others spin with IRQs off; then every CPU serializes
 *
 * variant: barrier -D BARRIER
 * source:  Linux before 0e00f7aed6af (2011): the other CPUs only saw a flag and a memory barrier
 * summary: as stop_machine, but the other CPUs execute a memory barrier where they should serialize
 *
 * Whichever CPU comes first writes; that need not be the one that called stop_machine().
 *
 * not modelled: flush_icache_range(), which does nothing on x86
 * not modelled: in text_poke(), the mapping through which it writes, IRQs off (they are off here), and that it reads the text back
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect:   holds atomic
 * expect:   -D BARRIER violates torn
 */
#include <pokecheck.h>

static atomic_t stop_machine_first __range(1 - NR_CPUS, 1);
static int wrote_text;

struct text_poke_param {
	unsigned long addr;
	const u8 *opcode;
	size_t size;
};

struct text_poke_params {
	struct text_poke_param params[POKE_SITES];
	int nparams;
};

/* arch/x86/kernel/alternative.c, stop_machine_text_poke(), Linux 3.6. smp_mb() was an MFENCE then, and sync_core() a CPUID. */
static int stop_machine_text_poke(void *data)
{
	const struct text_poke_params *tpp = data;
	int i, nparams = tpp->nparams;

	poke_label("first");
	if (atomic_dec_and_test(&stop_machine_first)) {
		for (i = 0; i < nparams; i++) {
			const struct text_poke_param *p = &tpp->params[i];

			poke_label("text_poke");
			text_poke(p->addr, p->opcode, p->size);
			poke_label("text_poke_sync");
			poke_cpuid();
		}
		smp_wmb();
		poke_label("wrote_text");
		wrote_text = 1;
	} else {
		poke_label("wait");
		while (!wrote_text)
			cpu_relax();
		poke_label("mb");
		poke_mfence();
	}
#ifndef BARRIER
	poke_label("sync_core");
	poke_cpuid();
#endif
	return 0;
}

/* arch/x86/kernel/alternative.c, text_poke_smp_batch(), Linux 3.6. */
static void text_poke_smp_batch(struct text_poke_params *tpp)
{
	poke_label("init.first");
	atomic_set(&stop_machine_first, 1);
	poke_label("init.wrote_text");
	wrote_text = 0;
	poke_label("stop_machine");
	stop_machine(stop_machine_text_poke, tpp, NULL);
}

void pokecheck_patcher(void)
{
	struct text_poke_params tpp;

	poke_each_version(v) {
		poke_each_site(s) {
			poke_begin_version(s, v);
			tpp.params[s].addr = POKE_ADDR(s);
			tpp.params[s].opcode = POKE_BYTES(s, v);
			tpp.params[s].size = POKE_LEN(s);
		}
		tpp.nparams = POKE_SITES;
		poke_label("");
		text_poke_smp_batch(&tpp);
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
