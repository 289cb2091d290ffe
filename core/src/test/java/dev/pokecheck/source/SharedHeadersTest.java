// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.source.parse.ParsedHeader;
import dev.pokecheck.source.parse.Parser;
import dev.pokecheck.source.preprocess.IncludedHeader;
import dev.pokecheck.source.preprocess.Preprocessor;
import dev.pokecheck.source.preprocess.SharedHeaders;
import dev.pokecheck.source.syntax.TranslationUnit;
import dev.pokecheck.source.token.Complaint;
import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A header that is read once for all files is, to each of them, what it is when it is read for that file alone. */
class SharedHeadersTest {
    private static final SourceText HEADER = SourceText.header("h.h", """
            #ifndef H
            #define H
            #ifdef WIDE
            typedef long word;
            #else
            typedef int word;
            #endif
            struct pair { word a, b; };
            enum { ONE = 1 };
            #define TWICE(x) (2 * (x))
            #undef GONE
            static word first(struct pair *p) { return p->a; }
            #endif
            """);

    private final SharedHeaders shared = new SharedHeaders();

    /** A preprocessor that has read a file, what it was given and what was wrong. */
    private record Read(Preprocessor preprocessor, List<Token> tokens, Complaints complaints) {
        List<Token> all() {
            List<Token> all = new ArrayList<>();
            preprocessor
                    .header()
                    .ifPresent(
                            it -> all.addAll(it.tokens().subList(0, it.tokens().size() - 1)));
            all.addAll(tokens);
            return all;
        }

        List<String> said() {
            try {
                complaints.throwIfAny();
                return List.of();
            } catch (SourceException e) {
                return e.complaints().stream().map(Complaint::withCaret).toList();
            }
        }
    }

    private static final Map<String, SourceText> FILES =
            Map.of("h.h", HEADER, "own.h", new SourceText("own.h", "#include <h.h>\nint own;\n"));

    private static Optional<SourceText> find(String name) {
        return Optional.ofNullable(FILES.get(name));
    }

    private Read read(boolean isShared, String text, String... definitions) {
        return read(isShared, new SourceText("f.c", text), definitions);
    }

    private Read read(boolean isShared, SourceText file, String... definitions) {
        Complaints complaints = new Complaints();
        Preprocessor preprocessor = isShared
                ? new Preprocessor((name, quoted, from) -> find(name), complaints, shared)
                : new Preprocessor((name, quoted, from) -> find(name), complaints);
        for (String definition : definitions) {
            preprocessor.define(definition);
        }
        return new Read(preprocessor, preprocessor.tokens(file), complaints);
    }

    /** Tokens with their places; a macro that is given has a place of its own in each reading. */
    private static List<String> spelled(List<Token> tokens) {
        return tokens.stream().map(Token::toString).toList();
    }

    private Optional<IncludedHeader> header(String text, String... definitions) {
        return read(true, text, definitions).preprocessor().header();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "#include <h.h>\nint x = TWICE(ONE) + GONE;\n",
                "#include <h.h>\n#include <h.h>\nword x;\n",
                "#define GONE 7\n#include <h.h>\nint x = GONE;\n",
                "#define WIDE\n#include <h.h>\nword x;\n",
                "#define OTHER 3\n#include <h.h>\nint x = TWICE(OTHER);\n",
                "#define TWICE 3\n#include <h.h>\nint x = TWICE;\n",
                "#define H\n#include <h.h>\nint x;\n",
                "int before;\n#include <h.h>\nword x;\n",
                "#include <none.h>\n#include <h.h>\nword x;\n",
                "#include <own.h>\n#include <h.h>\n#define TWICE(x) x\n#undef H\n#include <h.h>\n",
                "#if 1\n#include <h.h>\n#else\n#endif\n#undef WIDE\nword WIDE;\n",
            })
    void whatIsReadIsTheSame(String text) {
        SourceText file = new SourceText("f.c", text);
        for (List<String> given : List.of(List.<String>of(), List.of("WIDE"), List.of("X=2"), List.of("GONE=1"))) {
            String[] definitions = given.toArray(String[]::new);
            Read alone = read(false, file, definitions);
            for (int time = 0; time < 2; time++) {
                Read together = read(true, file, definitions);
                assertEquals(spelled(alone.all()), spelled(together.all()));
                assertEquals(alone.said(), together.said());
            }
        }
    }

    @Test
    void aHeaderIsReadOnceForFilesThatGiveItTheSameMacros() {
        String text = "#include <h.h>\nword x;\n";
        IncludedHeader plain = header(text).orElseThrow();

        assertSame(plain, header(text).orElseThrow());
        assertSame(plain, header("#define OTHER 3\n" + text, "MORE=1").orElseThrow());
        assertNotSame(plain, header(text, "WIDE").orElseThrow());
        assertNotSame(
                header(text, "GONE=1").orElseThrow(), header(text, "GONE=2").orElseThrow());
    }

    /** What a file defines has places in that file, which no other has. */
    @Test
    void aHeaderThatAsksForMacrosOfTheFileIsForThatFileAlone() {
        assertTrue(header("#define WIDE\n#include <h.h>\n").isEmpty());
        assertTrue(
                header("#undef WIDE\n#define WIDE 1\n#include <h.h>\n", "WIDE").isEmpty());
    }

    /** A struct that a file completes would be complete for all. */
    @Test
    void aHeaderWithAStructThatIsDeclaredOnlyIsParsedForEachFile() {
        IncludedHeader header = header("#include <h.h>\n").orElseThrow();
        assertTrue(Parser.header(header.tokens()).isPresent());
        for (String text : List.of("struct s;", "static struct s *p;", "void f(enum e *p);", "int x = ;", "{")) {
            SourceText open = new SourceText("o.h", text);
            assertTrue(
                    Parser.header(new Preprocessor((n, q, f) -> Optional.empty(), new Complaints()).tokens(open))
                            .isEmpty(),
                    text);
        }
    }

    /** Two files that begin with one header have its functions, and not each other's. */
    @Test
    void filesDoNotSeeEachOther() {
        IncludedHeader header = header("#include <h.h>\n").orElseThrow();
        ParsedHeader parsed = Parser.header(header.tokens()).orElseThrow();
        Complaints complaints = new Complaints();
        List<Token> one = read(
                        true, "#include <h.h>\nstruct s { word w; }; static struct s x; int f(void) { return ONE; }\n")
                .tokens();
        List<Token> other =
                read(true, "#include <h.h>\nstruct s; static struct s *y;\n").tokens();

        TranslationUnit first = Parser.read(parsed, one, complaints);
        TranslationUnit second = Parser.read(parsed, other, complaints);

        complaints.throwIfAny();
        assertEquals(List.of("first", "f"), List.copyOf(first.functions().keySet()));
        assertEquals(List.of("first"), List.copyOf(second.functions().keySet()));
        assertEquals(List.of("y"), List.copyOf(second.variables().keySet()));
        assertSame(first.functions().get("first"), second.functions().get("first"));
    }

    @Test
    void eachShippedHeaderIsOneThatFilesShare() {
        for (String name : Headers.names()) {
            Complaints complaints = new Complaints();
            Preprocessor preprocessor =
                    new Preprocessor((it, quoted, from) -> Headers.find(it), complaints, new SharedHeaders());
            for (String given : List.of("CPUS=2", "SITES=1", "VERSIONS=2")) {
                preprocessor.define("__POKECHECK_" + given.replace("=", "__="));
            }
            preprocessor.tokens(new SourceText("f.c", "#include <" + name + ">\n"));
            complaints.throwIfAny();
            assertTrue(
                    Parser.header(preprocessor.header().orElseThrow().tokens()).isPresent(), name);
        }
    }
}
