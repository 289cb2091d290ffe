// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The words of user space. */
class UserWordsTest {
    private static final String INCLUDE = "#include <pokecheck/user.h>\n";

    @Test
    void atomicsAreThoseOfC11() {
        Lowered file = Lowered.of(1, INCLUDE + """
                static atomic_int a = 1;
                void pokecheck_patcher(void)
                {
                    int expected = 5;

                    atomic_store_explicit(&a, 2, memory_order_release);
                    BUG_ON(atomic_load_explicit(&a, memory_order_acquire) != 2);
                    atomic_store(&a, 3);
                    BUG_ON(atomic_fetch_add(&a, 2) != 3 || atomic_exchange(&a, 4) != 5);
                    BUG_ON(atomic_compare_exchange_strong(&a, &expected, 6) || expected != 4);
                    BUG_ON(!atomic_compare_exchange_weak(&a, &expected, 6) || atomic_load(&a) != 6);
                    atomic_thread_fence(memory_order_seq_cst);
                }
                """);
        assertEquals("", file.violated());
        assertTrue(file.listing().contains("smp_mb();"));
        assertTrue(file.listing().contains("smp_store_release(&a, 2);"));
    }

    /** C17, 6.5.16: what an operator does to an atomic object is one operation. */
    @Test
    void operatorsOnAtomicsAreLocked() {
        Lowered file = Lowered.of(1, INCLUDE + """
                static atomic_int a = 1;
                static struct { _Atomic int n; } in[2];
                void pokecheck_patcher(void)
                {
                    BUG_ON(a++ != 1 || ++a != 3 || (a += 2) != 5 || (a -= 1) != 4 || a-- != 4);
                    a |= 4;
                    a &= 6;
                    a ^= 1;
                    BUG_ON(a != 7);
                    a = 2;
                    in[1].n = 3;
                    in[1].n++;
                    BUG_ON(a != 2 || in[1].n != 4);
                }
                """);
        assertEquals("", file.violated());
        assertEquals(
                List.of(),
                file.labels().stream()
                        .filter(label -> label.startsWith("store"))
                        .toList());
        assertEquals(
                List.of(
                        "3:41: '*=' of a, which is _Atomic, and no locked instruction does that; write the loop, with atomic_compare_exchange_weak()"),
                Lowered.of(1, INCLUDE + "static atomic_int a;\nvoid pokecheck_patcher(void) { a = 1; a *= 2; }\n")
                        .refusals());
    }

    /** Protection and flushed caches are nothing, and of the barriers only that of cores serializes: a thread may come back by SYSRET from the other. */
    @ParameterizedTest
    @CsvSource({
        "MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE,on_each_cpu(do_sync_core); /* iret */",
        "MEMBARRIER_CMD_PRIVATE_EXPEDITED,'on_each_cpu(do_sync_core); /* lock; returns to another task, by sysret */'"
    })
    void onlyMembarrierOfCoresSynchronises(String command, String printed) {
        String file = INCLUDE + """
                void pokecheck_patcher(void)
                {
                    mprotect((void *)POKE_ADDR(0), 1, PROT_READ | PROT_WRITE);
                    __builtin___clear_cache(0, 0);
                    FlushInstructionCache(0, 0, 1);
                    membarrier(%s, 0, 0);
                }
                """.formatted(command);
        List<String> listing = Lowered.of(2, file).listing();
        assertEquals(
                List.of(printed),
                listing.stream().filter(line -> line.startsWith("on_each_cpu")).toList(),
                listing::toString);
    }

    @Test
    void aSuspendedThreadIsSentOn() {
        String file = INCLUDE + """
                void pokecheck_patcher(void)
                {
                    CONTEXT context;

                    poke_begin(0);
                    SuspendThread(1);
                    GetThreadContext(1, &context);
                    text_poke(POKE_ADDR(0), POKE_NEW(0), POKE_LEN(0));
                #ifdef MOVE
                    if (context.Rip > POKE_ADDR(0)) {
                        context.Rip = POKE_ADDR(0);
                        SetThreadContext(1, &context);
                    }
                #endif
                    ResumeThread(1);
                    membarrier(MEMBARRIER_CMD_PRIVATE_EXPEDITED_SYNC_CORE, 0, 0);
                    poke_end(0);
                }
                void pokecheck_thread(int cpu)
                {
                    while (cpu) {
                        poke_execute(0);
                        poke_rest();
                    }
                }
                """;
        Lowered lowered = Lowered.of(2, List.of("66906690->jmp8"), file);
        assertTrue(
                lowered.labels().containsAll(List.of("suspend", "get_context", "resume")), lowered.labels()::toString);
        assertTrue(
                lowered.verdict().sentence().startsWith("VIOLATED"),
                lowered.verdict().sentence());
    }

    @Test
    void aMutexIsHeldByOne() {
        String file = INCLUDE + """
                static pthread_mutex_t m = PTHREAD_MUTEX_INITIALIZER;
                static int inside;
                static void section(void)
                {
                    if (pthread_mutex_trylock(&m))
                        pthread_mutex_lock(&m);
                    BUG_ON(inside);
                    inside = 1;
                    inside = 0;
                    pthread_mutex_unlock(&m);
                }
                void pokecheck_patcher(void) { section(); }
                void pokecheck_thread(int cpu) { if (cpu) section(); }
                """;
        assertEquals("", Lowered.of(2, file).violated());
    }
}
