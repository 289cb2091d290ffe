/* SPDX-License-Identifier: Apache-2.0 */
/* plain.c: plain reads that a compiler merges and moves; with ONCE it keeps them.
 *
 * scenario: cpus=2 site0=nop1->nop1 thread=none
 */
#include "kernel.h"

#ifdef ONCE
#define LOAD(x) READ_ONCE(x)
#else
#define LOAD(x) (x)
#endif

static int stop, count, value;
static int merged(void)
{
	int before = LOAD(count);
	int after;

	WRITE_ONCE(value, 1);
	after = LOAD(count);
	return after - before;
}

static int moved(void)
{
	int rounds = 0;

	while (!LOAD(stop))
		rounds = 1;
	return rounds;
}

void pokecheck_patcher(void)
{
	BUG_ON(merged());
	BUG_ON(moved());
}

void pokecheck_thread(int cpu)
{
	if (cpu == 1) {
		WRITE_ONCE(count, 1);
		WRITE_ONCE(stop, 1);
	}
}
