// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Memory that is allocated and freed: one object for each call, which must not be used outside of its life. */
class AllocationTest {
    private static final String DESC = "struct desc { int refs; int list[2]; };\nstatic struct desc *current_desc;\n";

    private static Lowered patcher(String statements) {
        return Lowered.of(1, DESC + "void pokecheck_patcher(void)\n{\n" + statements + "\n}\n");
    }

    @Test
    void whatIsAllocatedHasMembersAndElements() {
        Lowered file = patcher("""
                struct desc *d = kmalloc(sizeof(*d), GFP_KERNEL);
                struct desc *e = kzalloc(sizeof(struct desc), GFP_KERNEL);
                int *n = kmalloc_array(3, sizeof(int), GFP_KERNEL), *z = kcalloc(2, sizeof(*z), GFP_ATOMIC);

                d->refs = 1;
                e->refs = 2;
                d->list[1] = 3;
                n[2] = 4;
                BUG_ON(d->refs != 1 || e->refs != 2 || d->list[1] != 3 || e->list[1] != 0 || n[2] != 4 || z[1] != 0);
                kfree(d);
                kfree(e);
                kfree(n);
                kfree(z);
                kfree(NULL);
                """);
        assertEquals("", file.violated());
    }

    @Test
    void eachCallIsAnObject() {
        Lowered file = Lowered.of(1, DESC + """
                static struct desc *make(int refs)
                {
                    struct desc *d = kmalloc(sizeof(*d), GFP_KERNEL);
                    d->refs = refs;
                    return d;
                }
                void pokecheck_patcher(void)
                {
                    struct desc *all[3];
                    for (int i = 0; i < 3; i++)
                        all[i] = make(i);
                    BUG_ON(all[0]->refs != 0 || all[1]->refs != 1 || all[2]->refs != 2);
                    kfree(all[1]);
                    BUG_ON(all[0]->refs != 0);
                }
                """);
        assertEquals("", file.violated());
    }

    /** Each of them alone is found. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                d->refs = 1; kfree(d); BUG_ON(d->refs == 7); | dead-object
                d->refs = 1; kfree(d); d->refs = 2;          | dead-object
                kfree(d); kfree(d);                          | dead-object
                kfree(&d->list[1]);                          | bug
                kfree(&current_desc);                        | bug
                WRITE_ONCE(current_desc, d); kfree(READ_ONCE(current_desc)); |
                WRITE_ONCE(current_desc, NULL); kfree(READ_ONCE(current_desc)); d->refs = 1; |
                WRITE_ONCE(current_desc, d); kfree(READ_ONCE(current_desc)); kfree(d); | dead-object
                """)
    void mistakesAreFound(String statements, String property) {
        String found = patcher("struct desc *d = kmalloc(sizeof(*d), GFP_KERNEL);\n" + statements)
                .violated();
        assertEquals(property == null ? "" : property, found);
    }

    /** A reader that still has the pointer when the writer frees what it leads to; waiting for readers mends it. */
    @Test
    void anotherCpuUsesWhatIsFreed() {
        Lowered file = Lowered.of(2, DESC + """
                void pokecheck_patcher(void)
                {
                    struct desc *d = kmalloc(sizeof(*d), GFP_KERNEL);

                    d->refs = 1;
                    rcu_assign_pointer(current_desc, d);
                    WRITE_ONCE(current_desc, NULL);
                #ifdef WAIT
                    synchronize_rcu();
                #endif
                    kfree(d);
                }
                void pokecheck_thread(int cpu)
                {
                    struct desc *d;

                    if (cpu == 0)
                        return;
                    rcu_read_lock();
                    d = rcu_dereference(current_desc);
                    if (d)
                        BUG_ON(READ_ONCE(d->refs) != 1);
                    rcu_read_unlock();
                }
                """);
        assertEquals("dead-object", file.violated());
        assertEquals("", file.violated("WAIT"));
    }

    @Test
    void whatIsAllocatedOftenIsRefused() {
        String often = "this is allocated each time that the protocol comes here, which may be often; "
                + "allocate in a thread, outside of loops but those over a known count";
        assertEquals(
                List.of("6:26: " + often),
                patcher(
                                "while (!READ_ONCE(current_desc)) {\nWRITE_ONCE(current_desc, kmalloc(sizeof(struct desc), GFP_KERNEL));\n}")
                        .refusals());
        assertEquals(
                List.of("3:53: " + often),
                Lowered.of(
                                1,
                                DESC
                                        + "void pokecheck_nmi(void) { WRITE_ONCE(current_desc, kmalloc(sizeof(struct desc), 0)); }\n"
                                        + "void pokecheck_patcher(void) { }\n")
                        .refusals());
    }

    @Test
    void aSizeOfNoTypeIsRefused() {
        assertEquals(
                List.of("5:16: what is allocated is told by its size, and this is none of a type; "
                        + "write sizeof(type), sizeof(*pointer), or a known number times one of these"),
                patcher("current_desc = kmalloc(24, GFP_KERNEL);").refusals());
    }

    @Test
    void nobodyAllocatesMoreThanCanBeToldApart() {
        assertEquals(
                "", patcher("kfree(kcalloc(16384, sizeof(int), GFP_KERNEL));").violated());
        List<String> refused =
                List.of("5:15: more than 65536 bytes are allocated; allocate less: each element is told apart");
        assertEquals(refused, refusals("16385, sizeof(int)"));
        assertEquals(refused, refusals("333333336, sizeof(int)"));
    }

    private static List<String> refusals(String size) {
        return patcher("kfree(kcalloc(" + size + ", GFP_KERNEL));").refusals();
    }
}
