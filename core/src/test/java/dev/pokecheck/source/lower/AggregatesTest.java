// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Structs that calls return, initializers whose inner braces are left out, and what a promotion makes of a type. */
class AggregatesTest {
    private static final String TYPES = """
            struct pair { int x, y; };
            struct nest { int n; struct pair p; int a[2]; };
            union either { struct pair p; int n; };
            """;

    private static Lowered patcher(String declarations, String statements) {
        return Lowered.of(1, TYPES + declarations + "\nvoid pokecheck_patcher(void)\n{\n" + statements + "\n}\n");
    }

    @Test
    void aMemberOfWhatACallReturns() {
        String call = "static int n;\nstatic struct pair pair(int x) { n++; return (struct pair){ x, x + 1 }; }";
        assertEquals("", patcher(call, """
                        BUG_ON(pair(3).y != 4 || READ_ONCE(n) != 1);
                        BUG_ON(pair(pair(1).y).x != 2 || READ_ONCE(n) != 3);
                        """).violated());
        assertEquals("bug", patcher(call, "BUG_ON(pair(3).x == 3);").violated());
        assertEquals(
                List.of("8:16: 'z'"),
                patcher(call, "BUG_ON(pair(3).z);").refusals().stream()
                        .map(line -> line.replaceAll(": .*(?='z')", ": "))
                        .toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "struct pair v[2] = { 1, 2, 3, 4 };",
                "struct pair v[2] = { { 1, 2 }, 3, 4 };",
                "struct pair v[2] = { 1, 2, { 3, 4 } };",
                "struct pair v[2] = { [1] = 3, 4, [0] = 1, 2 };",
                "struct pair v[2] = { [1].y = 4, [0] = { 1, 2 }, [1].x = 3 };",
            })
    void bracesMayBeLeftOut(String variable) {
        String test = "BUG_ON(v[0].x != 1 || v[0].y != 2 || v[1].x != 3 || v[1].y != 4);";
        assertEquals("", patcher("static " + variable, test).violated());
        assertEquals("", patcher("", variable + "\n" + test).violated());
        assertEquals("bug", patcher("", variable + "\nBUG_ON(v[1].x == 3);").violated());
    }

    @Test
    void inWhateverTheyAre() {
        assertEquals(
                "",
                patcher("static struct nest s = { 1, 2, 3, 4, 5 }, t = { .p = 2, 3, .a[1] = 5 };", """
                        struct nest u = { 1, { 2 }, 4 };
                        union either w[2] = { 1, 2, 3, 4 };

                        BUG_ON(s.n != 1 || s.p.x != 2 || s.p.y != 3 || s.a[0] != 4 || s.a[1] != 5);
                        BUG_ON(t.n || t.p.x != 2 || t.p.y != 3 || t.a[0] || t.a[1] != 5);
                        BUG_ON(u.n != 1 || u.p.x != 2 || u.p.y || u.a[0] != 4 || u.a[1]);
                        BUG_ON(w[1].p.x != 3 || w[1].p.y != 4);
                        """)
                        .violated());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "static struct pair v[2] = { 1, 2, 3, 4, 5 }; | 4:41: there is no element 2 of 2",
                "static struct pair v[] = { 1, 2 }; | 4:28: a value without the braces of its element, in an array of no length; write either",
                "static struct pair v = 1; | 4:24: a value in the place of a list in braces",
                "static int v = { 1, 2 }; | 4:16: a list in braces for int",
            })
    void whatIsLeftOverIsRefused(String variable, String refusal) {
        assertEquals(List.of(refusal), patcher(variable, "").refusals());
    }

    /** An expression of a struct type is for the whole member (C17, 6.7.9, 13), and no list whose braces are left out. */
    @Test
    void aStructAsAValueInAListIsRefused() {
        for (String list : List.of("{ .x = v, .n = 1 }", "{ v }", "{ v, 1 }", "{ .x = *&v }")) {
            List<String> refusals = patcher(
                            "struct s { int a, b; }; struct o { struct s x; int n; };",
                            "struct s v = { 3, 7 }; struct o p = " + list + "; BUG_ON(p.x.b != 7);")
                    .refusals();
            assertEquals(1, refusals.size(), refusals.toString());
            assertTrue(
                    refusals.get(0).contains("a value of struct s in the list of an initializer is not read"),
                    refusals.get(0));
        }
    }

    @Test
    void aPromotedNumberIsAnInt() {
        assertEquals("", patcher("static char c; static u16 h;", """
                        BUG_ON(sizeof(c) != 1 || sizeof(+c) != 4 || sizeof(-h) != 4 || sizeof(~c) != 4);
                        BUG_ON(sizeof(c + c) != 4 || sizeof(c++) != 1 || sizeof(h << 1L) != 4 || sizeof(+1L) != 8);
                        BUG_ON(+c != 0 || +3 != 3);
                        """).violated());
        assertEquals(
                List.of("4:21: the size of an expression, where only types are known; write sizeof(type)"),
                patcher("static int v[sizeof(+1)];".replace("v[s", "v[    s"), "").refusals().stream()
                        .map(line -> line.replaceFirst("^4:\\d+", "4:21"))
                        .toList());
    }

    @Test
    void aLabelOfASwitchInABlockInsideItIsRefused() {
        assertEquals(
                List.of("9:1: a label of a switch in a block, a branch or a loop inside it; "
                        + "move it out, so that it stands in the braces of the switch itself"),
                patcher("", "switch (poke_choose(2)) {\ncase 0: {\ncase 1:\nbreak;\n}\n}")
                        .refusals());
    }

    /** One of two structs, by what is known only when the protocol runs: all of it, a member of it, and what a function returns. */
    @Test
    void aStructCanBeChosen() {
        String structs = """
                static struct pair one = { 1, 2 }, two = { 3, 4 };
                static struct pair get(int x)
                {
                    struct pair l = { 5, 6 }, m = { 7, 8 };
                    return x ? l : m;
                }
                """;
        assertEquals("", patcher(structs, """
                        int f = poke_choose(2);
                        struct pair t;
                        t = f ? one : two;
                        BUG_ON(t.x != (f ? 1 : 3) || t.y != (f ? 2 : 4));
                        BUG_ON((f ? one : two).y != (f ? 2 : 4));
                        t = get(f);
                        BUG_ON(t.x != (f ? 5 : 7) || t.y != (f ? 6 : 8));
                        t = 1 ? one : two;
                        BUG_ON(t.x != 1);
                        """).violated());
        assertEquals(
                "bug",
                patcher(structs, "BUG_ON((poke_choose(2) ? one : two).x == 3);").violated());
        assertEquals(
                1,
                patcher(
                                "struct other { int z; }; static struct other o; static struct pair one;",
                                "struct pair t; t = poke_choose(2) ? one : o;")
                        .refusals()
                        .size());
    }

    /** Of several lengths, some may be too long for some sites: that is a mistake of the run that comes there, and not of the file. */
    @Test
    void aLengthThatIsTooLongForOneOfTheSitesIsNoMistakeOfTheFile() {
        String text = """
                static int len;
                void pokecheck_patcher(void)
                {
                    poke_each_site(s) {
                        WRITE_ONCE(len, LEN);
                        poke_begin(s);
                        text_poke(POKE_ADDR(s), POKE_NEW(s), READ_ONCE(len));
                        poke_end(s);
                    }
                }
                """;
        List<String> sites = List.of("nop2->jmp8", "nop5->jmp32");
        assertEquals(
                "", Lowered.of(1, sites, text.replace("LEN", "POKE_LEN(s)")).violated());
        assertEquals(
                "bug", Lowered.of(1, sites, text.replace("LEN", "s ? 2 : 5")).violated());
        assertTrue(Lowered.of(1, sites, text.replace("LEN", "1").replace("READ_ONCE(len)", "5"))
                .refusals()
                .get(0)
                .contains("this reads beyond the bytes of site0"));
    }
}
