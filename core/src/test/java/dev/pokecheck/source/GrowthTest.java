// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Each construct of C, doubled until it has been refused twice or fills a file of 32 kB: the work to read it grows as the file does, with all expanded in it, and no faster. Where
 * each statement is read with what is known of as many variables it is their product, until that is refused. Work is counted in bytes that the reading allocates, as its
 * tokens, trees, statements and what is known at each point are all allocated; of time nothing is said.
 */
@Tag("full")
class GrowthTest {
    private static final Setting SETTING =
            Scenario.of(List.of(SiteSpec.parse("nop5->jmp32"))).setting();
    private static final int LONGEST = 1 << 15;

    /** Doubled input may cost so many times as much; what is allocated once, and what is compiled in between, disturbs the measure. */
    private static final double MOST_GROWTH = 2.7;

    private static final double MOST_GROWTH_OF_PRODUCTS = 4.5;
    /** So much work says nothing about growth. */
    private static final long LITTLE = 8_000_000;
    /** More than this, in bytes, no file may cost. */
    private static final long MOST = 4_000_000_000L;

    /** What comes to twice as much with each part more. */
    private static final List<String> DOUBLE = List.of(
            "functions that call two",
            "loops in loops over known counts",
            "macros that double",
            "macros in arguments that double");

    /** Statements of as many variables. */
    private static final List<String> PRODUCTS = List.of(
            "conditions that are joined",
            "functions with values",
            "members",
            "variables and branches",
            "variables that another routine uses",
            "variables that follow each other");

    private static String times(int count, IntFunction<String> part) {
        return IntStream.range(0, count).mapToObj(part).collect(Collectors.joining());
    }

    private static String patcher(String body) {
        return "void pokecheck_patcher(void)\n{\n" + body + "\n}\n";
    }

    /** The constructs by name; each makes a file of so many parts. */
    private static Map<String, IntFunction<String>> constructs() {
        Map<String, IntFunction<String>> all = new TreeMap<>();
        all.put("brackets in an expression", n -> patcher("x = " + "(".repeat(n) + "1" + ")".repeat(n) + ";"));
        all.put("operators before an operand", n -> patcher("x = " + "!".repeat(n) + "y;"));
        all.put("a sum of loads", n -> patcher("x = 0" + times(n, i -> " & y") + ";"));
        all.put("a sum of constants", n -> patcher("x = 0" + times(n, i -> " + 0") + ";"));
        all.put("conditions that are joined", n -> patcher("if (y" + times(n, i -> " && y") + ") x = 1;"));
        all.put("conditional expressions", n -> patcher("x = " + times(n, i -> "y ? 0 : ") + "1;"));
        all.put("commas", n -> patcher("x = 0" + times(n, i -> ", x = 1") + ";"));
        all.put("statements", n -> patcher(times(n, i -> "x = 1;\n")));
        all.put("statements of a local variable", n -> patcher("int v = y;\n" + times(n, i -> "v = v ^ 1;\n")));
        all.put("blocks in blocks", n -> patcher("{".repeat(n) + "x = 1;" + "}".repeat(n)));
        all.put("branches", n -> patcher(times(n, i -> "if (y) x = 1;\n")));
        all.put("branches of variables", n -> patcher("int v = 0;\n" + times(n, i -> "if (y) v = " + i % 9 + ";\n")));
        all.put("variables and branches", n -> patcher(times(n, i -> "int v" + i + " = y; if (y) v" + i + " = 2;\n")));
        all.put("branches in branches", n -> patcher(times(n, i -> "if (y) {\n") + "x = 1;" + "}".repeat(n)));
        all.put("else if", n -> patcher(times(n, i -> "if (y == " + i + ") x = 1; else\n") + "x = 0;"));
        all.put("cases", n -> patcher("switch (y) {\n" + times(n, i -> "case " + i + ": x = 1; break;\n") + "}"));
        all.put(
                "cases that fall through",
                n -> patcher("switch (y) {\n" + times(n, i -> "case " + i + ": x = 1;\n") + "}"));
        all.put(
                "labels",
                n -> patcher(times(n, i -> "if (y) goto l" + i + ";\n") + times(n, i -> "l" + i + ": x = 0;\n")));
        all.put("labels that lead back", n -> patcher(times(n, i -> "l" + i + ": if (y) goto l" + i + ";\n")));
        all.put("loops that go round", n -> patcher(times(n, i -> "while (y) x = 1;\n")));
        all.put(
                "loops in loops that go round",
                n -> patcher(times(n, i -> "while (y) {\n") + "x = 1;" + "}".repeat(n)));
        all.put("loops over known counts", n -> patcher(times(n, i -> "for (int i = 0; i < 8; i++) x = i;\n")));
        all.put(
                "loops in loops over known counts",
                n -> patcher(times(n, i -> "for (int i" + i + " = 0; i" + i + " < 2; i" + i + "++)\n") + "x = 1;"));
        all.put("waits", n -> patcher(times(n, i -> "while (READ_ONCE(y)) cpu_relax();\n")));
        all.put(
                "functions that call two",
                n -> times(n, i -> "static void f" + (i + 1) + "(void) { f" + i + "(); f" + i + "(); }\n")
                        + patcher("f" + n + "();"));
        all.put(
                "functions that call one",
                n -> times(n, i -> "static void f" + (i + 1) + "(void) { f" + i + "(); }\n")
                        + patcher("f" + n + "();"));
        all.put("calls", n -> patcher(times(n, i -> "f0();\n")));
        all.put(
                "functions with values",
                n -> "static int g(int a) { return a & 3; }\n" + patcher(times(n, i -> "x = g(y);\n")));
        all.put(
                "calls in arguments",
                n -> "static int g(int a) { return a & 3; }\n"
                        + patcher("x = " + times(n, i -> "g(") + "y" + ")".repeat(n) + ";"));
        all.put(
                "parameters",
                n -> "static void g(int p" + times(n, i -> ", int p" + i) + ") { x = p; }\n"
                        + patcher("g(0" + times(n, i -> ", " + i) + ");"));
        all.put(
                "macros that double",
                n -> "#define M0 x = 1;\n" + times(n, i -> "#define M" + (i + 1) + " M" + i + " M" + i + "\n")
                        + patcher("M" + n));
        all.put(
                "macros in macros",
                n -> "#define M0(a) a\n" + times(n, i -> "#define M" + (i + 1) + "(a) M" + i + "(a)\n")
                        + patcher("x = M" + n + "(1);"));
        all.put(
                "macros in arguments",
                n -> "#define M(a) a\n" + patcher("x = " + "M(".repeat(n) + "1" + ")".repeat(n) + ";"));
        all.put(
                "macros in arguments that double",
                n -> "#define M(a) a a\n" + patcher("M(".repeat(n) + "x = 1;" + ")".repeat(n)));
        all.put(
                "macros",
                n -> times(n, i -> "#define M" + i + " " + i % 2 + "\n") + patcher(times(n, i -> "x = M" + i + ";\n")));
        all.put(
                "conditions of the preprocessor",
                n -> times(n, i -> "#if 1\n") + "int v;\n" + times(n, i -> "#endif\n") + patcher(""));
        all.put(
                "structs in structs",
                n -> "struct s0 { int m; };\n" + times(n, i -> "struct s" + (i + 1) + " { struct s" + i + " m; };\n")
                        + "static struct s" + n + " s;\n" + patcher("s.m" + ".m".repeat(n) + " = 1;"));
        all.put(
                "members",
                n -> "struct s {\n" + times(n, i -> "int m" + i + ";\n") + "};\nstatic struct s a, b;\n"
                        + patcher("a = b;"));
        all.put(
                "arrays in arrays",
                n -> "static int a" + "[1]".repeat(n) + ";\n" + patcher("a" + "[0]".repeat(n) + " = 1;"));
        all.put("elements", n -> "static int a[" + n + "], b[" + n + "];\n" + patcher("memcpy(a, b, sizeof(a));"));
        all.put("elements of a call", n -> patcher("int a[" + n + "] = { 1 };\na[y] = 2;"));
        all.put(
                "initial values",
                n -> "static int a[] = { " + times(n, i -> i % 7 + ", ") + "};\n" + patcher("x = a[y];"));
        all.put(
                "pointers to many objects",
                n -> times(n, i -> "static int g" + i + ";\n") + "static int *p;\n"
                        + patcher(times(n, i -> "p = &g" + i + ";\n") + "if (p) *p = 1;"));
        all.put(
                "pointers to many variables of a call",
                n -> "static int *p;\n" + patcher(times(n, i -> "int g" + i + " = 1; p = &g" + i + ";\n")));
        all.put(
                "variables that another routine uses",
                n -> "static void there(void *data) { int **all = data;\n" + times(n, i -> "*all[" + i + "] = 1;\n")
                        + "}\n"
                        + patcher(times(n, i -> "int v" + i + ";\n") + "int *all[" + (n + 1) + "] = { "
                                + times(n, i -> "&v" + i + ", ") + "};\non_each_cpu(there, all, 1);"));
        all.put(
                "variables that follow each other",
                n -> times(n + 1, i -> "static int g" + i + ";\n")
                        + patcher(times(n, i -> "g" + i + " = g" + (i + 1) + ";\n") + "g" + n + " = 3;"));
        all.put("counters", n -> times(n, i -> "static int g" + i + ";\n") + patcher(times(n, i -> "g" + i + "++;\n")));
        all.put(
                "handlers that call functions",
                n -> "static void h(void *data) { x = 1; }\n" + patcher(times(n, i -> "on_each_cpu(h, NULL, 1);\n")));
        all.put("comments", n -> times(n, i -> "/* comment */\n") + patcher(""));
        all.put(
                "lines of a comment",
                n -> "/* expect: holds\n" + times(n, i -> " *   and more\n") + "*/\n" + patcher(""));
        all.put("a long line", n -> patcher(times(n, i -> "x = 1; ")));
        all.put("a long name", n -> patcher("int " + "n".repeat(n) + " = 1; x = " + "n".repeat(n) + ";"));
        all.put("a long number", n -> patcher("x = 0" + "0".repeat(n) + ";"));
        all.put("a long string", n -> patcher("pr_info(\"" + "s".repeat(n) + "\");"));
        all.put("lines that are joined", n -> patcher("x = \\\n".repeat(1) + "\\\n".repeat(n) + "1;"));
        all.put("mistakes", n -> patcher(times(n, i -> "x = ;\n")));
        all.put("mistakes in meaning", n -> patcher(times(n, i -> "unknown();\n")));
        all.put("brackets that do not close", n -> patcher("(".repeat(n)));
        all.put("declarators", n -> "static int " + "*".repeat(n) + "p;\n" + patcher(""));
        all.put(
                "declarators in brackets",
                n -> "static int " + "(".repeat(n) + "v" + ")".repeat(n) + ";\n" + patcher("v = 1;"));
        all.put("casts", n -> patcher("x = " + "(int)".repeat(n) + "y;"));
        all.put("sizes of sizes", n -> patcher("x = " + "sizeof ".repeat(n) + "y;"));
        return all;
    }

    static Stream<String> names() {
        return constructs().keySet().stream();
    }

    /** The bytes that reading a file allocates, and what is said if it is refused. */
    private record Cost(long bytes, Optional<Complaint> refusal) {}

    private static Cost read(String text) {
        String file =
                "#include <pokecheck.h>\nstatic int x;\nstatic volatile int y __range(0, 9);\nstatic void f0(void) { x = 1; }\nvoid pokecheck_irq(void) { y = 3; }\n"
                        + text;
        com.sun.management.ThreadMXBean threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        Optional<Complaint> refusal = Optional.empty();
        try {
            CSource source =
                    new CSource(new SourceText("f.c", file), (name, quoted, from) -> Optional.empty(), List.of());
            Protocol.record("f.c", SETTING, source);
        } catch (SourceException e) {
            refusal = Optional.of(e.complaints().get(0));
        }
        return new Cost(threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before, refusal);
    }

    @ParameterizedTest
    @MethodSource("names")
    void workGrowsAsTheFile(String name) {
        IntFunction<String> construct = constructs().get(name);
        double growth = PRODUCTS.contains(name) ? MOST_GROWTH_OF_PRODUCTS : MOST_GROWTH;
        StringBuilder seen = new StringBuilder();
        read(construct.apply(2));
        Cost last = read(construct.apply(2));
        int refused = 0;
        for (int n = DOUBLE.contains(name) ? 3 : 4; refused < 2; n = DOUBLE.contains(name) ? n + 1 : 2 * n) {
            String text = construct.apply(n);
            if (text.length() > LONGEST) {
                return;
            }
            Cost cost = read(text);
            seen.append(n).append(": ").append(cost.bytes() / 1000).append(" kB; ");
            String said =
                    name + ": " + seen + cost.refusal().map(Complaint::message).orElse("");
            assertTrue(cost.bytes() < MOST, said);
            assertTrue(cost.bytes() < Math.max(LITTLE, growth * last.bytes()), said);
            refused += cost.refusal().isPresent() ? 1 : 0;
            last = cost;
        }
    }
}
