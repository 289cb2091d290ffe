// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** How large a file may be that is read: what is larger is refused with its line, and never exhausts the stack. */
class BoundsTest {
    private static final Setting SETTING =
            Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).setting();

    private static String times(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private static Protocol read(String declarations, String body) {
        String text = "#include <pokecheck.h>\nstatic int x;\n" + declarations + "\nvoid pokecheck_patcher(void)\n{\n"
                + body + "}\n";
        CSource source = new CSource(new SourceText("f.c", text), (name, quoted, from) -> Optional.empty(), List.of());
        return Protocol.record("f.c", SETTING, source);
    }

    private static void assertRefused(String why, String declarations, String body) {
        SourceException refusal = assertThrows(SourceException.class, () -> read(declarations, body));
        assertTrue(refusal.complaints().get(0).what().contains(why), refusal.getMessage());
    }

    private static String chain(int calls) {
        return "static void f0(void) { x = 1; }\n"
                + times(calls, i -> "static void f" + (i + 1) + "(void) { f" + i + "(); }\n");
    }

    @Test
    void callsNestSoDeep() {
        read(chain(50), "f50();");
        assertRefused("nests too deep", chain(5000), "f5000();");
    }

    @Test
    void soDoCasesAndLabelsAndElementsThatAreOnlyKnownInARun() {
        IntFunction<String> cases = n -> "switch (x) {" + times(n, i -> "case " + i + ": x = 0; break;\n") + "}";
        read("", cases.apply(100));
        assertRefused("nests too deep", "", cases.apply(5000));
        assertRefused("nests too deep", "static int y __range(0, 1899);\n", "int a[1900] = { 1 }; a[y] = 2;");
        assertRefused(
                "nests too deep",
                "",
                times(2000, i -> "if (x) goto l" + i + ";\n") + times(2000, i -> "l" + i + ": x = 0;\n"));
    }

    /** Blocks are named after labels and numbered: l1 and 12 are not l11 and 2. */
    @Test
    void aLabelMayBeginAsAnotherDoes() {
        Protocol protocol =
                read("", times(40, i -> "if (x) goto l" + i + ";\n") + times(40, i -> "l" + i + ": x = 0;\n"));

        assertEquals(2, protocol.threads().size());
    }

    @Test
    void aStructHasSoManyMembers() {
        assertRefused(
                "a struct of more than 500 members",
                "struct s {" + times(600, i -> "int m" + i + ";\n") + "};",
                "x = 1;");
    }

    @Test
    void aPointerLeadsToSoManyObjects() {
        IntFunction<String> objects = n -> times(n, i -> "static int g" + i + ";\n") + "static int *p;\n";
        IntFunction<String> uses = n -> times(n, i -> "p = &g" + i + ";\n") + "if (p) *p = 1;";
        String code = "static void *c; void pokecheck_nmi(void) { c = (void *)POKE_ADDR(0); }\n";
        read(code + objects.apply(20), uses.apply(20));
        assertThrows(SourceException.class, () -> read(code + objects.apply(3000), uses.apply(3000)));
    }

    @Test
    void soManyVariablesOfCallsAreKept() {
        assertRefused("more than 2000 variables of functions", "", times(3000, i -> "int v" + i + " = 1;\n"));
        assertRefused("more than 2000 variables of functions", "", "int a[3000] = { 1 }; x = a[2];");
    }

    @Test
    void variablesFollowFromEachOtherSoFar() {
        IntFunction<String> variables = n -> times(n + 1, i -> "static int g" + i + ";\n");
        IntFunction<String> chain = n -> times(n, i -> "g" + i + " = g" + (i + 1) + ";\n") + "g" + n + " = 3;\n";
        read(variables.apply(50), chain.apply(50));
        assertRefused("after 100 readings of the file", variables.apply(3000), chain.apply(3000));
    }

    @Test
    void statementsOfVariablesAreSoMany() {
        assertRefused(
                "too many statements of too many variables",
                "",
                times(1900, i -> "int v" + i + " = 1;\n") + times(8000, i -> "x = 1;\n"));
    }

    @Test
    void statementsAndBranchesAreSoMany() {
        assertRefused(
                "more than 20000 statements",
                chain(0)
                        + times(
                                16,
                                i -> "static void g" + i + "(void) { "
                                        + (i == 0 ? "f0(); f0();" : "g" + (i - 1) + "(); g" + (i - 1) + "();")
                                        + " }\n"),
                "g15();");
    }

    /** What grows with every reading, and goes through a cast, ends with the type of the cast. */
    @Test
    void aCastIsABound() {
        String file = """
                static int v;
                void pokecheck_patcher(void)
                {
                    while (poke_choose(2)) {
                        v = (%s)(v + 2);
                        poke_rest();
                    }
                    BUG_ON(v %s);
                }
                """;
        assertEquals("", Lowered.of(1, file.formatted("s8", "> 127")).violated());
        assertEquals("bug", Lowered.of(1, file.formatted("s8", "== 126")).violated());
        assertEquals("bug", Lowered.of(1, file.formatted("s8", "== -128")).violated());
        assertEquals("", Lowered.of(1, file.formatted("u8", "> 255")).violated());
    }
}
