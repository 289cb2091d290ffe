/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: smp_text_poke_single
 * source:  2aebf5ee43bf (2025), smp_text_poke_single
 * summary: the first site is patched by smp_text_poke_single while the others are queued: add, then finish
 *
 * variant: unchecked -D UNCHECKED
 * source:  Linux 6.16-rc, from c8976ade0c1b on, before 2aebf5ee43bf, smp_text_poke_single
 * summary: as smp_text_poke_single, but it is added after higher addresses without flushing them first
 *
 * variant: full -D FULL
 * summary: the last site is patched by smp_text_poke_single while the others fill the array
 *
 * variant: full-unchecked -D FULL -D UNCHECKED
 * source:  Linux 6.16-rc, from c8976ade0c1b on, before 2aebf5ee43bf, smp_text_poke_single
 * summary: as smp_text_poke_single@full, but it is added to the full array without flushing it first
 *
 * What users do since 6.16 allows it: they queue some sites, patch another by smp_text_poke_single(), and finish. That one site lies below the queued ones,
 * or, with FULL, above them when the array has no room left; it has room for one site less then. The functions of the kernel stand in smp_text_poke.h.
 *
 * not modelled: perf_event_text_poke() and the old bytes that are read for it; an observer
 * not modelled: in text_poke(), IRQs off, two loads of CR3, which serialize, and that it reads the text back; more can happen without
 * not modelled: that the patcher loads nr_entries in each round of its loops, which it alone stores to; it is loaded once
 *
 * scenario: cpus=2 site0=nop2->jmp8 site1=nop2->jmp8
 * expect:   holds atomic
 * expect:   -D UNCHECKED violates unhandled-int3
 * expect:   -D FULL holds atomic
 * expect:   -D FULL -D UNCHECKED violates bug
 */
#include <pokecheck.h>

#if defined(FULL) && POKE_SITES > 1
#define TEXT_POKE_ARRAY_MAX (POKE_SITES - 1)
#endif
#include "smp_text_poke.h"

#ifdef FULL
#define SINGLE (POKE_SITES - 1)
#else
#define SINGLE 0
#endif

void pokecheck_patcher(void)
{
	poke_follow_stores();
	poke_each_version(v) {
		poke_each_site(s) {
			if (s != SINGLE) {
				poke_begin_version(s, v);
				poke_label("queue");
				smp_text_poke_batch_add(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s), NULL, v);
			}
		}
		poke_begin_version(SINGLE, v);
		poke_label("single");
		smp_text_poke_single(POKE_ADDR(SINGLE), POKE_BYTES(SINGLE, v), POKE_LEN(SINGLE), NULL, v);
		poke_label("apply");
		smp_text_poke_batch_finish(v);
	}
}
