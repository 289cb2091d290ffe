#include <pokecheck.h>
#define MAX(a, b) ((a) > (b) ? (a) : (b))
struct pair { int a, b; union { u8 c; u8 d; }; };
static const int table[4] = { 3, 1, 4, 1 };
static struct pair p = { .a = 1, .b = 2 }, q;
static int (*ops[])(int) = { NULL };
static int twice(int x) { return 2 * x; }
static int next(struct pair *at, int i)
{
	static int last;
	int local[3] = { 1, 2, 3 };

	switch (i) {
	case 0:
	case 2 ... 3:
		last = at->a;
		break;
	default:
		return local[i & 1];
	}
	do {
		if (last-- == 1)
			continue;
	} while (last > 0);
	return MAX(table[i & 3], at->b);
}
void pokecheck_patcher(void)
{
	struct pair *at = &p;
	int i = 0, (*f)(int) = twice;

again:
	if (i++ < 3)
		goto again;
	q = p;
	for (i = 0; i < 4; i++)
		at->a = f(next(i ? at : &q, i)) & 7;
	while (READ_ONCE(p.b) != 2)
		cpu_relax();
	if (i == 9)
		goto out;
	p.b = sizeof(struct pair) << 1;
out:
	memset(&q, 0, sizeof(q));
	ops[0] = twice;
}
