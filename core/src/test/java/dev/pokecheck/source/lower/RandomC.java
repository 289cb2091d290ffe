// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import java.util.Random;

/** Random functions whose values stay small, in the C that is understood: what they compute is known to any compiler. */
final class RandomC {
    private static final String[] VARIABLES = {"a", "b", "c", "shared"};
    private static final String[] OPERATORS = {
        "+", "-", "*", "&", "|", "^", "<", ">", "<=", ">=", "==", "!=", "&&", "||"
    };

    private final Random random;
    private final StringBuilder text = new StringBuilder();
    private final String name;
    private int loops;
    private int labels;
    private boolean calls;

    private RandomC(String name, long seed) {
        this.name = name;
        random = new Random(seed);
    }

    /** A file with a function {@code name_run()} that returns a value. */
    static String function(String name, long seed) {
        return new RandomC(name, seed).file();
    }

    private String file() {
        text.append("static int ").append(name).append("_array[4];\n");
        text.append("static int ").append(name).append("_shared;\n");
        text.append(records().replace("@", name));
        text.append("static int ").append(name).append("_f(int a, int b)\n{\n\tint c = 1, *p = &a;\n");
        String condition = expression(2).replace("shared", "b");
        calls = true;
        text.append("\tif (")
                .append(condition)
                .append(")\n\t\treturn ")
                .append(small("a + b"))
                .append(";\n");
        text.append("\t*p = ")
                .append(small("b + 2"))
                .append(";\n\tc += a;\n\treturn ")
                .append(small("c"))
                .append(";\n}\n");
        text.append("static void ")
                .append(name)
                .append("_set(int *to, int value)\n{\n\t*to = ")
                .append(small("*to + value"))
                .append(";\n}\n");
        text.append("int ").append(name).append("_run(void)\n{\n\tint a = 1, b = 2, c = 3;\n");
        statements(3, 1, false);
        text.append("\treturn ")
                .append(small("a + 2 * b + 4 * c + " + name + "_shared + " + name + "_array[1] + " + name + "_sum("
                        + name + "_t, 2)"))
                .append(";\n}\n");
        return text.toString().replace("shared", name + "_shared").replace(name + "_" + name + "_", name + "_");
    }

    /** Structs, a union, a table of functions and one that changes what a pointer leads to; {@code @} stands for the name. */
    private static String records() {
        return """
                struct @_s { int x; struct { unsigned char y; int z[2]; }; };
                static struct @_s @_t[2] = { { 1, { 2, { 3, 4 } } }, { .z = { [1] = 5 }, .x = 6 } };
                static const int @_c[4] = { 7, 1, 0, 3 };
                static int @_plus(int x, int y) { return (x + y) & 15; }
                static int @_xor(int x, int y) { return (x ^ ~y) & 15; }
                static int (*@_op[2])(int, int) = { @_plus, @_xor };
                union @_u { int i; unsigned int u; unsigned char b[4]; struct { short low, high; } h; };
                static union @_u @_v = { .b = { 1, 0, 2 } };
                static int @_seen(union @_u *from, int n)
                {
                	union @_u here = *from;

                	here.b[n & 1] = 7;
                	from->i = (from->i + n) & 0x3fff;
                	return (here.i + here.h.high + from->b[n & 3] + (int)from->u) & 15;
                }
                static int @_sum(const struct @_s *from, int n)
                {
                \tconst struct @_s *p = from + (n & 1);

                \treturn (from->x + p->y + p->z[n & 1]) & 15;
                }
                static struct @_s @_made(int x)
                {
                	struct @_s made = { .x = x & 7, .y = 3 };

                	return made;
                }
                """;
    }

    private static String small(String expression) {
        return "(" + expression + ") & 15";
    }

    private String variable() {
        return VARIABLES[random.nextInt(VARIABLES.length)];
    }

    private String expression(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return random.nextBoolean() ? variable() : Integer.toString(random.nextInt(9));
        }
        return switch (random.nextInt(9)) {
            case 0 -> "!" + variable();
            case 1 -> "(" + expression(depth - 1) + " ? " + expression(depth - 1) + " : " + expression(depth - 1) + ")";
            case 2 -> name + "_array[(" + expression(depth - 1) + ") & 3]";
            case 3 -> !calls ? variable() : name + "_f(" + small(expression(depth - 1)) + ", " + variable() + ")";
            case 4 -> "((" + small(expression(depth - 1)) + ") << " + random.nextInt(3) + ")";
            case 5 -> "((" + small(expression(depth - 1)) + ") / " + (1 + random.nextInt(4)) + ")";
            default -> {
                String operator = OPERATORS[random.nextInt(OPERATORS.length)];
                yield "((" + small(expression(depth - 1)) + ") " + operator + " (" + small(expression(depth - 1))
                        + "))";
            }
        };
    }

    private void line(int depth, String line) {
        text.append("\t".repeat(depth)).append(line).append('\n');
    }

    private void statements(int count, int depth, boolean inLoop) {
        for (int n = 0; n < count; n++) {
            statement(depth, inLoop);
        }
    }

    private void statement(int depth, boolean inLoop) {
        if (random.nextInt(3) == 0) {
            withRecords(depth);
            return;
        }
        int kinds = depth > 3 ? 5 : inLoop ? 11 : 10;
        switch (random.nextInt(kinds)) {
            case 0, 1 -> line(depth, variable() + " = " + small(expression(2)) + ";");
            case 2 ->
                line(
                        depth,
                        name + "_array[" + small(expression(1)).replace("& 15", "& 3") + "] = " + small(expression(2))
                                + ";");
            case 3 -> line(depth, name + "_set(&" + variable() + ", " + small(expression(1)) + ");");
            case 4 ->
                line(depth, variable() + " = " + small(variable() + (random.nextBoolean() ? " + 1" : " - 1")) + ";");
            case 5, 6 -> choice(depth, inLoop);
            case 7 -> counted(depth);
            case 8 -> repeated(depth);
            case 9 -> random(depth, inLoop);
            default ->
                line(
                        depth,
                        "if (" + expression(1) + ")\n" + "\t".repeat(depth + 1)
                                + (random.nextBoolean() ? "break;" : "continue;"));
        }
    }

    /** A statement on structs, pointers or functions that are chosen while the program runs. */
    private void withRecords(int depth) {
        String index = small(expression(1)).replace("& 15", "& 1");
        String value = small(expression(1));
        String line = switch (random.nextInt(13)) {
            case 0 -> "@_t[" + index + "].x = " + value + ";";
            case 1 -> "@_t[0].z[" + index + "] = " + value + ";";
            case 2 -> "@_t[" + index + "] = @_t[1];";
            case 3 -> "a = @_sum(@_t, " + index + ");";
            case 4 -> "b = @_op[" + index + "](" + value + ", c);";
            case 5 -> "{ int *q = " + expression(1) + " ? &b : &c; *q = " + value + "; }";
            case 6 -> "{ struct @_s s = @_t[0], *q = " + expression(1) + " ? &s : &@_t[1]; q->x = 3; a = s.x; }";
            case 7 -> "@_t[1] = @_made(" + value + ");";
            case 9 -> "a = @_seen(&@_v, " + index + ");";
            case 10 ->
                "{ union @_u u = { .i = " + value + " }; u.b[1] = " + value + "; b = @_seen(&u, " + index + "); b = ("
                        + "b + u.h.low) & 15; }";
            case 11 ->
                "{ union @_u u; u.h.low = " + value + "; u.h.high = 0; u.b[" + index + "] = " + value
                        + "; @_v = u; c = (@_v.b[0] + @_v.i) & 15; }";
            case 8 -> "c = @_c[(" + expression(1) + ") & 3] ^ ((" + value + ") >> 1);";
            default ->
                "{ int m[3] = { 1, a, b }; m[" + index + "] = " + value + "; c = m[" + index + "] + m[2]; c &= 15; }";
        };
        line(depth, line.replace("@", name));
        if (random.nextInt(4) == 0) {
            goneBack(depth);
        }
    }

    /** A loop by {@code goto}. */
    private void goneBack(int depth) {
        String label = "again" + labels++;
        String n = "g" + loops++;
        line(depth, "int " + n + " = 0;");
        line(depth - 1, label + ":");
        line(depth, "a = " + small("a + " + n) + ";");
        line(depth, "if (" + n + " < " + (1 + random.nextInt(2)) + ") {");
        line(depth + 1, n + "++;");
        line(depth + 1, "goto " + label + ";");
        line(depth, "}");
    }

    private void choice(int depth, boolean inLoop) {
        line(depth, "if (" + expression(2) + ") {");
        statements(1 + random.nextInt(2), depth + 1, inLoop);
        if (random.nextBoolean()) {
            line(depth, "} else {");
            statements(1, depth + 1, inLoop);
        }
        line(depth, "}");
    }

    private void counted(int depth) {
        String i = "i" + loops++;
        line(depth, "for (int " + i + " = 0; " + i + " < " + (1 + random.nextInt(3)) + "; " + i + "++) {");
        line(depth + 1, "a = " + small("a + " + i) + ";");
        statements(1 + random.nextInt(2), depth + 1, true);
        line(depth, "}");
    }

    private void repeated(int depth) {
        String n = "n" + loops++;
        line(depth, "int " + n + " = 0;");
        boolean first = random.nextBoolean();
        line(depth, first ? "while (" + n + " < 3) {" : "do {");
        line(depth + 1, n + "++;");
        statements(1 + random.nextInt(2), depth + 1, true);
        line(depth, first ? "}" : "} while (" + n + " < 2);");
    }

    /** A switch, or a way over some statements. */
    private void random(int depth, boolean inLoop) {
        if (random.nextBoolean()) {
            String label = "over" + labels++;
            line(depth, "if (" + expression(1) + ")");
            line(depth + 1, "goto " + label + ";");
            statements(1, depth, inLoop);
            line(depth - 1, label + ":");
            line(depth, ";");
            return;
        }
        line(depth, "switch (" + small(expression(1)) + ") {");
        line(depth, "case 0:");
        line(depth, "case 3 ... 5:");
        statements(1, depth + 1, false);
        if (random.nextBoolean()) {
            line(depth + 1, "break;");
        }
        line(depth, "case 1:");
        statements(1, depth + 1, false);
        line(depth + 1, "break;");
        if (random.nextBoolean()) {
            line(depth, "default:");
            statements(1, depth + 1, false);
        }
        line(depth, "}");
    }
}
