// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The words of the kernel: each group computes what the kernel's does, on one CPU; a {@code BUG_ON} would say so. */
class KernelWordsTest {
    private static void holds(String declarations, String statements) {
        Lowered file = Lowered.of(1, declarations + "\nvoid pokecheck_patcher(void) {\n" + statements + "\n}\n");
        assertEquals("", file.violated(), statements);
    }

    private static List<String> listing(int cpus, String declarations, String statements) {
        return Lowered.of(cpus, declarations + "\nvoid pokecheck_patcher(void) {\n" + statements + "\n}\n")
                .listing();
    }

    @Test
    void aFailedAssertionOfTheseTestsWouldBeSeen() {
        Lowered file = Lowered.of(1, "static int x;\nvoid pokecheck_patcher(void) { BUG_ON(READ_ONCE(x) == 0); }");
        assertEquals("bug", file.violated());
    }

    @Test
    void atomicOperationsReturnWhatTheKernelsDo() {
        holds("static atomic_t v = ATOMIC_INIT(3);", """
                BUG_ON(atomic_fetch_add(2, &v) != 3 || atomic_read(&v) != 5);
                if (WARN_ON(atomic_read(&v) != 5) || WARN_ON_ONCE(atomic_read(&v) == 4))
                    return;
                BUG_ON(atomic_add_return(2, &v) != 7);
                BUG_ON(atomic_sub_return(6, &v) != 1);
                BUG_ON(!atomic_dec_and_test(&v));
                BUG_ON(atomic_inc_not_zero(&v));
                BUG_ON(atomic_add_unless(&v, 2, 0) || atomic_read(&v) != 0);
                BUG_ON(!atomic_add_unless(&v, 2, 1) || atomic_read(&v) != 2);
                BUG_ON(atomic_fetch_add_unless(&v, 3, 2) != 2 || atomic_read(&v) != 2);
                BUG_ON(atomic_fetch_add_unless(&v, -1, 1) != 2 || atomic_read(&v) != 1);
                atomic_set(&v, 2);
                BUG_ON(atomic_fetch_or(5, &v) != 2 || atomic_read(&v) != 7);
                BUG_ON(atomic_fetch_and(6, &v) != 7 || atomic_read(&v) != 6);
                atomic_xor(3, &v);
                BUG_ON(atomic_read(&v) != 5);
                BUG_ON(atomic_xchg(&v, 1) != 5 || atomic_read(&v) != 1);
                BUG_ON(atomic_cmpxchg(&v, 2, 3) != 1 || atomic_read(&v) != 1);
                BUG_ON(atomic_cmpxchg(&v, 1, 3) != 1 || atomic_read(&v) != 3);
                """);
    }

    @Test
    void pointersAreExchanged() {
        holds("struct o { int n; }; static struct o one = { 1 }, two = { 2 }; static struct o *p = &one;", """
                struct o *old = xchg(&p, NULL);
                BUG_ON(old->n != 1 || READ_ONCE(p));
                BUG_ON(cmpxchg(&p, &one, &two) || READ_ONCE(p));
                BUG_ON(cmpxchg(&p, NULL, &two) || READ_ONCE(p)->n != 2);
                BUG_ON(try_cmpxchg(&p, &old, NULL) || old != &two);
                BUG_ON(!try_cmpxchg(&p, &old, &one) || READ_ONCE(p)->n != 1);
                """);
        Lowered number = Lowered.of(1, "static int x, *p = &x;\nvoid pokecheck_patcher(void)\n{\nxchg(&x, &x);\n}\n");
        assertEquals(List.of("4:10: a pointer in the place of a number"), number.refusals());
    }

    @Test
    void aFailedTryTellsWhatWasThere() {
        holds("static atomic_t v = ATOMIC_INIT(3);", """
                int old = 2;
                BUG_ON(atomic_try_cmpxchg(&v, &old, 7));
                BUG_ON(old != 3);
                BUG_ON(!atomic_try_cmpxchg(&v, &old, 7));
                BUG_ON(old != 3 || atomic_read(&v) != 7);
                """);
    }

    @Test
    void bitOperationsReturnWhatTheBitWas() {
        holds("static unsigned long w;", """
                BUG_ON(test_and_set_bit(2, &w));
                BUG_ON(!test_and_set_bit(2, &w) || w != 4 || !test_bit(2, &w) || test_bit(1, &w));
                set_bit(0, &w);
                change_bit(1, &w);
                BUG_ON(w != 7);
                BUG_ON(!test_and_clear_bit(2, &w) || test_and_change_bit(3, &w));
                clear_bit(0, &w);
                BUG_ON(w != 10);
                """);
    }

    @Test
    void setsOfCpus() {
        Lowered file = Lowered.of(3, """
                static struct cpumask a, b;
                void pokecheck_patcher(void)
                {
                    int cpu, n = 0;

                    cpumask_copy(&a, cpu_online_mask);
                    BUG_ON(!cpumask_full(&a) || cpumask_weight(&a) != 3);
                    cpumask_clear_cpu(1, &a);
                    BUG_ON(cpumask_test_cpu(1, &a) || cpumask_equal(&a, cpu_online_mask));
                    for_each_cpu(cpu, &a)
                        n += cpu;
                    BUG_ON(n != 2);
                    cpumask_andnot(&b, cpu_online_mask, &a);
                    BUG_ON(cpumask_test_and_set_cpu(0, &b) || cpumask_weight(&b) != 2 || cpumask_subset(&b, &a));
                }
                """);
        assertEquals("", file.violated());
    }

    @Test
    void variablesOfEachCpu() {
        Lowered file = Lowered.of(2, """
                static DEFINE_PER_CPU(int, n);
                void pokecheck_patcher(void)
                {
                    this_cpu_inc(n);
                    this_cpu_inc(n);
                    BUG_ON(this_cpu_read(n) != 2 || per_cpu(n, 1) != 0);
                    this_cpu_write(n, 3);
                    *raw_cpu_ptr(&n) += per_cpu(n, 0);
                    BUG_ON(per_cpu(n, 0) != 6);
                }
                """);
        assertEquals("", file.violated());
    }

    /** To add is one instruction on x86, which the model does not know: a verdict that rests on the difference must be seen to. */
    @Test
    void whatIsOneInstructionOnlyOnX86IsSaid() {
        String file = """
                static DEFINE_PER_CPU(int, n);
                static unsigned long bits;
                void pokecheck_patcher(void)
                {
                    %s;
                }
                """;
        assertEquals(Set.of(), saysOf(file.formatted("this_cpu_write(n, this_cpu_read(n) + 1)")));
        assertEquals(1, saysOf(file.formatted("this_cpu_inc(n)")).size());
        assertEquals(1, saysOf(file.formatted("__set_bit(0, &bits)")).size());
        assertEquals(Set.of(), saysOf(file.formatted("set_bit(0, &bits)")));
    }

    private static Set<String> saysOf(String file) {
        return Lowered.of(2, file).machine().protocol().notModelled();
    }

    @Test
    void aLockIsHeldByOne() {
        String file = """
                static DEFINE_SPINLOCK(lock);
                static int inside;
                static void section(void)
                {
                    unsigned long flags;

                #ifdef TRY
                    if (!spin_trylock(&lock))
                        return;
                    local_irq_save(flags);
                #else
                    spin_lock_irqsave(&lock, flags);
                #endif
                    BUG_ON(inside);
                    inside = 1;
                    inside = 0;
                #ifndef FORGET
                    spin_unlock_irqrestore(&lock, flags);
                #endif
                }
                void pokecheck_patcher(void) { section(); }
                void pokecheck_thread(int cpu) { if (cpu) section(); }
                """;
        assertEquals("", Lowered.of(2, file).violated());
        assertEquals("", Lowered.of(2, file).violated("TRY"));
        assertEquals("deadlock", Lowered.of(2, file).violated("FORGET"));
    }

    @Test
    void restoredInterruptsAreWhatTheyWere() {
        List<String> once = listing(1, "", "unsigned long flags; local_irq_save(flags); local_irq_restore(flags);");
        assertTrue(once.containsAll(List.of("local_irq_disable();", "local_irq_enable();")), once::toString);
        List<String> twice = listing(1, "", """
                unsigned long one, two;
                local_irq_save(one);
                local_irq_save(two);
                local_irq_restore(two);
                BUG_ON(!irqs_disabled());
                local_irq_restore(one);
                BUG_ON(irqs_disabled());
                """);
        assertEquals(1, twice.stream().filter("local_irq_disable();"::equals).count(), twice::toString);
        assertEquals(1, twice.stream().filter("local_irq_enable();"::equals).count(), twice::toString);
    }

    @Test
    void whetherInterruptsAreOffMayDependOnTheWay() {
        holds("static int x;", """
                int held = READ_ONCE(x);
                if (held)
                    local_irq_disable();
                BUG_ON(irqs_disabled() != held);
                if (held)
                    local_irq_enable();
                BUG_ON(irqs_disabled());
                """);
    }

    @Test
    void aLoopMayLeaveInterruptsOff() {
        holds("static int x;", """
                int i = 0;
                while (i < 3) {
                    BUG_ON(irqs_disabled() != (i > 0));
                    local_irq_disable();
                    i++;
                }
                BUG_ON(!irqs_disabled());
                """);
    }

    @Test
    void nestedPreemptionEndsWithTheOuterOne() {
        List<String> nested =
                listing(1, "", "preempt_disable(); rcu_read_lock(); rcu_read_unlock(); preempt_enable();");
        assertEquals(
                List.of("preempt_disable();", "preempt_enable();"),
                nested.stream().filter(line -> line.startsWith("preempt")).toList());
    }

    @Test
    void aReaderHoldsOffTheEndOfAGracePeriod() {
        String file = """
                static int published = 1, gone;
                void pokecheck_patcher(void)
                {
                    WRITE_ONCE(published, 0);
                    synchronize_rcu();
                    WRITE_ONCE(gone, 1);
                }
                void pokecheck_thread(int cpu)
                {
                    if (!cpu)
                        return;
                    READ_LOCK();
                    if (READ_ONCE(published))
                        BUG_ON(READ_ONCE(gone));
                    READ_UNLOCK();
                }
                """;
        assertEquals(
                "", Lowered.of(2, file).violated("READ_LOCK()=rcu_read_lock()", "READ_UNLOCK()=rcu_read_unlock()"));
        assertEquals("bug", Lowered.of(2, file).violated("READ_LOCK()=", "READ_UNLOCK()="));
    }

    @Test
    void aFunctionThatOnlySerializesIsOneAction() {
        String declarations = "static void do_sync_core(void *info) { sync_core(); }";
        assertTrue(listing(2, declarations, "on_each_cpu(do_sync_core, NULL, 1);")
                .contains("on_each_cpu(do_sync_core); /* iret */"));
        assertTrue(listing(2, declarations, "on_each_cpu(do_sync_core, NULL, 0);")
                .contains("on_each_cpu(do_sync_core, NULL, 0);"));
    }

    @Test
    void aFileMayDefineAFunctionOfTheHeaderForItself() {
        String own = "static int x;\nstatic int text_opcode_size(u8 opcode) { return opcode + 1; }\n";
        holds(own, "BUG_ON(text_opcode_size(3) != 4);");
    }

    private static final String CALLS = """
            static int seen[3];
            static void see(void *info)
            {
                int *to = info;

                to[smp_processor_id()]++;
            }
            """;

    private static String called(int cpus, String call, String condition) {
        return Lowered.of(
                        cpus,
                        CALLS + "void pokecheck_patcher(void) {\n" + call + "\nBUG_ON(!(" + condition + "));\n}\n")
                .violated();
    }

    @Test
    void functionsRunOnTheCpusThatAreMeant() {
        assertEquals("", called(3, "on_each_cpu(see, seen, 1);", "seen[0] == 1 && seen[1] == 1 && seen[2] == 1"));
        assertEquals("", called(3, "smp_call_function(see, seen, 1);", "seen[0] == 0 && seen[1] == 1 && seen[2] == 1"));
        assertEquals(
                "",
                called(
                        3,
                        "smp_call_function_single(2, see, seen, 1);",
                        "seen[0] == 0 && seen[1] == 0 && seen[2] == 1"));
        assertEquals("", called(3, "smp_call_function_single(0, see, seen, 1);", "seen[0] == 1 && seen[2] == 0"));
        assertEquals(
                "",
                called(
                        3,
                        "static struct cpumask m; cpumask_set_cpu(1, &m); smp_call_function_many(&m, see, seen, 1);",
                        "seen[0] == 0 && seen[1] == 1 && seen[2] == 0"));
    }

    @Test
    void withoutTheWaitTheyMayNotHaveRun() {
        assertEquals("bug", called(2, "smp_call_function(see, seen, 0);", "seen[1] == 1"));
        assertEquals("bug", called(2, "on_each_cpu(see, seen, 0);", "seen[1] == 1"));
        assertEquals("", called(2, "on_each_cpu(see, seen, 0);", "seen[0] == 1"));
    }

    /** What is left of an IPI then is what its handler executes; elsewhere it means nothing. */
    @Test
    void anIpiThatIsLeftBySysretOnlySynchronises() {
        String patcher = "void pokecheck_patcher(void) { on_each_cpu(f, NULL, 1); }\n";
        Lowered fence = Lowered.of(2, "static void f(void *info) { smp_mb(); poke_leave_by_sysret(); }\n" + patcher);
        assertTrue(
                fence.listing().contains("on_each_cpu(do_sync_core); /* lock; returns to another task, by sysret */"),
                fence.listing()::toString);
        Lowered core = Lowered.of(2, "static void f(void *info) { smp_mb(); sync_core(); }\n" + patcher);
        assertTrue(core.listing().contains("on_each_cpu(do_sync_core); /* iret */"), core.listing()::toString);
        List<String> wrong = Lowered.of(2, "void pokecheck_patcher(void) { poke_leave_by_sysret(); }\n")
                .refusals();
        assertTrue(wrong.get(0).contains("can be returned from by SYSRET"), wrong::toString);
    }

    @Test
    void aScenarioThatAFileIsNotForIsRefused() {
        assertEquals(
                List.of("1:32: five bytes are needed"),
                Lowered.of(
                                1,
                                "void pokecheck_patcher(void) { poke_require(POKE_LEN(0) == 5, \"five bytes are needed\"); }\n")
                        .refusals());
        assertEquals(
                "",
                Lowered.of(1, "void pokecheck_patcher(void) { poke_require(POKE_LEN(0) == 1, \"one\"); }\n")
                        .violated());
    }
}
