// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What directives and macros leave of a file. */
class PreprocessorTest {
    private static List<Token> tokens(String text, Map<String, String> headers, String... definitions) {
        Complaints complaints = new Complaints();
        Preprocessor preprocessor = new Preprocessor(
                (name, quoted, from) -> Optional.ofNullable(headers.get(name)).map(h -> new SourceText(name, h)),
                complaints);
        for (String definition : definitions) {
            preprocessor.define(definition);
        }
        List<Token> tokens = preprocessor.tokens(new SourceText("f.c", text));
        complaints.throwIfAny();
        return tokens.subList(0, tokens.size() - 1);
    }

    private static String out(String text, String... definitions) {
        return tokens(text, Map.of(), definitions).stream().map(Token::text).collect(Collectors.joining(" "));
    }

    private static List<String> refusals(String text) {
        return assertThrows(SourceException.class, () -> out(text)).complaints().stream()
                .map(Complaint::message)
                .toList();
    }

    // ---- macros

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#define A 1 + B¶#define B A¶A B    | 1 + A 1 + B",
                "#define f(x) <x>¶f(1) f f (2) f((a,b)) | < 1 > f < 2 > < ( a , b ) >",
                "#define f(x) f(x + 1)¶f(f(2)) | f ( f ( 2 + 1 ) + 1 )",
                "#define e¶e 1 e | 1",
                "#define f() 7¶f() f( ) | 7 7",
                "#define f(a, b) a-b¶f(,) f(x,) | - x -",
                "#define s(x) #x¶s( a  b ) s(\"q\\n\") s('\\'') | \"a b\" \"\\\"q\\\\n\\\"\" \"'\\\\''\"",
                "#define c(a, b) a ## b¶c(x, 1) c(, y) c(<, <=) c(,) | x1 y <<=",
                "#define x 3¶#define c(a, b) a ## b¶c(x, x) c(1, x) | xx 1x",
                "#define v(f, ...) f(0, ##__VA_ARGS__)¶v(p) v(p,) v(p, 1, 2) | p ( 0 ) p ( 0 , ) p ( 0 , 1 , 2 )",
                "#define v(f, a...) f(a)¶v(p, 1, 2) v(p) | p ( 1 , 2 ) p ( )",
                "#define g f(¶#define f(x) [x]¶g 1) | [ 1 ]",
                "#define A(x) x¶A(¶1¶) 2 | 1 2",
                "#define A 1¶#define A 1¶#undef A¶#undef A¶A | A",
            })
    void macrosAreReplaced(String text, String expected) {
        assertEquals(expected, out(text.replace("¶", "\n")));
    }

    /** The examples of the standard (C17, 6.10.3.5), whose results it gives. */
    @Test
    void theStandardsExamples() {
        assertEquals(
                "f ( 2 * ( y + 1 ) ) + f ( 2 * ( f ( 2 * ( z [ 0 ] ) ) ) ) % f ( 2 * ( 0 ) ) + t ( 1 ) ;", out("""
                        #define x 3
                        #define f(a) f(x * (a))
                        #undef x
                        #define x 2
                        #define g f
                        #define z z[0]
                        #define h g(~
                        #define m(a) a(w)
                        #define w 0,1
                        #define t(a) a
                        f(y+1) + f(f(z)) % t(t(g)(0) + t)(1);
                        """));
        assertEquals("int j [ ] = { 123 , 45 , 67 , 89 , 10 , 11 , 12 , } ;", out("""
                        #define t(x,y,z) x ## y ## z
                        int j[] = { t(1,2,3), t(,4,5), t(6,,7), t(8,9,),
                        t(10,,), t(,11,), t(,,12), t(,,) };
                        """));
    }

    // ---- conditions

    @ParameterizedTest
    @CsvSource({
        "1, yes",
        "0, no",
        "defined A && !defined(B), yes",
        "A == 2 + 0x0, yes",
        "unknown, no",
        "1 ? 0 : 1, no",
        "(1 || 1 / 0) && !(0 && 1 / 0), yes",
        "-1 < 0 == 1, yes",
        "1 << 4 == 16 ? 1 : 0, yes",
        "'a' == 97, yes",
        "~0 == -1, yes"
    })
    void aConditionDecides(String condition, String expected) {
        assertEquals(expected, out("#if " + condition + "\nyes\n#else\nno\n#endif", "A=2"));
    }

    @Test
    void sectionsNest() {
        String text = """
                #ifdef A
                a
                # if 0
                #  error not here
                #  if 1
                no
                #  endif
                # elif 1
                b
                # else
                no
                # endif
                #else
                #unknown directives do not matter here
                #elif 1
                #endif
                """;
        assertEquals(
                List.of("f.c:14:2: there is no directive #unknown", "f.c:15:2: #elif behind #else"), refusals(text));
        assertEquals("a b", out(text.replace("#elif 1\n#endif", "#endif"), "A"));
        assertEquals("2", out("#ifndef A\n1\n#elif A == 3\n2\n#elif A / 0\n3\n#endif", "A=3"));
    }

    @Test
    void definitionsOfTheCommandLine() {
        assertEquals("1 x + y", out("A B", "A", "B=x + y"));
        assertEquals("[ 2 ]", out("F(2)", "F(x)=[x]"));
    }

    // ---- headers

    @Test
    void headersAreIncluded() {
        Map<String, String> headers = new TreeMap<>(Map.of(
                "a.h", "#ifndef A\n#define A\na\n#endif\n",
                "b.h", "#pragma once\n#include \"a.h\"\nb\n",
                "loop.h", "#include \"loop.h\"\n"));
        assertEquals(
                "a b c",
                tokens("#include <b.h>\n#include \"b.h\"\n#include <a.h>\nc", headers).stream()
                        .map(Token::text)
                        .collect(Collectors.joining(" ")));
        SourceException loop = assertThrows(SourceException.class, () -> tokens("#include <loop.h>", headers));
        assertTrue(
                loop.getMessage().contains("loop.h:1:2: files that include files nest deeper than 32"),
                loop.getMessage());
    }

    // ---- places

    private static String places(String text) {
        return tokens(text, Map.of("h.h", "#define TWICE(x) x + x\n")).stream()
                .map(token -> token.text() + "@" + token.use().line() + ":"
                        + token.use().column())
                .collect(Collectors.joining(" "));
    }

    @Test
    void whatAMacroBroughtIsWhereTheMacroIsUsedAndItsArgumentsWhereTheyAre() {
        assertEquals("y@2:9 +@2:3 y@2:9", places("#include <h.h>\n  TWICE(y)"));
        assertEquals("1@3:6 +@3:2 1@3:6", places("#include <h.h>\n#define ONE(x) TWICE(x)\n ONE(1)"));
    }

    // ---- mistakes

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "#if 1 | f.c:1:2: this #if has no #endif",
                "#endif | f.c:1:2: #endif without #if",
                "#else | f.c:1:2: #else without #if",
                "#if | f.c:1:2: #if without a condition",
                "#if 1 +¶#endif | f.c:1:2: the condition of #if has no end",
                "#if 1 2¶#endif | f.c:1:7: '2' is not expected here",
                "#if 1 / 0¶#endif | f.c:1:7: a division by zero, or a shift by no number of bits",
                "#if (1¶#endif | f.c:1:2: the condition of #if has no end",
                "#ifdef 1¶#endif | f.c:1:2: #ifdef takes one name",
                "#define | f.c:1:2: #define without a name",
                "#define 1 | f.c:1:9: '1' can be no macro's name",
                "#define f(x | f.c:1:11: the list of parameters of 'f' has no end; write ) behind the last",
                "#define f(x,x) | f.c:1:9: two parameters of the macro 'f' have one name",
                "#define f(1) | f.c:1:11: '1' is no parameter of a macro",
                "#define f(x) #y | f.c:1:14: '#' stands before no parameter",
                "#define a ##b | f.c:1:11: '##' has nothing to paste to on one side",
                "#define a 1¶#define a 2 | f.c:2:9: the macro 'a' is defined already, and differently, at f.c:1:9; #undef it first",
                "#define f(x) x¶f(1, 2) | f.c:2:1: the macro 'f' takes 1 argument, and here are 2; it is defined at f.c:1:9",
                "#define f(x) x¶f(1 | f.c:2:2: this '(' of the macro 'f' is never closed",
                "#define f(x) x¶f(¶#undef f¶) | f.c:3:1: a directive inside the arguments of the macro 'f'; write it before or after the call",
                "#define c(a,b) a##b¶c(-,x) | f.c:2:3: '##' makes '-' and 'x' into nothing that is one token",
                "#include <linux/smp.h> | f.c:1:10: there is no header <linux/smp.h>; the words of the kernel are in <pokecheck.h>, those of user space in <pokecheck/user.h>; leave other headers out",
                "#include x | f.c:1:2: #include takes \"NAME\" or <NAME>",
                "#error stop here | f.c:1:2: #error stop here",
                "#line 7 | f.c:1:2: #line is not understood; places are those of the files as they are; leave it out",
                "#foo | f.c:1:2: there is no directive #foo",
            })
    void mistakesAreNamed(String text, String message) {
        assertEquals(message, refusals(text.replace("¶", "\n")).get(0));
    }

    @Test
    void severalMistakesAreSaidAtOnce() {
        assertEquals(
                List.of("f.c:1:2: #endif without #if", "f.c:3:2: there is no directive #foo"),
                refusals("#endif\nint x;\n#foo\n"));
    }

    @Test
    void whatExpandsForEverIsBounded() {
        StringBuilder text = new StringBuilder("#define a0 x x\n");
        for (int i = 1; i < 40; i++) {
            text.append("#define a")
                    .append(i)
                    .append(" a")
                    .append(i - 1)
                    .append(" a")
                    .append(i - 1)
                    .append('\n');
        }
        assertTrue(refusals(text + "a39")
                .get(0)
                .startsWith("f.c:41:1: with what it includes and with all macros expanded, this is more than"));
    }

    @Test
    void argumentsNestBounded() {
        String text = "#define f(x) x\n" + "f(".repeat(300) + ")".repeat(300);
        assertTrue(
                refusals(text).get(0).contains("nest deeper than 100"),
                refusals(text).get(0));
        assertTrue(refusals("#if " + "(".repeat(5000) + "\n#endif").get(0).contains("nests deeper than 100"));
        assertTrue(refusals("#if " + "!".repeat(5000) + "1\n#endif").get(0).contains("nests deeper than 100"));
    }
}
