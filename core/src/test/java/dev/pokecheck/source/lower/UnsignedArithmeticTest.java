// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of signed and unsigned types together (C17, 6.3.1.8): what gcc makes of each was looked at. */
class UnsignedArithmeticTest {
    private static Lowered file(String statements) {
        return Lowered.of(1, """
                static int zero, minus = -1;
                static u32 head, tail = 2;
                static long wide;
                static unsigned long start = 5;
                static int tab[3];
                enum list { ONE, TWO };
                void pokecheck_patcher(void)
                {
                    int neg = minus - poke_choose(2), i;
                    unsigned int u = 1 + poke_choose(2);
                    u8 c = poke_choose(2);
                    enum list e = poke_choose(2);
                    long l;
                """ + statements + "\n}\n");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BUG_ON(neg < u);",
                "BUG_ON(!(u < neg));",
                "BUG_ON(u >= neg || !(neg >= u) || neg <= u || !(neg > u));",
                "BUG_ON(READ_ONCE(minus) < READ_ONCE(tail));",
                "BUG_ON(neg < sizeof(tab));",
                "BUG_ON(-1 < 1u); BUG_ON(!(-1 < 1));",
                "BUG_ON(head - tail < 4);",
                "BUG_ON(READ_ONCE(head) - READ_ONCE(tail) < 4);",
                "BUG_ON(!(tail - head < 4));",
                "BUG_ON(4 - start < 3 || !(6 - start < 3));",
                "BUG_ON(u - 3 < 0);",
                "BUG_ON(~u < 2 || -u < 1);",
                "BUG_ON(e - 2 < 0);",
                "BUG_ON(!(c - 2 < 0));",
                "BUG_ON(!(u - 3 == -1 || u - 3 == -2));",
                "i = u - 3; BUG_ON(i >= 0);",
                "i = neg; if (i < u) BUG_ON(1); else BUG_ON(i >= 0);",
                "i = minus; if (i++ < u) BUG_ON(1); else BUG_ON(i >= u);",
                "BUG_ON((int)u - 3 >= 0);",
                "BUG_ON((zero ? u : neg) < 5);",
                "u -= 1; BUG_ON(u > 1);",
                "BUG_ON((u32)-1 != 0xffffffff || (u32)-1 <= 5 || 0xffffffff < 1 || u > 0xffffffffu);",
                "BUG_ON((u32)neg < u || (u64)neg < 5 || ~(u32)0 != 0xffffffff || (int)0xffffffff != -1);",
                "BUG_ON((u16)0xffffffff != 0xffff || -0xffffffff != 1 || 0x80000000 < 5 || sizeof(0xffffffff) != 4);",
                "WRITE_ONCE(minus, 0xffffffff); BUG_ON(READ_ONCE(minus) != -1 || READ_ONCE(minus) < 5u);",
                "BUG_ON((0 ? 5 : 0xffffffff) < 5);",
                "BUG_ON(sizeof(c + 0) != 4 || sizeof(c) != 1 || sizeof(1L) != 8 || sizeof(&c) != 8 || sizeof(c++) != 1);",
                "BUG_ON(sizeof(tab) != 12 || sizeof(tab + 0) != 8 || sizeof(u << 1L) != 4 || sizeof(u + 1L) != 8);",
            })
    void isWhatCMakesOfThem(String statements) {
        assertEquals("", file(statements).violated(), statements);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "i = neg / 2u; | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "i = neg % 3ul; | a value from -2 to -1 in a calculation of unsigned long, which would wrap around",
                "i = (u - 3) >> 1; | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "l = u - 3; | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "long d = u - 3; l = d; | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "BUG_ON((s64)(u - 3) < 0); | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "l = zero ? 0L : u - 3; | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
                "l = 0xffffffff; | a value -1 in a calculation of unsigned int, which would wrap around",
                "WRITE_ONCE(wide, 0xffffffff); | a value -1 in a calculation of unsigned int, which would wrap around",
                "xchg(&wide, (u32)-1); | a value -1 in a calculation of unsigned int, which would wrap around",
                "cmpxchg(&wide, 0, 0xffffffff); | a value -1 in a calculation of unsigned int, which would wrap around",
                "BUG_ON(wide == 0xffffffff); | a value -1 in a calculation of unsigned int, which would wrap around",
                "i = 0xffffffff >> 1; | a value -1 in a calculation of unsigned int, which would wrap around",
                "switch (u - 3) { case 0xffffffff: i = 1; break; } | a case of more than 31 bits, where the value is unsigned and may have wrapped around",
                "BUG_ON(u - 3 < start); | a value from -2 to -1 in a calculation of unsigned int, which would wrap around",
            })
    void whatWouldComeOutWrongIsRefused(String statements, String message) {
        List<String> refusals = file(statements).refusals();
        assertEquals(1, refusals.size(), refusals.toString());
        assertTrue(refusals.get(0).contains(": " + message + "; cast "), refusals.get(0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "u = 0xffffffff; | keep it in a variable of a signed type: unsigned ones have at most 31 bits here",
                "i = 4294967295; | the number 4294967295, where values have 32 bits",
                "i = 0xffffffffl; | the number 4294967295, where values have 32 bits",
            })
    void whatNoVariableHoldsIsRefused(String statements, String message) {
        assertTrue(file(statements).refusals().get(0).contains(message), statements);
    }
}
