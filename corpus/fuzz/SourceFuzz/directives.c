#include <pokecheck.h>
#define CAT(a, b) a##b
#define NAME(n) CAT(step, n)
#define LIST(...) { __VA_ARGS__ }
#define CALL(f, args...) f(args)
#if defined(NAME) && NR_CPUS > 1 && !defined NO
static int NAME(1)[] = LIST(1, [3] = 2), x __range(0, 9);
#elif 1
#error "other"
#else
#undef NAME
#endif
enum { A = 1, B = A << 2, C };
static int f(int a, int b) { return a ? b : a + b; }
static void h(void *data) { switch (*(int *)data) { case A ... B: x = 1; break; case C: x = 2; default: ; } }
void pokecheck_patcher(void)
{
	int i = C;
	on_each_cpu(h, &i, 1);
	poke_each_site(s) {
		poke_begin(s);
		text_poke(POKE_ADDR(s), POKE_NEW(s), POKE_LEN(s));
		poke_end(s);
	}
again:
	if (CALL(f, READ_ONCE(x), 1) == 2 && x != 'a')
		goto again;
	while (READ_ONCE(x) > 3u) cpu_relax();
	do { if (x--) continue; break; } while (1);
}
