// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code __range(min, max)}: what leaves it is a bug, wherever the variable or member lies; where it cannot be said, it is refused. */
class DeclaredRangeTest {
    private static final String REMEDY = "; write __range(min, max) behind the name of a variable, parameter or member "
            + "that is a number, an array of numbers, or a struct of one";

    private static String violated(String declarations, String statements) {
        return Lowered.of(1, declarations + "\nvoid pokecheck_patcher(void)\n{\n" + statements + "\n}\n")
                .violated();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static int %s __range(0, 3);|v",
                "static int __range(0, 3) %s;|v",
                "static struct { int m __range(0, 3); int n; } %s;|v.m",
                "static struct { int __range(0, 3) m; int n; } %s;|v.m",
                "static struct { int m[2] __range(0, 3); int n; } %s;|v.m[1]",
                "static struct { struct { int m __range(0, 3); } in[2]; } %s;|v.in[1].m",
                "static atomic_t %s __range(0, 3);|v.counter",
            })
    void whatLeavesItIsABug(String text) {
        String declaration = text.split("\\|", -1)[0].formatted("v");
        String place = text.split("\\|", -1)[1];
        String local = declaration.replace("static ", "");
        String within = place + " = poke_choose(4);";
        String beyond = place + " = poke_choose(5);";
        assertEquals("", violated(declaration, within));
        assertEquals("bug", violated(declaration, beyond));
        assertEquals("", violated("", local + " " + within));
        assertEquals("bug", violated("", local + " " + beyond));
        assertEquals("bug", violated("static int *p;", local + " WRITE_ONCE(p, (int *)&" + place + "); " + beyond));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "static int *v __range(0, 3);|2:13: the range of 'v', which is int *",
                "static struct { int a, b; } v __range(0, 3);|2:29: the range of 'v', which is struct {…}",
                "typedef int v __range(0, 3);|2:13: the range of 'v', which is no variable",
                "static int v(void) __range(0, 3);|2:12: the range of 'v', which is no variable",
                "struct s { int a; } __range(0, 3);|2:21: the range of a type",
                "struct s { int *m __range(0, 3); };|2:17: the range of 'm', which is int *",
            })
    void whereItCannotBeSaidItIsRefused(String text) {
        assertEquals(
                List.of(text.split("\\|", -1)[1] + REMEDY),
                Lowered.of(1, "\n" + text.split("\\|", -1)[0] + "\nvoid pokecheck_patcher(void) { }\n")
                        .refusals());
    }

    @Test
    void thatOfItsTypeHoldsAllOfIt() {
        List<String> refusals = Lowered.of(1, "static u8 x __range(0, 300);\nvoid pokecheck_patcher(void) { }\n")
                .refusals();
        assertEquals(
                List.of("1:11: the range of 'x' from 0 to 300, where unsigned char has 0 to 255; give it a range"
                        + " within its type"),
                refusals);
    }

    @Test
    void noVariableIsInitialisedWithAString() {
        List<String> refusals = Lowered.of(1, "void pokecheck_patcher(void) { char d[4] = \"ab\"; BUG_ON(d[0]); }\n")
                .refusals();
        assertEquals(
                List.of("1:44: a string in the place of a list in braces; write its bytes: { 'a', 'b', 0 }"), refusals);
    }
}
