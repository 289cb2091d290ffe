// SPDX-License-Identifier: Apache-2.0
/*
 * A pointer is loaded, tested and followed. A compiler that keeps it in no register loads it again, and by then it is null.
 *
 * scenario: cpus=2 site0=nop1->nop1 thread=none
 * expect: --property bug holds
 * expect: --plain compiler violates bug
 * expect: --plain compiler -D MARKED --property bug holds
 */
#include <pokecheck.h>

#ifdef MARKED
#define LOAD(x) READ_ONCE(x)
#else
#define LOAD(x) (x)
#endif

struct desc { int nr; };

static struct desc desc;
static struct desc *published;

void pokecheck_patcher(void)
{
	WRITE_ONCE(desc.nr, 1);
	smp_store_release(&published, &desc);
	WRITE_ONCE(published, NULL);
}

void pokecheck_thread(int cpu)
{
	struct desc *found;

	if (cpu == 1) {
		found = LOAD(published);
		if (found)
			BUG_ON(READ_ONCE(found->nr) != 1);
	}
}
