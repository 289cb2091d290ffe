/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: ftrace_modify_all_code
 * source:  Linux 5.2 to 5.5 (9e298e860408 and 2700fefdb2d9, 2019), arch/x86/kernel/ftrace.c, arch_ftrace_update_code, ftrace_replace_code, ftrace_update_ftrace_func and
 *          ftrace_int3_handler
 * summary: INT3 at every site, tails, heads, with a synchronisation after each; the handler emulates a call
 *
 * variant: skip -D SKIP
 * source:  Linux 3.7 to 5.1, arch/x86/kernel/ftrace.c, ftrace_int3_handler
 * summary: as ftrace_modify_all_code, but the handler goes on after the instruction
 *
 * variant: no-gap -D NO_GAP
 * source:  9e298e860408 without 2700fefdb2d9 (2019), arch/x86/kernel/ftrace.c, ftrace_int3_handler
 * summary: as ftrace_modify_all_code, but the handler's frame lies right below the trapped stack
 *
 * variant: records-only -D SKIP -D RECORDS_ONLY
 * source:  Linux 3.6, arch/x86/kernel/ftrace.c, ftrace_update_ftrace_func and ftrace_int3_handler
 * summary: as skip, but the handler does not know of the call in ftrace_caller() that is changed
 *
 * variant: direct -D DIRECT
 * source:  Linux before 8a4d0a687a59 (2012, Linux 3.6), arch/x86/kernel/ftrace.c, ftrace_update_ftrace_func
 * summary: all bytes of a live call written at once, then this CPU serializes
 *
 * ftrace changes two kinds of calls. At the beginning of a function, of which it has a record, there is a NOP or a call of ftrace_caller(); ftrace_replace_code() changes all records
 * together. In ftrace_caller() itself there is always a call, of what is to be called; ftrace_update_ftrace_func() changes it alone. Here a site is a record if some of its versions
 * are calls, to one function, and others are none; any other is the call in ftrace_caller(). Where a version of that is no call, nothing is called: the handler goes on after it.
 *
 * not modelled: probe_kernel_read() and memcmp() of what is there before it is written: nobody else writes
 * not modelled: what is done if a store fails: none does
 * not modelled: flags of records; what is done with one follows from the versions
 * not modelled: a call that becomes another at the beginning of a function (FTRACE_UPDATE_MODIFY_CALL): only the one in ftrace_caller()
 * not modelled: ftrace_regs_call, which is changed after ftrace_call in the same way, unless it is a site
 * not modelled: set_kernel_text_rw() and text_mutex; there is one caller
 *
 * scenario: cpus=2 site0=nop5->call
 * expect:   holds atomic
 * expect:   --sites call->call holds atomic
 * expect:   -D SKIP --nmi 2 --workload none --nmi-work site holds regular
 * expect:   -D SKIP --sites call->call violates lost-call
 * expect:   -D NO_GAP violates corrupt-frame
 * expect:   -D SKIP -D RECORDS_ONLY --sites call->call violates unhandled-int3
 * expect:   -D DIRECT violates torn
 */
#include <pokecheck.h>

#ifdef NO_GAP
#undef int3_emulate_push
#define int3_emulate_push(regs, address) poke_push_without_gap(regs, address)
#endif

#define is_call(s, v) (POKE_BYTES(s, v)[0] == CALL_INSN_OPCODE)

/* Ours: ftrace_caller(), or what else the call of a record leads to; 0 if the site is no record. ftrace_regs_caller(), which the handler calls, does the same and more. */
static unsigned long ftrace_caller_of(int s)
{
	unsigned long caller = 0;
	int calls = 0;

	for (int v = 0; v < POKE_VERSIONS; v++) {
		if (!is_call(s, v))
			continue;
		if (calls && POKE_TARGET(s, v) != caller)
			return 0;
		caller = POKE_TARGET(s, v);
		calls++;
	}
	return calls < POKE_VERSIONS ? caller : 0;
}

#ifdef DIRECT
/* arch/x86/kernel/ftrace.c, ftrace_update_ftrace_func() and ftrace_modify_code(), Linux 3.5. sync_core() was a CPUID. */
static void ftrace_update_ftrace_func(unsigned long ip, const u8 *new_code, int size)
{
	poke_label("probe_kernel_write");
	text_poke(ip, new_code, size);
	poke_label("sync_core");
	poke_cpuid();
}

static void arch_ftrace_update_code(int v)
{
	poke_each_site(s) {
		poke_label("");
		ftrace_update_ftrace_func(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
	}
}
#else
static atomic_t modifying_ftrace_code __range(0, 2);
static unsigned long ftrace_update_func;
static unsigned long ftrace_update_func_call;

/* ---- arch/x86/kernel/ftrace.c, Linux 5.4 */

static void run_sync(void)
{
	/* They may be, while booting. */
	bool irqs_are_off = irqs_disabled();

	if (num_online_cpus() > 1) {
		if (irqs_are_off)
			local_irq_enable();
		text_poke_sync();
		if (irqs_are_off)
			local_irq_disable();
	}
}

static void add_break(unsigned long ip)
{
	static const u8 brk = INT3_INSN_OPCODE;

	poke_label("add_breakpoint");
	text_poke(ip, &brk, sizeof(brk));
}

static void add_update_code(unsigned long ip, const u8 *new, int size)
{
	poke_label("add_update");
	text_poke(ip + 1, new + 1, size - 1);
}

static void finish_update(unsigned long ip, const u8 *new)
{
	poke_label("finish_update");
	text_poke(ip, new, 1);
}

static void ftrace_replace_code(int v)
{
	int records = 0;

	poke_each_site(s) {
		if (ftrace_caller_of(s)) {
			poke_label("");
			add_break(POKE_ADDR(s));
			records++;
		}
	}
	if (!records)
		return;
	poke_label("run_sync1");
	run_sync();
	poke_each_site(s) {
		if (ftrace_caller_of(s)) {
			poke_label("");
			add_update_code(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
		}
	}
	poke_label("run_sync2");
	run_sync();
	poke_each_site(s) {
		if (ftrace_caller_of(s)) {
			poke_label("");
			finish_update(POKE_ADDR(s), POKE_BYTES(s, v));
		}
	}
	poke_label("run_sync3");
	run_sync();
}

static void ftrace_modify_code(unsigned long ip, const u8 *new_code, int size)
{
	poke_label("");
	add_break(ip);
	poke_label("run_sync1");
	run_sync();
	if (size > 1) {
		poke_label("");
		add_update_code(ip, new_code, size);
	}
	poke_label("run_sync2");
	run_sync();
	poke_label("");
	finish_update(ip, new_code);
	poke_label("run_sync3");
	run_sync();
}

static void update_ftrace_func(unsigned long ip, const u8 *new, int size)
{
	poke_label("update_func");
	ftrace_update_func = ip;
	smp_wmb();
	poke_label("open_gate");
	atomic_inc(&modifying_ftrace_code);
	poke_label("");
	ftrace_modify_code(ip, new, size);
	poke_label("close_gate");
	atomic_dec(&modifying_ftrace_code);
}

static void ftrace_update_ftrace_func(int s, int v)
{
	poke_label("update_func_call");
	ftrace_update_func_call = is_call(s, v) ? POKE_TARGET(s, v) : 0;
	poke_label("");
	update_ftrace_func(POKE_ADDR(s), POKE_BYTES(s, v), POKE_LEN(s));
}

/* kernel/trace/ftrace.c, ftrace_modify_all_code(), Linux 5.4: what FTRACE_UPDATE_TRACE_FUNC and FTRACE_UPDATE_CALLS ask for. */
static void ftrace_modify_all_code(int v)
{
	poke_each_site(s) {
		if (!ftrace_caller_of(s)) {
			poke_label("ftrace_caller");
			ftrace_update_ftrace_func(s, v);
		}
	}
	poke_label("");
	ftrace_replace_code(v);
}

static void arch_ftrace_update_code(int v)
{
	poke_label("open_gate");
	atomic_inc(&modifying_ftrace_code);
	poke_label("");
	ftrace_modify_all_code(v);
	poke_label("close_gate");
	atomic_dec(&modifying_ftrace_code);
}

static int ftrace_int3_handler(struct pt_regs *regs)
{
	unsigned long ip = regs->ip - INT3_INSN_SIZE;

	/* ftrace_location() */
	poke_each_site(s) {
		if (ftrace_caller_of(s) && ip == POKE_ADDR(s)) {
#ifdef SKIP
			regs->ip += POKE_LEN(s) - 1;
#else
			int3_emulate_call(regs, ftrace_caller_of(s));
#endif
			return 1;
		}
	}
#ifndef RECORDS_ONLY
	/* is_ftrace_caller() */
	poke_label("ftrace_update_func");
	if (ip == ftrace_update_func) {
#ifndef SKIP
		poke_label("ftrace_update_func_call");
		if (ftrace_update_func_call) {
			poke_label("func_call");
			int3_emulate_call(regs, ftrace_update_func_call);
			return 1;
		}
#endif
		poke_each_site(s) {
			if (ip == POKE_ADDR(s))
				int3_emulate_jmp(regs, ip + POKE_LEN(s));
		}
		return 1;
	}
#endif
	return 0;
}

/* arch/x86/kernel/traps.c, do_int3(), Linux 5.4: ftrace is asked first. */
int pokecheck_int3(struct pt_regs *regs)
{
	poke_label("modifying_ftrace_code");
	if (atomic_read(&modifying_ftrace_code)) {
		poke_label("");
		return ftrace_int3_handler(regs);
	}
	return 0;
}
#endif

void pokecheck_patcher(void)
{
	poke_each_version(v) {
		poke_each_site(s)
			poke_begin_version(s, v);
		poke_label("");
		arch_ftrace_update_code(v);
		poke_each_site(s)
			poke_end_version(s, v);
	}
}
