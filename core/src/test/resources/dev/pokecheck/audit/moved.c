// SPDX-License-Identifier: Apache-2.0
/* Plain accesses may change places: here the compiler stores y first, while it has nothing to wait for. */
#include "kernel.h"

int x, y, z;

void pokecheck_patcher(void)
{
	x = READ_ONCE(z) * 3;
	y = 1;
}
