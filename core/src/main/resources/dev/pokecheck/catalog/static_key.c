/* SPDX-License-Identifier: Apache-2.0
 *
 * catalog: static_key
 *
 * variant: enable-twice-v0 -D V=0
 * source:  Linux 4.3 to 4.6, before 4c5ea0a9cd02 (2016), kernel/jump_label.c, static_key_slow_inc; arch/x86/kernel/jump_label.c
 * summary: two threads enable a key that is off
 *
 * variant: disable-twice-v1 -D DISABLE_TWICE -D V=1
 * sites:   jmp32->nop5->jmp32
 * source:  Linux 5.10, before 83ab38ef0a0b (2024), kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: two threads disable a key that one enabled; one enables it again
 *
 * variant: disable-early-v1 -D DISABLE_EARLY -D V=1
 * sites:   nop5->jmp32->nop5
 * source:  Linux 5.10, before 83ab38ef0a0b (2024), kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: one thread enables, another finds the key enabled and disables it
 *
 * variant: disable-in-use-v2 -D DISABLE_IN_USE -D V=2
 * sites:   jmp32->nop5
 * source:  Linux 6.11-rc1, before 224fa3552029 (2024), kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: one thread disables while another enables and disables
 *
 * variant: disable-in-use-v3 -D DISABLE_IN_USE -D V=3
 * sites:   jmp32->nop5
 * source:  Linux 6.11, before 1d7f856c2ca4 (2024), kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: one thread disables while another enables and disables
 *
 * variant: enable-twice
 * source:  Linux 6.12, kernel/jump_label.c, static_key_slow_inc; arch/x86/kernel/jump_label.c
 * summary: two threads enable a key that is off
 *
 * variant: disable-twice -D DISABLE_TWICE
 * sites:   jmp32->nop5->jmp32
 * source:  Linux 6.12, kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: two threads disable a key that one enabled; one enables it again
 *
 * variant: disable-early -D DISABLE_EARLY
 * sites:   nop5->jmp32->nop5
 * source:  Linux 6.12, kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: one thread enables, another finds the key enabled and disables it
 *
 * variant: disable-in-use -D DISABLE_IN_USE
 * sites:   jmp32->nop5
 * source:  Linux 6.12, kernel/jump_label.c, static_key_slow_inc and static_key_slow_dec; arch/x86/kernel/jump_label.c
 * summary: one thread disables while another enables and disables
 *
 * change:  unchecked -D UNCHECKED
 * summary: the text that is there is not compared with what is expected
 *
 * A count of users, and text that must agree with it when a call returns. Four times the counting was wrong; each has its pair of users, two threads that enable and disable. A site is a
 * label of the key, and has two texts, one while the key is on and one while it is off; with three versions the last is the first. Where the kernel finds the text that is not to be there, it
 * stops, on x86: disable-in-use-v2 as it was reported of 6.11-rc1. What comes of a wrong count elsewhere, +unchecked shows.
 *
 * The text is written by one store per site; after it all CPUs synchronise. Under --split word and --chunk 8 that is beyond doubt, so that only the counting is at stake.
 *
 * not modelled: how text is written: text_poke_bp(), of many labels text_poke_queue() and text_poke_finish() (text_poke_bp_batch); here one store for each, and a synchronisation
 * not modelled: text_mutex: who takes it has jump_label_mutex, and nobody else writes text
 * not modelled: that a label has 2 or 5 bytes; labels of modules, and of code that is gone after booting
 * not modelled: static_key_enable(), static_key_disable(), and a decrement that is put off: no user is one of those
 * not modelled: of warnings anything but that the kernel goes on; the greatest count
 *
 * scenario: cpus=2 site0=nop2->jmp8 chunk=8 split=word
 * expect:   holds atomic
 * expect:   --cpus 3 --data tso holds exactly regular
 * expect:   -D V=0 holds exactly safe
 * expect:   -D DISABLE_TWICE --sites 'jmp8->nop2->jmp8' holds exactly regular
 * expect:   -D DISABLE_TWICE -D V=1 --sites 'jmp8->nop2->jmp8' violates bug
 * expect:   -D DISABLE_TWICE -D V=1 --sites 'jmp8->nop2->jmp8' violates lost-patch
 * expect:   -D DISABLE_EARLY --sites 'nop2->jmp8->nop2' holds atomic
 * expect:   -D DISABLE_EARLY -D V=1 --sites 'nop2->jmp8->nop2' violates lost-patch
 * expect:   -D DISABLE_IN_USE --sites 'jmp8->nop2' holds exactly regular
 * expect:   -D DISABLE_IN_USE -D V=2 --sites 'jmp8->nop2' violates bug
 * expect:   -D DISABLE_IN_USE -D V=2 -D UNCHECKED --sites 'jmp8->nop2' violates lost-patch
 * expect:   -D DISABLE_IN_USE -D V=3 --sites 'jmp8->nop2' violates lost-patch
 */
#include <pokecheck.h>

/* Which of five. 0: Linux 4.3 to 4.6. 1: 5.10; so were 4.7 to 6.10 but for what is said below. 2: 6.11-rc1. 3: 6.11. 4: since 6.12. */
#ifndef V
#define V 4
#endif

/* As the kernel goes on after a warning. */
#undef WARN_ON_ONCE
#define WARN_ON_ONCE(condition) (condition)

#if defined(DISABLE_TWICE) || defined(DISABLE_IN_USE)
#define ON_AT_FIRST 1
#define USUAL_SITES "jmp32->nop5->jmp32"
#else
#define ON_AT_FIRST 0
#define USUAL_SITES "nop5->jmp32->nop5"
#endif

struct static_key {
	atomic_t enabled __range(-2, 2);
};

static struct static_key key = { ATOMIC_INIT(ON_AT_FIRST) };
static DEFINE_MUTEX(jump_label_mutex);

enum jump_label_type { JUMP_LABEL_NOP, JUMP_LABEL_JMP };

/* ---- arch/x86/kernel/jump_label.c, for a site as a label */

/* The version that is the JMP while the key is on, or the NOP. */
#define text_of(s, type) POKE_BYTES(s, (type) ^ ON_AT_FIRST)

/* Where a label has not the other of the two, somebody has lost count. */
static void __jump_label_patch(int s, enum jump_label_type type)
{
#ifndef UNCHECKED
	bool unexpected;

	if (type == JUMP_LABEL_JMP) {
		poke_label("expect_nop");
		unexpected = memcmp((u8 *)POKE_ADDR(s), text_of(s, JUMP_LABEL_NOP), POKE_LEN(s));
	} else {
		poke_label("expect_jmp");
		unexpected = memcmp((u8 *)POKE_ADDR(s), text_of(s, JUMP_LABEL_JMP), POKE_LEN(s));
	}
	BUG_ON(unexpected);
#endif
}

/* For text_poke_bp_batch(): one store. */
static void text_poke_label(int s, enum jump_label_type type)
{
	if (type == JUMP_LABEL_JMP) {
		poke_label("jmp");
		text_poke(POKE_ADDR(s), text_of(s, JUMP_LABEL_JMP), POKE_LEN(s));
	} else {
		poke_label("nop");
		text_poke(POKE_ADDR(s), text_of(s, JUMP_LABEL_NOP), POKE_LEN(s));
	}
}

/* ---- kernel/jump_label.c */

static int static_key_count(struct static_key *key)
{
	int n;

	poke_label("static_key_enabled");
	n = atomic_read(&key->enabled);
	return n < 0 ? 1 : n;
}

#define static_key_enabled(key) (static_key_count(key) > 0)

static enum jump_label_type jump_label_type(struct static_key *key)
{
	poke_label("");
	return static_key_enabled(key) ? JUMP_LABEL_JMP : JUMP_LABEL_NOP;
}

/* And __jump_label_update(), which asks for the type of each label; before 5.3 each was written alone. */
static void jump_label_update(struct static_key *key)
{
	enum jump_label_type type[POKE_SITES];

	poke_each_site(s) {
		poke_label("");
		type[s] = jump_label_type(key);
		poke_label("");
		__jump_label_patch(s, type[s]);
#if V == 0
		poke_label("");
		text_poke_label(s, type[s]);
		poke_label("text_poke_sync");
		text_poke_sync();
#endif
	}
#if V > 0
	poke_each_site(s) {
		poke_label("");
		text_poke_label(s, type[s]);
	}
	poke_label("text_poke_sync");
	text_poke_sync();
#endif
}

/* Adds to the count as long as it is above a limit; whether it has, and if not what it found. */
static bool add_above(struct static_key *key, int delta, int limit, int *found)
{
	poke_label("read");
	*found = atomic_read(&key->enabled);
	while (*found > limit) {
		poke_label("cmpxchg");
		if (atomic_try_cmpxchg(&key->enabled, found, *found + delta))
			return true;
	}
	return false;
}

#if V == 0
static void static_key_slow_inc(struct static_key *key)
{
	poke_label("inc_not_zero");
	if (atomic_inc_not_zero(&key->enabled))
		return;
	poke_label("lock");
	mutex_lock(&jump_label_mutex);
	poke_label("inc_return");
	if (atomic_inc_return(&key->enabled) == 1) {
		poke_label("update");
		jump_label_update(key);
	}
	poke_label("unlock");
	mutex_unlock(&jump_label_mutex);
}
#else
static bool static_key_fast_inc_not_disabled(struct static_key *key)
{
	int v;

	poke_label("");
	return add_above(key, 1, 0, &v);
}

static bool static_key_slow_inc_cpuslocked(struct static_key *key)
{
	bool done = true;

	poke_label("");
	if (static_key_fast_inc_not_disabled(key))
		return true;
	poke_label("lock");
	mutex_lock(&jump_label_mutex);
#if V == 1
	poke_label("read_locked");
	if (atomic_read(&key->enabled) == 0) {
		poke_label("in_progress");
		atomic_set(&key->enabled, -1);
#else
	poke_label("in_progress");
	if (atomic_cmpxchg(&key->enabled, 0, -1) == 0) {
#endif
		poke_label("update");
		jump_label_update(key);
		poke_label("set1");
		atomic_set_release(&key->enabled, 1);
	} else {
#if V == 1
		/* Since 6.2 static_key_fast_inc_not_disabled(), as below. */
		poke_label("inc");
		atomic_inc(&key->enabled);
#else
		poke_label("retry");
		done = static_key_fast_inc_not_disabled(key);
		WARN_ON_ONCE(!done);
#endif
	}
	poke_label("unlock");
	mutex_unlock(&jump_label_mutex);
	return done;
}

static void static_key_slow_inc(struct static_key *key)
{
	cpus_read_lock();
	poke_label("");
	static_key_slow_inc_cpuslocked(key);
	cpus_read_unlock();
}
#endif

#if V < 2
/* Up to 5.0 atomic_dec_and_mutex_lock(), which does the same, and where it is done reads the count for its warning. */
static bool static_key_slow_try_dec(struct static_key *key)
{
	int v;

	poke_label("");
	v = atomic_fetch_add_unless(&key->enabled, -1, 1);
	WARN_ON_ONCE(v < 0);
	return v != 1;
}

static void __static_key_slow_dec_cpuslocked(struct static_key *key)
{
	poke_label("");
	if (static_key_slow_try_dec(key))
		return;
	poke_label("lock");
	mutex_lock(&jump_label_mutex);
	poke_label("dec_and_test");
	if (atomic_dec_and_test(&key->enabled)) {
		poke_label("update");
		jump_label_update(key);
	}
	poke_label("unlock");
	mutex_unlock(&jump_label_mutex);
}
#elif V < 4
static bool static_key_slow_try_dec(struct static_key *key)
{
	int v;

	poke_label("");
	if (add_above(key, -1, 1, &v))
		return true;
	WARN_ON_ONCE(v < 0);
	return false;
}

static void __static_key_slow_dec_cpuslocked(struct static_key *key)
{
	int old;

	poke_label("");
	if (static_key_slow_try_dec(key))
		return;
	poke_label("lock");
	mutex_lock(&jump_label_mutex);
	poke_label("cmpxchg10");
	old = atomic_cmpxchg(&key->enabled, 1, 0);
	if (V == 2 ? old : old == 1) {
		poke_label("update");
		jump_label_update(key);
	} else {
		poke_label("retry");
		WARN_ON_ONCE(!static_key_slow_try_dec(key));
	}
	poke_label("unlock");
	mutex_unlock(&jump_label_mutex);
}
#else
/* Whether there is no more to be done. One disable too many warns, and there is not. */
static bool static_key_dec_not_one(struct static_key *key)
{
	int v;

	poke_label("");
	if (add_above(key, -1, 1, &v))
		return true;
	WARN_ON_ONCE(v < 0);
	return WARN_ON_ONCE(v == 0);
}

static void __static_key_slow_dec_cpuslocked(struct static_key *key)
{
	int val;

	poke_label("");
	if (static_key_dec_not_one(key))
		return;
	poke_label("lock");
	mutex_lock(&jump_label_mutex);
	poke_label("read_locked");
	val = atomic_read(&key->enabled);
	if (!WARN_ON_ONCE(val == -1) && !WARN_ON_ONCE(val == 0)) {
		poke_label("dec_and_test");
		if (atomic_dec_and_test(&key->enabled)) {
			poke_label("update");
			jump_label_update(key);
		}
	}
	poke_label("unlock");
	mutex_unlock(&jump_label_mutex);
}
#endif

static void static_key_slow_dec(struct static_key *key)
{
	cpus_read_lock();
	poke_label("");
	__static_key_slow_dec_cpuslocked(key);
	cpus_read_unlock();
}

/* ---- two users, on CPU 0 and CPU 1 */

static atomic_t returned __range(0, 2);

static void begin(int v)
{
	poke_require(NR_CPUS > 1, "static_key has two users; give it two CPUs or more");
#if POKE_VERSIONS > 2
	poke_each_site(s)
		poke_require(!memcmp(POKE_BYTES(s, 0), POKE_BYTES(s, 2), POKE_LEN(s)),
			     "a label has two texts, so that its third version is its first; it is for --sites '" USUAL_SITES "'");
#endif
	if (v < POKE_VERSIONS)
		poke_each_site(s) {
			poke_begin_version(s, v);
		}
}

static void end(int v)
{
	if (v < POKE_VERSIONS)
		poke_each_site(s)
			poke_end_version(s, v);
}

static void use(void)
{
	poke_each_site(s) {
		poke_label("use");
		poke_execute(s);
	}
}

#ifdef DISABLE_TWICE
void pokecheck_patcher(void)
{
	poke_label("");
	begin(1);
	poke_label("dec");
	static_key_slow_dec(&key);
	poke_label("both");
	atomic_cond_read_acquire(&returned, VAL == 1);
	poke_label("");
	end(1);
	poke_label("");
	begin(2);
	poke_label("inc");
	static_key_slow_inc(&key);
	poke_label("");
	end(2);
}

void pokecheck_thread(int cpu)
{
	if (cpu != 1)
		return;
	poke_label("dec");
	static_key_slow_dec(&key);
	poke_label("returned");
	atomic_inc(&returned);
}
#elif defined(DISABLE_EARLY) || defined(DISABLE_IN_USE)
/* Once both have returned, the text must be what a count of 0 says. */
static void last_one_ends(int v)
{
	poke_label("returned");
	if (atomic_inc_return(&returned) == 2) {
		poke_label("");
		end(v);
	}
}

#ifdef DISABLE_EARLY
void pokecheck_patcher(void)
{
	poke_label("");
	begin(1);
	poke_label("inc");
	static_key_slow_inc(&key);
	poke_label("");
	use();
	poke_label("");
	last_one_ends(2);
}

void pokecheck_thread(int cpu)
{
	if (cpu != 1)
		return;
	/* static_key_enabled() */
	poke_label("static_key_enabled");
	while (atomic_read(&key.enabled) == 0)
		cpu_relax();
	poke_label("");
	begin(2);
	poke_label("dec");
	static_key_slow_dec(&key);
	poke_label("");
	last_one_ends(2);
}
#else
void pokecheck_patcher(void)
{
	poke_label("");
	begin(1);
	poke_label("dec");
	static_key_slow_dec(&key);
	poke_label("");
	last_one_ends(1);
}

void pokecheck_thread(int cpu)
{
	if (cpu != 1)
		return;
	poke_label("inc");
	static_key_slow_inc(&key);
	poke_label("dec");
	static_key_slow_dec(&key);
	poke_label("");
	last_one_ends(1);
}
#endif
#else
static void enable(void)
{
	poke_label("");
	begin(1);
	poke_label("inc");
	static_key_slow_inc(&key);
	poke_label("");
	end(1);
	poke_label("");
	use();
}

void pokecheck_patcher(void)
{
	poke_label("");
	enable();
}

void pokecheck_thread(int cpu)
{
	if (cpu == 1) {
		poke_label("");
		enable();
	}
}
#endif
