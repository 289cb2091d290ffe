/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: kprobe
 * sites:   nop5->probe->nop5
 * source:  Linux with 8e791f7eba4c (2023), arch/x86/kernel/kprobes/core.c, arch_arm_kprobe, arch_disarm_kprobe and kprobe_int3_handler; kernel/kprobes.c, register_kprobe and
 *          unregister_kprobes
 * summary: INT3 in and out by a one-byte store, each followed by a synchronisation of all CPUs
 *
 * variant: no-sync -D NO_SYNC
 * source:  Linux before 5c02ece81848 (2019, Linux 5.6; in tip 5b8ad1c9bc44), without its check for an INT3 that is gone
 * summary: as kprobe, with no synchronisation after the stores: an RCU grace period is to do instead
 *
 * variant: no-sync-rcu-first -D NO_SYNC -D RCU_FIRST
 * source:  Linux before 5c02ece81848 (2019, Linux 5.6; in tip 5b8ad1c9bc44), with a grace period more
 * summary: as kprobe@no-sync, and handlers that are under way are waited for before the probe is taken off the table
 *
 * variant: no-sync-reread -D NO_SYNC -D REREAD
 * source:  Linux before 5c02ece81848 (2019, Linux 5.6; in tip 5b8ad1c9bc44)
 * summary: as kprobe@no-sync, and where no probe is found, and INT3 is gone, the instruction is executed again
 *
 * A breakpoint that stays. The versions of a site are old->probe->old: version 1 registers a probe, version 2 unregisters it, and its owner then frees it. "The patch call returns" means
 * that the probe is hit from now on, or no more. Each site has a probe of its own, and a bucket of the table.
 *
 * The check for an INT3 that is gone is no remedy for a missing synchronisation: a CPU that still fetches the INT3 of a probe that is gone, and finds nothing in the table, reads an INT3 again
 * if another probe has been registered there in between. Linux 5.6 to 6.2 have the synchronisation and the check (-D REREAD).
 *
 * not modelled: kprobe_mutex, text_mutex, cpus_read_lock(): there is one caller, and all CPUs stay online
 * not modelled: several probes on one address, optimised probes (optprobe), and probes on calls of ftrace
 * not modelled: the execution of the copied instruction and its second trap: they are part of the handler here, as they run with preemption off
 * not modelled: what else is read of a probe that was found, before p->ainsn.insn: nothing of it changes while the probe is registered
 * not modelled: kprobe_running() and reenter_kprobe(): a probe hit in the handler of another is single-stepped all the same
 * not modelled: the flag KPROBE_FLAG_DISABLED, which only callers read
 *
 * scenario: cpus=2 site0=nop5->probe->nop5
 * expect:   holds atomic
 * expect:   -D REREAD holds atomic
 * expect:   -D NO_SYNC --fetch coherent violates unhandled-int3
 * expect:   -D NO_SYNC -D RCU_FIRST violates unhandled-int3
 * expect:   -D NO_SYNC -D REREAD holds safe
 * expect:   -D NO_SYNC -D REREAD --sites nop2->probe->nop2->probe->nop2 violates unhandled-int3
 * expect:   -D REREAD --sites nop2->probe->nop2->probe->nop2 holds atomic
 */
#include <pokecheck.h>

#define is_probe(s, v) (POKE_BYTES(s, v)[0] == INT3_INSN_OPCODE)

struct kprobe {
	unsigned long addr;
	u8 opcode;
	/* The version that INT3 belongs to, for the address of the copy of what it displaces. */
	struct {
		int insn;
	} ainsn;
};

static struct kprobe *kprobe_table[POKE_SITES];

/* ---- arch/x86/kernel/kprobes/core.c, Linux 6.1, but for what the variants say */

/* arch_copy_kprobe() */
static void arch_prepare_kprobe(struct kprobe *p, int s, int v)
{
	poke_label("opcode");
	p->opcode = POKE_BYTES(s, v - 1)[0];
	poke_label("insn");
	p->ainsn.insn = v;
}

static void arch_arm_kprobe(struct kprobe *p)
{
	static const u8 int3 = INT3_INSN_OPCODE;

	poke_label("int3");
	text_poke(p->addr, &int3, sizeof(int3));
#ifndef NO_SYNC
	poke_label("text_poke_sync");
	text_poke_sync();
#endif
}

static void arch_disarm_kprobe(struct kprobe *p)
{
	poke_label("opcode");
	text_poke(p->addr, &p->opcode, sizeof(p->opcode));
#ifndef NO_SYNC
	poke_label("text_poke_sync");
	text_poke_sync();
#endif
}

/* setup_singlestep(): the handler goes on in the copy. */
static void setup_singlestep(struct kprobe *p, struct pt_regs *regs)
{
	int insn;

	poke_label("insn");
	insn = p->ainsn.insn;
	poke_each_site(s) {
		if (regs->ip - 1 == POKE_ADDR(s))
			for (int v = 1; v < POKE_VERSIONS; v += 2)
				if (insn == v) {
					poke_label("singlestep");
					poke_emulate(regs, s, v);
				}
	}
}

/* ---- kernel/kprobes.c, Linux 6.1 */

static struct kprobe *get_kprobe(unsigned long addr)
{
	struct kprobe *p = NULL;

	poke_each_site(s) {
		if (addr == POKE_ADDR(s)) {
			poke_label("hlist_first");
			p = rcu_dereference(kprobe_table[s]);
		}
	}
	if (!p)
		return NULL;
	poke_label("addr");
	return p->addr == addr ? p : NULL;
}

static void register_kprobe(struct kprobe *p, int s, int v)
{
	poke_label("prepare");
	arch_prepare_kprobe(p, s, v);
	poke_label("hlist_add");
	rcu_assign_pointer(kprobe_table[s], p);
	poke_label("arm");
	arch_arm_kprobe(p);
}

static void unregister_kprobe(struct kprobe *p, int s)
{
	poke_label("disarm");
	arch_disarm_kprobe(p);
#ifdef RCU_FIRST
	poke_label("rcu_first");
	synchronize_rcu();
#endif
	poke_label("hlist_del");
	WRITE_ONCE(kprobe_table[s], NULL);
	poke_label("rcu");
	synchronize_rcu();
}

/* ---- the breakpoint */

/* kprobe_int3_handler() */
int pokecheck_int3(struct pt_regs *regs)
{
	unsigned long addr = regs->ip - INT3_INSN_SIZE;
	struct kprobe *p;

	poke_label("get_kprobe");
	p = get_kprobe(addr);
	if (p) {
		poke_label("");
		setup_singlestep(p, regs);
		return 1;
	}
#ifdef REREAD
	/* Elsewhere than at a site there is an INT3 that stays. */
	poke_each_site(s) {
		if (addr != POKE_ADDR(s))
			continue;
		poke_label("reread");
		if (*(u8 *)POKE_ADDR(s) != INT3_INSN_OPCODE) {
			regs->ip = addr;
			return 1;
		}
	}
#endif
	return 0;
}

/* ---- the owner of a probe */

static void begin(struct kprobe *p, int s, int v)
{
	poke_begin_version(s, v);
	poke_label("addr");
	p->addr = POKE_ADDR(s);
	poke_label("register");
	register_kprobe(p, s, v);
	poke_end_version(s, v);
}

/* The probe lies on the stack of its owner, who waits for nothing but unregister_kprobe(). */
static void begin_and_end(int s, int v)
{
	struct kprobe kp;

	poke_label("");
	begin(&kp, s, v);
	poke_begin_version(s, v + 1);
	poke_label("unregister");
	unregister_kprobe(&kp, s);
	poke_end_version(s, v + 1);
}

void pokecheck_patcher(void)
{
	static struct kprobe kept[POKE_SITES];

	poke_each_site(s)
		poke_each_version(v)
			poke_require(is_probe(s, v) == v % 2, "a kprobe puts a breakpoint on what is there, and takes it off again; it is for --sites 'nop5->probe->nop5'");
	for (int v = 1; v < POKE_VERSIONS; v += 2) {
		poke_each_site(s) {
			poke_label("");
			if (v + 1 < POKE_VERSIONS)
				begin_and_end(s, v);
			else
				begin(&kept[s], s, v);
		}
	}
}
