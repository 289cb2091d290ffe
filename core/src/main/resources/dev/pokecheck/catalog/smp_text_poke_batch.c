/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: smp_text_poke_batch
 * source:  Linux 6.16, arch/x86/kernel/alternative.c, smp_text_poke_batch_add, _finish and smp_text_poke_int3_handler
 * summary: as text_poke_bp_batch, with one global array of sites and a reference count on every CPU
 *
 * variant: no-wait -D NO_WAIT
 * source:  Linux 6.16, arch/x86/kernel/alternative.c, smp_text_poke_batch_add, _finish and smp_text_poke_int3_handler; the wait for the reference counts left out
 * summary: as smp_text_poke_batch, but the patcher drops its references and does not wait for 0
 *
 * All sites are queued, and finished together. The functions of the kernel stand in smp_text_poke.h. A patch call is over where its entry is done.
 * OWN_LENGTH is the repair that text_poke_bp_batch has as a variant.
 *
 * not modelled: perf_event_text_poke() and the old bytes that are read for it; an observer
 * not modelled: in text_poke(), IRQs off, two loads of CR3, which serialize, and that it reads the text back; more can happen without
 * not modelled: the size of the array, a page; it has an entry for each site
 * not modelled: that the patcher loads nr_entries in each round of its loops, which it alone stores to; it is loaded once
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect:   holds exactly atomic
 * expect:   -D NO_WAIT holds atomic
 * expect:   -D NO_WAIT --sites 'nop5->jmp32->nop5' --workload foreign violates unhandled-int3
 * expect:   --sites 'nop5->eb10cccccc' violates bug
 * expect:   -D OWN_LENGTH --sites 'nop5->eb10cccccc' holds exactly atomic
 * expect:   -D OWN_LENGTH --sites 'jcc32->jcc32' holds atomic
 */
#include "smp_text_poke.h"

void pokecheck_patcher(void)
{
	poke_follow_stores();
	poke_each_version(v) {
		poke_each_site(s) {
			poke_begin_version(s, v);
			poke_label("queue");
			smp_text_poke_batch_add(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s), NULL, v);
		}
		poke_label("apply");
		smp_text_poke_batch_finish(v);
	}
}
