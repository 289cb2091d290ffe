/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: optprobe
 * sites:   90900f1f00->probe->jmp32->cc900f1f00->90900f1f00
 * source:  Linux 5.6, arch/x86/kernel/kprobes/opt.c, arch_optimize_kprobes, arch_unoptimize_kprobe and setup_detour_execution; kernel/kprobes.c, kprobe_optimizer
 * summary: arm, wait until no thread sleeps inside the window, replace INT3 by a JMP; and back
 *
 * variant: flag-first -D FLAG_FIRST
 * source:  Linux before f66c0447cca1 (2019), kernel/kprobes.c, unoptimize_kprobe
 * summary: as optprobe, but the flag is cleared before the old instructions are back
 *
 * variant: no-wait -D NO_WAIT
 * source:  as optprobe, without synchronize_rcu_tasks
 * summary: as optprobe, without waiting for threads inside the window
 *
 * variant: no-arm-sync -D NO_ARM_SYNC
 * source:  Linux before 5c02ece81848 (2019, Linux 5.6; in tip 5b8ad1c9bc44), arch/x86/kernel/kprobes/core.c, arch_arm_kprobe
 * summary: as optprobe, but it is not made sure that the INT3 is seen before the wait begins
 *
 * An INT3 that becomes a JMP to a detour, over five bytes that may hold several instructions. The detour executes copies of them all and jumps to what follows the window; it is the function that
 * the JMP goes to. Versions of a site: old, armed, optimised, armed again, disarmed. The optimiser is asked for as the sysctl debug.kprobes-optimization does it, so that a probe is armed first.
 *
 * While the flag is set a breakpoint goes to the detour, else the handler single-steps the instruction that INT3 displaces and goes on inside the window, which is right only while the window holds
 * the old instructions.
 *
 * not modelled: kprobe_mutex, text_mutex, module_mutex: there is one caller; of unlocking that it is a locked operation
 * not modelled: kprobe_table: a probe is always found here (kprobe)
 * not modelled: the descriptor of text_poke_bp() and poke_int3_handler(), which is asked first while the JMP is put in, and sends breakpoints to the same detour (text_poke_bp_batch)
 * not modelled: the lists of the optimiser: what is on them follows from the versions; and OPTIMIZE_DELAY
 * not modelled: how the detour is made, as it is complete before the probe is armed
 * not modelled: the execution of the copied instruction and its second trap: they are part of the handler here, as they run with preemption off
 *
 * scenario: cpus=2 site0=90900f1f00->probe->jmp32->cc900f1f00->90900f1f00
 * expect:   holds regular
 * expect:   -D FLAG_FIRST violates mid-instruction
 * expect:   -D NO_WAIT violates mid-instruction
 * expect:   -D NO_ARM_SYNC violates mid-instruction
 */
#include <pokecheck.h>

#define is_probe(s, v) (POKE_BYTES(s, v)[0] == INT3_INSN_OPCODE)
#define is_jump(s, v) (POKE_BYTES(s, v)[0] == JMP32_INSN_OPCODE)

enum { KPROBE_FLAG_OPTIMIZED = 1 };

struct kprobe {
	unsigned int flags;
};

/* The probe of each site. Its address and its detour never change, so they are no members. */
static struct kprobe kp[POKE_SITES];

/* ---- arch/x86/kernel/kprobes/core.c */

static void arch_arm_kprobe(unsigned long addr)
{
	static const u8 int3 = INT3_INSN_OPCODE;

	poke_label("opcode");
	text_poke(addr, &int3, sizeof(int3));
#ifndef NO_ARM_SYNC
	poke_label("text_poke_sync");
	text_poke_sync();
#endif
}

static void arch_disarm_kprobe(unsigned long addr, const u8 *opcode)
{
	poke_label("opcode");
	text_poke(addr, opcode, 1);
	poke_label("text_poke_sync");
	text_poke_sync();
}

/* ---- arch/x86/kernel/kprobes/opt.c */

/* arch/x86/kernel/alternative.c, text_poke_bp_batch(), for one site of several bytes. */
static void text_poke_bp(unsigned long addr, const u8 *opcode)
{
	static const u8 int3 = INT3_INSN_OPCODE;

	poke_label("int3");
	text_poke(addr, &int3, sizeof(int3));
	poke_label("sync1");
	text_poke_sync();
	poke_label("tail");
	text_poke(addr + sizeof(int3), opcode + sizeof(int3), JMP32_INSN_SIZE - sizeof(int3));
	poke_label("sync2");
	text_poke_sync();
	poke_label("head");
	text_poke(addr, opcode, sizeof(int3));
	poke_label("sync3");
	text_poke_sync();
}

static void arch_unoptimize_kprobe(unsigned long addr, const u8 *new)
{
	poke_label("int3");
	text_poke(addr, new, INT3_INSN_SIZE);
	poke_label("sync1");
	text_poke_sync();
	poke_label("tail");
	text_poke(addr + INT3_INSN_SIZE, new + INT3_INSN_SIZE, DISP32_SIZE);
	poke_label("sync2");
	text_poke_sync();
}

static bool setup_detour_execution(struct kprobe *p, struct pt_regs *regs, int s)
{
	poke_label("flags");
	if (!(p->flags & KPROBE_FLAG_OPTIMIZED))
		return false;
	poke_each_version(v) {
		if (is_jump(s, v)) {
			int3_emulate_jmp(regs, POKE_TARGET(s, v));
			return true;
		}
	}
	return true;
}

/* ---- kernel/kprobes.c */

static void kprobe_optimizer(int s, int v)
{
	struct kprobe *p = &kp[s];

	/* do_unoptimize_kprobes() */
	if (is_probe(s, v)) {
		poke_label("");
		arch_unoptimize_kprobe(POKE_ADDR(s), POKE_BYTES(s, v));
#ifndef FLAG_FIRST
		poke_label("flag");
		p->flags &= ~KPROBE_FLAG_OPTIMIZED;
#endif
	}
#ifndef NO_WAIT
	poke_label("rcu_tasks");
	synchronize_rcu_tasks();
#endif
	/* do_optimize_kprobes() */
	if (is_jump(s, v)) {
		poke_label("bp");
		text_poke_bp(POKE_ADDR(s), POKE_BYTES(s, v));
	}
	poke_label("mutex_unlock");
	smp_mb();
}

static void optimize_kprobe(int s)
{
	poke_label("flag");
	kp[s].flags |= KPROBE_FLAG_OPTIMIZED;
}

static void unoptimize_kprobe(int s)
{
#ifdef FLAG_FIRST
	poke_label("flag");
	kp[s].flags &= ~KPROBE_FLAG_OPTIMIZED;
#endif
}

/* ---- the breakpoint */

/* kprobe_int3_handler() and setup_singlestep() */
int pokecheck_int3(struct pt_regs *regs)
{
	poke_each_site(s) {
		if (regs->ip - INT3_INSN_SIZE == POKE_ADDR(s)) {
			poke_label("");
			if (setup_detour_execution(&kp[s], regs, s))
				return 1;
			poke_each_version(v) {
				if (is_probe(s, v)) {
					poke_label("singlestep");
					poke_emulate(regs, s, v);
					return 1;
				}
			}
		}
	}
	return 0;
}

static void bring(int s, int v)
{
	poke_begin_version(s, v);
	poke_require(is_probe(s, v) || is_probe(s, v - 1),
		     "an optimised kprobe goes from the old code to INT3, to a JMP, to INT3, and back; it is for --sites '90900f1f00->probe->jmp32->cc900f1f00->90900f1f00'");
	if (is_probe(s, v) && !is_jump(s, v - 1)) {
		poke_label("arm");
		arch_arm_kprobe(POKE_ADDR(s));
	} else if (is_jump(s, v)) {
		poke_label("optimize");
		optimize_kprobe(s);
		poke_label("optimizer");
		kprobe_optimizer(s, v);
	} else if (is_probe(s, v)) {
		poke_label("unoptimize");
		unoptimize_kprobe(s);
		poke_label("optimizer");
		kprobe_optimizer(s, v);
	} else {
		poke_label("disarm");
		arch_disarm_kprobe(POKE_ADDR(s), POKE_BYTES(s, v));
	}
	poke_end_version(s, v);
}

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s) {
			poke_label("");
			bring(s, v);
		}
	}
}
