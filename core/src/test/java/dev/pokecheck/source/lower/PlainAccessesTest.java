// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.source.CSource;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Over what a compiler moves plain accesses, and over what not. Each file holds as it is written. */
@SuppressWarnings("StringConcatToTextBlock") // Programs of one line each read better so.
class PlainAccessesTest {
    private static final String VARIABLES = "static int x, y, f, m[2]; static _Atomic int a; static atomic_t c;\n"
            + "static int set(void) { x = 5; return 1; }\nvoid pokecheck_patcher(void)\n{\n";

    private static void assertChanged(String expected, String patcher, String other) {
        Lowered file = Lowered.of(
                2,
                VARIABLES + patcher + "\n}\nvoid pokecheck_thread(int cpu)\n{\nif (cpu == 1) {\n" + other + "\n}\n}\n");
        assertEquals("", file.violated(), "as it is written");
        assertEquals(expected, file.violated(CSource.CHANGED));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = 5; WRITE_ONCE(f, 1); | bug",
                "x = 5; READ_ONCE(y); WRITE_ONCE(f, 1); | bug",
                "x = 5; f = 1; | bug",
                "WRITE_ONCE(x, 5); WRITE_ONCE(f, 1); | ''",
                "x = 5; barrier(); WRITE_ONCE(f, 1); | ''",
                "x = 5; smp_wmb(); f = 1; | ''",
                "x = 5; cpu_relax(); f = 1; | ''",
                "x = 5; smp_store_release(&f, 1); | ''",
                "x = 5; xchg(&f, 1); | ''",
                "x = 5; cmpxchg(&f, 0, 1); | ''",
                "x = 5; a = 1; WRITE_ONCE(f, 1); | ''",
                "x = 5; a++; WRITE_ONCE(f, 1); | ''",
                "x = 5; a ^= 1; f = 1; | ''",
                "WRITE_ONCE(f, set()); | bug",
                "smp_store_release(&f, set()); | ''",
                "xchg(&f, set()); | ''",
                "cmpxchg(&f, 0, set()); | ''",
            })
    void aStoreMovesDown(String patcher, String expected) {
        assertChanged(expected, patcher, "if (smp_load_acquire(&f)) BUG_ON(READ_ONCE(x) != 5);");
    }

    /** An element whose number a run computes may be the same as one that is known. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "m[READ_ONCE(f)] = 1; BUG_ON(READ_ONCE(f) == 1 && m[0] == 0 && m[1] == 0);",
                "i = READ_ONCE(f); m[i] = 1; BUG_ON(i == 1 && m[1] != 1);",
                "i = READ_ONCE(f); m[1] = 1; BUG_ON(i == 1 && m[i] != 1);",
                "i = READ_ONCE(f); m[1] = 1; m[i] = 2; BUG_ON(i == 1 && m[1] != 2);",
            })
    void nothingMovesOverAnAccessOfWhatMayBeTheSameElement(String patcher) {
        assertChanged("", "int i;\n" + patcher, "WRITE_ONCE(f, 1);");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "if (READ_ONCE(f)) | bug",
                "if (smp_load_acquire(&f)) | ''",
                "if (atomic_read(&c)) | bug",
                "if (atomic_read_acquire(&c)) | ''",
                "if (test_bit(0, &f)) | bug",
                "if (test_bit_acquire(0, &f)) | ''",
                "if (a) | ''",
                "if (READ_ONCE(a)) | bug",
                "while (!READ_ONCE(f)) ; | bug",
                "while (!READ_ONCE(f)) cpu_relax(); | ''",
                "while (!READ_ONCE(f)) barrier(); | ''",
                "while (!smp_load_acquire(&f)) ; | ''",
                "while (!a) ; | ''",
                "smp_cond_load_acquire(&f, VAL); | ''",
            })
    void aLoadMovesUp(String asks, String expected) {
        assertChanged(expected, "WRITE_ONCE(x, 5); xchg(&f, 1); atomic_inc(&c); a = 1;", asks + " BUG_ON(x != 5);");
    }
}
