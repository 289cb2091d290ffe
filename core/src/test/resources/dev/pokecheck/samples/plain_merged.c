// SPDX-License-Identifier: Apache-2.0
/*
 * A loop waits for an acknowledgement. Nothing in it tells a compiler that the variable changes: the loads become one, before the loop, which then never ends.
 *
 * scenario: cpus=2 site0=nop1->nop1 thread=none
 * expect: holds
 * expect: --plain compiler violates deadlock
 * expect: --plain compiler -D MARKED holds
 * expect: --plain compiler -D RELAX holds
 */
#include <pokecheck.h>

#ifdef MARKED
#define LOAD(x) READ_ONCE(x)
#else
#define LOAD(x) (x)
#endif

static int acknowledged;

void pokecheck_patcher(void)
{
	while (!LOAD(acknowledged)) {
#ifdef RELAX
		cpu_relax();
#endif
	}
}

void pokecheck_thread(int cpu)
{
	if (cpu == 1)
		WRITE_ONCE(acknowledged, 1);
}
