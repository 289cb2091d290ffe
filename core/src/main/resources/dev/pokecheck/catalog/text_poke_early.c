/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: text_poke_early
 * source:  Linux 6.7, arch/x86/kernel/alternative.c, text_poke_early
 * summary: one CPU: interrupts off, memcpy, sync_core, interrupts on
 *
 * variant: sync-late -D SYNC_LATE
 * source:  Linux before 3ea1704a9296 (2023), arch/x86/kernel/alternative.c, text_poke_early
 * summary: as text_poke_early, but interrupts are on again before sync_core
 *
 * For a time when there is one CPU. Nothing in it keeps NMIs or a second CPU away; callers promise that there is none (stop_nmi() around
 * apply_alternatives(), before SMP; or a module that nobody runs yet).
 *
 * not modelled: the branch for a CPU with NX whose text is still writable, a plain memcpy() without any of the rest: that text is not executed yet
 *
 * scenario: cpus=1 site0=nop5->jmp32 irq=2
 * expect:   holds atomic
 * expect:   -D SYNC_LATE violates torn
 */
#include <pokecheck.h>

/* arch/x86/kernel/alternative.c, text_poke_early(), Linux 6.7. */
static void text_poke_early(unsigned long addr, const u8 *opcode, size_t len)
{
	unsigned long flags;

	poke_label("irq_save");
	local_irq_save(flags);
	poke_label("memcpy");
	text_poke(addr, opcode, len);
#ifndef SYNC_LATE
	poke_label("sync_core");
	sync_core();
#endif
	poke_label("irq_restore");
	local_irq_restore(flags);
#ifdef SYNC_LATE
	poke_label("sync_core");
	sync_core();
#endif
}

void pokecheck_patcher(void)
{
	poke_each_version(v) poke_each_site(s) {
		poke_begin_version(s, v);
		poke_label("early");
		text_poke_early(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
		poke_end_version(s, v);
	}
}
