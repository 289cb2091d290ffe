/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: naive
 * source:  negative control; what every text on cross-modifying code warns of
 *          (Intel SDM vol. 3, "Handling Self- and Cross-Modifying Code")
 * summary: memcpy over live text
 *
 * variant: sync -D SYNC
 * summary: memcpy over live text, then every CPU serializes
 *
 * scenario: cpus=2 site0=nop5->jmp32
 * expect:   violates torn
 * expect:   -D SYNC violates torn
 * expect:   --fetch coherent --chunk 8 --split word holds atomic
 * expect:   --fetch stale-insn --split word violates stale
 * expect:   -D SYNC --fetch stale-insn --split word violates backwards
 */
#include <pokecheck.h>

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s)
			poke_begin_version(s, v);
		poke_each_site(s) {
			poke_label("memcpy");
			text_poke(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
		}
#ifdef SYNC
		poke_label("sync1");
		smp_text_poke_sync_each_cpu();
#endif
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
