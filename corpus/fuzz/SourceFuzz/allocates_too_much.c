#include <pokecheck.h>
void pokecheck_patcher(void)
{
	int *n = kcalloc(333333336, sizeof(int), GFP_KERNEL);
	kfree(n);
}
