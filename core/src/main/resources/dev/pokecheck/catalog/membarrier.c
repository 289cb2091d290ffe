/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: membarrier
 * source:  Linux 5.11, kernel/sched/membarrier.c, membarrier_private_expedited and ipi_sync_core
 * summary: store inside a word; the IPI handler executes sync_core, the return goes to a thread that leaves by SYSRET
 *
 * variant: ipi_mb -D IPI_MB
 * source:  Linux before 758c9373d841 (2020), kernel/sched/membarrier.c, membarrier_private_expedited and ipi_mb
 * summary: as membarrier, but the IPI handler is only a memory barrier
 *
 * variant: ipi_mb-iret -D IPI_MB -D NO_SWITCH
 * source:  Linux before 758c9373d841 (2020), kernel/sched/membarrier.c, membarrier_private_expedited and ipi_mb; no task switch
 * summary: as membarrier@ipi_mb, and the IPI returns to where it came from, by IRET
 *
 * A JIT compiler patches its code by a store inside one word and calls membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE). The store does not tear under the fetch that AMD promises
 * (chunk=8, split=word); what is at stake is whether some thread runs old code after the call.
 *
 * not modelled: which CPUs run threads of the process: all do; and that they have registered
 * not modelled: page-table isolation, with which the kernel leaves by a MOV to CR3, and sync_core_before_usermode() does nothing
 * not modelled: before 2020 the calling CPU is left out of the IPI (smp_call_function_many); here it executes ipi_mb(), too, between two smp_mb()
 *
 * scenario: cpus=2 site0=nop5->jmp32 chunk=8 split=word
 * expect:   holds regular
 * expect:   -D IPI_MB violates stale
 * expect:   -D IPI_MB -D NO_SWITCH holds regular
 * expect:   -D IPI_MB -D NO_SWITCH --chunk 1 --split byte violates torn
 */
#include <pokecheck/user.h>

#ifdef IPI_MB
static void ipi_mb(void *info)
{
	smp_mb();
#ifndef NO_SWITCH
	poke_leave_by_sysret();
#endif
}
#define ipi_func ipi_mb
#define IPI_FUNC "ipi_mb"
#else
/* sync_core_before_usermode() is sync_core(), also in an interrupt: a493d1ca1a03. */
static void ipi_sync_core(void *info)
{
	smp_mb();
	sync_core();
	poke_leave_by_sysret();
}
#define ipi_func ipi_sync_core
#define IPI_FUNC "ipi_sync_core"
#endif

static void membarrier_private_expedited(void)
{
	poke_label("mb_before");
	smp_mb();
	poke_label(IPI_FUNC);
	on_each_cpu(ipi_func, NULL, 1);
	poke_label("mb_after");
	smp_mb();
}

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s)
			poke_begin_version(s, v);
		poke_each_site(s) {
			poke_label("store");
			text_poke(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
		}
		poke_label("membarrier");
		membarrier_private_expedited();
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
