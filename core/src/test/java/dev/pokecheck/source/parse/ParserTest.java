// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.source.preprocess.Preprocessor;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.type.StructType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is read of C, and how it binds. */
class ParserTest {
    private static TranslationUnit unit(String text) {
        Complaints complaints = new Complaints();
        TranslationUnit unit = Parser.read(
                new Preprocessor((name, quoted, from) -> Optional.empty(), complaints)
                        .tokens(new SourceText("f.c", text)),
                complaints);
        complaints.throwIfAny();
        return unit;
    }

    private static String dump(String text) {
        return Dump.of(unit(text)).strip();
    }

    private static List<String> refusals(String text) {
        return assertThrows(SourceException.class, () -> unit(text), text).complaints().stream()
                .map(Complaint::message)
                .toList();
    }

    // ---- expressions

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "a + b * c - d                   # ((a + (b * c)) - d)",
                "a || b && c | d ^ e & f == g    # (a || (b && (c | (d ^ (e & (f == g))))))",
                "a < b << 1 >= c                 # ((a < (b << 1)) >= c)",
                "!a && ~b - -c                   # ((!a) && ((~b) - (-c)))",
                "*p++ = &q->r[1].s               # ((*(p++)) = (&q->r[1].s))",
                "a = b += c ? d : e ? f : g      # (a = (b += (c ? d : (e ? f : g))))",
                "a ?: b                          # (a ? a : b)",
                "f(a, b)(c), d                   # (f(a, b)(c), d)",
                "(a, b)                          # (a, b)",
                "sizeof a + sizeof(int)          # (sizeof a + sizeof(int))",
                "(unsigned char)a + 1            # ((unsigned char)a + 1)",
                "(u8 *)a                         # (unsigned char *)a",
                "(struct s){ .x = 1, .p = { 2 } } # (struct s){.x = 1, .p = {2}}",
                "w(u8, a)                        # w(type unsigned char, a)",
                "ONE + TWO                       # (ONE=1 + TWO=5)",
                "\"a\" \"b\"[0]                 # \"ab\"[0]",
                "--a - --b                       # ((--a) - (--b))",
                "'a' + 0x10                      # (97 + 16)",
                "(*fn)(a)                        # (*fn)(a)",
            })
    void expressionsBindAsInC(String expression, String expected) {
        String text = "typedef unsigned char u8; enum { ONE = 1, TWO = 5 }; struct s { int x, p[2]; }; void f(void) { "
                + expression + "; }";
        assertEquals("f(): void {" + expected + ";}", dump(text));
    }

    // ---- declarations

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "int x;                                     # static x: int",
                "unsigned long long int x = 1;              # static x: unsigned long = 1",
                "const volatile int x;                      # static x: volatile int",
                "int *p, a[3][2], *q[2];                    # static p: int * static a: int [2] [3] static q: int * [2]",
                "int (*p)[2];                               # static p: int [2] *",
                "int (*fn)(int, void *);                    # static fn: int (*)(…)",
                "int (*fns[4])(void);                       # static fns: int (*)(…) [4]",
                "int f(int a, char b[], int (*c)(void));    # f(a: int, b: char *, c: int (*)(…)): int",
                "int (f)(void);                             # f(): int",
                "int *f(void), x;                           # static x: int f(): int *",
                "void f(int, ...);                          # f(int): void",
                "extern int x; int x = 2;                   # static x: int = 2",
                "static __pc_percpu int x;                  # per_cpu x: int",
                "int a[] = { 1, [4] = 2, 3 };               # static a: int [6] = {1, [4..4] = 2, 3}",
                "int x __attribute__((__aligned__(8), __pc_range(-1, 7))); # static x: int -1..7",
                "_Atomic int x; _Atomic(unsigned) y;        # static x: _Atomic int static y: _Atomic unsigned int",
                "enum e { A, B = 4, C } x = C;              # static x: enum e = C=5",
                "typedef int t; t x; void f(void) { int t; t = x; } # static x: int f(): void {t: int; (t = x);}",
                "_Static_assert(sizeof(long) == 8, \"\"); int x; # static x: int",
                "inline static void f(void) { }             # f(): void {}",
                "typedef int fn_t(int); fn_t *p, f;         # static p: int (*)(…) f(): int",
            })
    void declarationsAreThoseOfC(String text, String expected) {
        assertEquals(expected, dump(text).replace("\n", " "));
    }

    @Test
    void membersLieWhereTheCompilerPutsThem() {
        TranslationUnit unit = unit("""
                struct s { char c; int i; union { char a; long b; }; struct { short x; } y[2]; char end; } s;
                int sizes[] = { sizeof(struct s), sizeof(s), sizeof(enum { A }) };
                """);
        StructType struct = (StructType) unit.variables().get("s").type();
        assertEquals(24, struct.size());
        assertEquals(
                List.of(0, 4, 8, 8, 16, 20),
                List.of("c", "i", "a", "b", "y", "end").stream()
                        .map(name -> struct.member(name).orElseThrow().offset())
                        .toList());
    }

    // ---- statements

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "if (a) b; else if (c) d; else { }      # if a b; else if c d; else {}",
                "while (a) { b; continue; break; }      # while a {b; continue; break;}",
                "do a; while (b);                       # do a; b;",
                "for (int i = 0, j = 1; i < 2; i++) ;   # for i: int = 0, j: int = 1; (i < 2); (i++) ;",
                "for (;;) a;                            # for ; ;  a;",
                "switch (a) { case 1: case 2 ... 4: b; break; default: return; } # switch a {case 1: case 2..4: b; break; default: return ;}",
                "again: if (a) goto again; return b + 1; # again: if a goto again; return (b + 1);",
                "int x = 1, *y = &x; static int z;      # x: int = 1, y: int * = (&x); static z: int;",
                "typedef int t; t * x;                  # ; x: int *;",
            })
    void statementsAreThoseOfC(String text, String expected) {
        assertEquals("f(): void {" + expected + "}", dump("void f(void) { " + text + " }"));
    }

    // ---- mistakes

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            quoteCharacter = '`',
            value = {
                "void f(void) { a = ; }               # f.c:1:20: expected an expression, found ';'",
                "void f(void) { a b; }                # f.c:1:18: expected ';', found 'b'",
                "void f(void) { f(1 2); }             # f.c:1:20: expected ',' or ')', found '2'",
                "void f(void) {                       # f.c:1:14: this '{' is never closed",
                "void f(void) { else; }               # f.c:1:16: 'else' without 'if'; is there a ';' behind the closing brace before it?",
                "atomic_t x;                          # f.c:1:1: 'atomic_t' is no type that is known here; declare it, or is ¶include <pokecheck.h> missing?",
                "struct s x;                          # f.c:1:10: struct s is declared, but its members are not known here; define it before, or is ¶include <pokecheck.h> missing?",
                "int x : 3;                           # f.c:1:7: expected ';', found ':'",
                "struct s { int x : 3; };             # f.c:1:18: bit-fields are not understood; make it a member of its own",
                "double x;                            # f.c:1:1: 'double' is not understood; values here are integers",
                "void f(void) { asm(\"nop\"); }       # f.c:1:16: inline assembler is not understood; say what it does with a word of pokecheck.h, sync_core() for an instruction that serializes",
                "int f(void) { return ({ 1; }); }     # f.c:1:22: a statement inside an expression, ({ … }), is not understood; make it a function",
                "int a[n];                            # f.c:1:7: this must be a number that is known when the file is read",
                "int a[-1];                           # f.c:1:6: an array of -1 elements; 0 to 65536 are possible",
                "int f(void)[2];                      # f.c:1:6: a function whose value is a function or an array; make it a pointer",
                "void x;                              # f.c:1:6: an object of type void",
                "int x = 1; int x = 2;                # f.c:1:16: 'x' is defined already, at f.c:1:5",
                "void f(void) {} void f(void) {}      # f.c:1:22: the function 'f' is defined already, at f.c:1:6",
                "struct s { struct s { int x; }; };   # f.c:1:31: this declares no member; give it a name, or leave out the tag of struct s",
                "struct s { struct s x; };            # f.c:1:21: struct s is declared, but its members are not known here; define it before, or is ¶include <pokecheck.h> missing?",
                "void f(int) {}                       # f.c:1:11: a parameter without a name",
                "_Static_assert(1 == 2);              # f.c:1:1: this _Static_assert does not hold",
                "struct s { int a; }; struct s { int a; }; # f.c:1:29: struct s is defined already",
                "struct s { int a, a; };              # f.c:1:19: there is a member 'a' already",
                "struct s { int a; union { int c, a; }; }; # f.c:1:19: there is a member 'a' already; members of an anonymous union are members of the struct around it: rename one",
                "struct s { struct { int a; }; struct { struct { int a; }; }; }; # f.c:1:31: there is a member 'a' already; members of an anonymous struct are members of the struct around it: rename one",
                "enum e { A = 3000000000 };           # f.c:1:10: the constant 'A' is no value of an int",
                "short long x;                        # f.c:1:7: there is no type 'short long'",
                "int x __attribute__((__pc_range(3, 1))); # f.c:1:22: a range from 3 to 1 has no values",
                "void f(void) { return int; }         # f.c:1:23: expected an expression, found 'int'",
                "void f(void) { case 3 ... 1: ; }     # f.c:1:16: no value is from 3 to 1",
            })
    void mistakesAreNamed(String text, String message) {
        assertEquals(message.replace("¶", "#"), refusals(text).get(0));
    }

    /** A struct that cannot be read is refused once, and not at each use. */
    @Test
    void aRefusedStructIsRefusedOnce() {
        assertEquals(
                List.of(
                        "f.c:1:19: 'float' is not understood; values here are integers",
                        "f.c:4:10: struct b is declared, but its members are not known here; define it before, or is #include <pokecheck.h> missing?"),
                refusals("""
                        struct a { int x; float f; };
                        struct a one, two;
                        struct c { struct a first; };
                        struct b other;
                        struct c third;
                        void f(void) { struct a here; here.x = 1; }
                        """));
    }

    /** A header that has been read is not to be included. */
    @Test
    void theHeaderIsNamedOnlyWhereItIsMissing() {
        assertEquals(
                List.of("f.c:2:1: 'u9' is no type that is known here; declare it; pokecheck.h has none of this name"),
                refusals("struct pt_regs { unsigned long ip; };\nu9 b;\n"));
    }

    @Test
    void severalMistakesAreSaidAtOnce() {
        assertEquals(
                List.of(
                        "f.c:2:13: expected an expression, found ';'",
                        "f.c:4:7: expected ';', found 'b'",
                        "f.c:8:1: 'u9' is no type that is known here; declare it, or is #include <pokecheck.h> missing?"),
                refusals("""
                        void f(void) {
                            a = 1 + ;
                            if (a) { b; }
                            a b = 3;
                            c;
                        }
                        int good;
                        u9 x;
                        """));
        assertEquals(20, refusals("u9 x;\n".repeat(100)).size());
    }

    /** Whatever nests or repeats, there is an answer, and the stack does not overflow. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "(",
                "!",
                "a(",
                "a[",
                "{",
                "if (a) ",
                "for (;;) ",
                "a ? b : ",
                "a = ",
                "- ",
                "(int)",
                "sizeof ",
                "*",
                "a.b + ",
                "while (1) {",
                "a: ",
                "struct {",
                "int (*",
                "(struct s){",
                "a, ",
                "do ",
                "enum { A = ("
            })
    void nothingNestsForEver(String text) {
        assertTrue(refusals("void f(void) { " + text.repeat(20_000)).size() > 0);
        assertTrue(refusals("int x = " + text.repeat(20_000)).size() > 0);
        assertTrue(refusals(text.repeat(20_000)).size() > 0);
    }

    @Test
    void typesAreBounded() {
        StringBuilder chain = new StringBuilder("typedef int t0;\n");
        StringBuilder structs = new StringBuilder("struct s0 { int x; };\n");
        for (int n = 1; n < 20_000; n++) {
            chain.append("typedef t").append(n - 1).append(" *t").append(n).append(";\n");
            structs.append("struct s")
                    .append(n)
                    .append(" { struct s")
                    .append(n - 1)
                    .append(" x; };\n");
        }
        assertTrue(refusals(chain.toString()).get(0).contains("more than 32 pointers"));
        assertEquals("static x: struct s19999", dump(structs + "struct s19999 x;"));
    }

    @Test
    void rowsAreBounded() {
        for (String row : List.of("a + ", "a, ", "a.", "a->", "a || ")) {
            List<String> refusals = refusals("void f(void) { " + row.repeat(5000) + "a; }");
            assertTrue(refusals.get(0).contains("more than 400 operators in a row"), row + refusals);
        }
    }
}
