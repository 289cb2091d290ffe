/* SPDX-License-Identifier: Apache-2.0 */
/* smp_text_poke.c: the breakpoint method of Linux 6.16 and later, from the kernel's own text.
 *
 * cut: smp_text_poke_loc TEXT_POKE_ARRAY_MAX smp_text_poke_array text_poke_array_refs try_get_text_poke_array put_text_poke_array
 * cut: text_poke_addr patch_cmp smp_text_poke_int3_handler smp_text_poke_batch_finish __smp_text_poke_batch_add text_poke_addr_ordered
 * cut: smp_text_poke_batch_add smp_text_poke_single is_jcc32
 *
 * scenario: cpus=2 site0=nop5->jmp32
 */
#include <pokecheck.h>

/* Room for each site, and not for 256. */
#define PAGE_SIZE (POKE_SITES * sizeof(struct smp_text_poke_loc))

#include "alternative.c"

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s) {
			poke_begin_version(s, v);
			smp_text_poke_batch_add((void *)POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s), NULL);
		}
		smp_text_poke_batch_finish();
		poke_each_site(s)
			poke_end_version(s, v);
	}
}

int pokecheck_int3(struct pt_regs *regs)
{
	return smp_text_poke_int3_handler(regs);
}
