#include <pokecheck.h>
struct pair { int a; union { u8 a; u8 b; }; };
static struct pair p, q;
void pokecheck_patcher(void)
{
	q = p;
}
