// SPDX-License-Identifier: Apache-2.0
/*
 * A value is stored, then a flag that says so. WRITE_ONCE of the flag keeps no plain store in its place: a compiler may store the value behind it.
 *
 * scenario: cpus=2 site0=nop1->nop1 thread=none
 * expect: --property bug holds
 * expect: --plain compiler violates bug
 * expect: --plain compiler -D MARKED --property bug holds
 * expect: --plain compiler -D BARRIER --property bug holds
 * expect: --plain compiler -D RELEASE --property bug holds
 */
#include <pokecheck.h>

static int ready;
static int length;

void pokecheck_patcher(void)
{
#ifdef MARKED
	WRITE_ONCE(length, 5);
#else
	length = 5;
#endif
#ifdef BARRIER
	barrier();
#endif
#ifdef RELEASE
	smp_store_release(&ready, 1);
#else
	WRITE_ONCE(ready, 1);
#endif
}

void pokecheck_thread(int cpu)
{
	if (cpu == 1 && smp_load_acquire(&ready))
		BUG_ON(READ_ONCE(length) != 5);
}
