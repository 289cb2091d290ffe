/* scenario: cpus=2
 *   site0=nop5->jmp32
 * not modelled: what memory holds
 *   that was freed
 */
#include <pokecheck.h>
struct desc { int refs __range(0, 3); struct { struct desc *next; } in; int list[2]; };
static struct desc *current_desc, many[2] = { { .refs = 1 }, { 2, { &many[0] } } };
static struct desc *outer(struct desc **link) { return container_of(link, struct desc, in.next); }
void pokecheck_thread(int cpu)
{
	struct desc *d, copy;
	rcu_read_lock();
	d = rcu_dereference(current_desc);
	if (d) { copy.refs = d->refs; copy.list[0] = copy.refs; }
	rcu_read_unlock();
}
void pokecheck_patcher(void)
{
	struct desc *d = kmalloc(sizeof(*d), GFP_KERNEL), *e;
	int *n = kcalloc(2, sizeof(int), GFP_KERNEL), v = poke_choose(2), *p, *end = n + v;
	d->refs = ++v;
	for (p = n; p < end; p++)
		*p = v;
	for (e = many; e < many + 2; e++)
		e->list[v & 1] = e - many;
	rcu_assign_pointer(current_desc, outer(&d->in.next));
	WRITE_ONCE(current_desc, NULL);
	synchronize_rcu();
	kfree(d);
	kfree(n);
}
