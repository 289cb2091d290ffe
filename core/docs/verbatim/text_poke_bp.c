/* SPDX-License-Identifier: Apache-2.0 */
/* text_poke_bp.c: the breakpoint method of Linux 6.0 to 6.15, from the kernel's own text.
 *
 * cut: text_poke_loc bp_patching_desc bp_desc try_get_desc put_desc text_poke_addr patch_cmp poke_int3_handler
 * cut: TP_VEC_MAX tp_vec tp_vec_nr text_poke_bp_batch text_poke_loc_init tp_order_fail text_poke_flush text_poke_finish text_poke_queue
 * cut: is_jcc32
 *
 * scenario: cpus=2 site0=nop5->jmp32
 */
#include <pokecheck.h>

/* Room for each site, and not for 256. */
#define PAGE_SIZE (POKE_SITES * sizeof(struct text_poke_loc))

#include "alternative.c"

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s)
			poke_begin_version(s, v);
		poke_each_site(s)
			text_poke_queue((void *)POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s), NULL);
		text_poke_finish();
		poke_each_site(s)
			poke_end_version(s, v);
	}
}

int pokecheck_int3(struct pt_regs *regs)
{
	return poke_int3_handler(regs);
}
