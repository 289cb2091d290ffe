// SPDX-License-Identifier: Apache-2.0
/*
 * A value is read once a flag says that it is there. READ_ONCE of the flag keeps no plain load in its place: a compiler may load the value first.
 *
 * scenario: cpus=2 site0=nop1->nop1 thread=none
 * expect: --property bug holds
 * expect: --plain compiler violates bug
 * expect: --plain compiler -D MARKED --property bug holds
 * expect: --plain compiler -D ACQUIRE --property bug holds
 */
#include <pokecheck.h>

#ifdef MARKED
#define LOAD(x) READ_ONCE(x)
#else
#define LOAD(x) (x)
#endif

#ifdef ACQUIRE
#define IS_SET(x) smp_load_acquire(&(x))
#else
#define IS_SET(x) READ_ONCE(x)
#endif

static int ready;
static int length;

void pokecheck_patcher(void)
{
	WRITE_ONCE(length, 5);
	smp_store_release(&ready, 1);
}

void pokecheck_thread(int cpu)
{
	if (cpu == 1 && IS_SET(ready))
		BUG_ON(LOAD(length) != 5);
}
