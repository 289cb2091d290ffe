// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The tables of {@code docs/c.md} have each word of the two headers for users, and no other. */
class WordsDocumentTest {
    private static final Path DOCUMENT = Path.of("docs", "c.md");
    private static final List<String> HEADERS = List.of("pokecheck.h", "pokecheck/user.h");

    /** Functions that words call, which nobody writes. */
    private static final Set<String> HELPERS = Set.of("search_sorted", "pokecheck_fence");

    private static final String HEAD = "\n| words | modelled as | left out | source |\n";
    private static final Pattern CELL = Pattern.compile("(?m)^\\| (`[^|]*)\\|");
    private static final Pattern WORD = Pattern.compile("`(\\w+)`");

    private static final Pattern MACRO = Pattern.compile("(?m)^#define (\\w+)");
    private static final Pattern DIRECTIVE = Pattern.compile("(?m)^#(?:.*\\\\\n)*.*$");
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    /** The name is the last before the semicolon, or stands in brackets with a star. */
    private static final Pattern TYPE = Pattern.compile(
            "\\btypedef\\b[^;{]*?(?:\\{[^}]*\\})?[^;{]*?(?:\\(\\*(\\w+)\\)[^;]*|(\\w+)(?:\\[\\w*\\])?);");

    private static final Pattern TAG = Pattern.compile("\\b(?:struct|union|enum) (\\w+) \\{");
    private static final Pattern ENUM = Pattern.compile("\\benum (?:\\w+ )?\\{([^}]*)\\}");
    private static final Pattern CONSTANT = Pattern.compile("(?:^|,)\\s*(\\w+)");
    private static final Pattern FUNCTION = Pattern.compile("(?m)^static inline [^;{(]*?(\\w+)\\(");

    private static void add(Set<String> names, Pattern pattern, String text) {
        pattern.matcher(text)
                .results()
                .map(found -> found.group(1) == null ? found.group(2) : found.group(1))
                .forEach(names::add);
    }

    /** What a header defines for users. */
    private static Set<String> defined(String header) {
        Set<String> names = new TreeSet<>();
        String text = COMMENT.matcher(Headers.find(header).orElseThrow().text()).replaceAll(" ");
        add(names, MACRO, text);
        String declarations = DIRECTIVE.matcher(text).replaceAll("");
        add(names, TYPE, declarations);
        add(names, TAG, declarations);
        add(names, FUNCTION, declarations);
        ENUM.matcher(declarations).results().forEach(list -> add(names, CONSTANT, list.group(1)));
        names.removeIf(name -> name.startsWith("__pc_") || name.matches("POKECHECK_\\w*H") || HELPERS.contains(name));
        return names;
    }

    private static Set<String> documented() throws IOException {
        Set<String> words = new TreeSet<>();
        String text = Files.readString(DOCUMENT);
        for (int head = text.indexOf(HEAD); head >= 0; head = text.indexOf(HEAD, head + 1)) {
            int end = text.indexOf("\n\n", head + 1);
            CELL.matcher(text.substring(head, end < 0 ? text.length() : end))
                    .results()
                    .map(MatchResult::group)
                    .forEach(cell -> add(words, WORD, cell));
        }
        return words;
    }

    @Test
    void eachWordOfTheHeadersIsInTheDocument() throws IOException {
        Set<String> missing = new TreeSet<>();
        HEADERS.forEach(header -> missing.addAll(defined(header)));
        missing.removeAll(documented());
        assertEquals(Set.of(), missing, "say in " + DOCUMENT + " what each is modelled as, and what is left out");
    }

    @Test
    void eachWordOfTheDocumentIsInAHeader() throws IOException {
        Set<String> unknown = documented();
        HEADERS.forEach(header -> unknown.removeAll(defined(header)));
        assertEquals(Set.of(), unknown, "no header has what " + DOCUMENT + " speaks of");
    }

    /** Words of each kind are found. */
    @Test
    void wordsOfAllKinds() {
        Set<String> words = defined("pokecheck.h");
        words.addAll(defined("pokecheck/user.h"));
        assertTrue(
                words.containsAll(List.of(
                        "READ_ONCE",
                        "u8",
                        "atomic_t",
                        "cpumask_var_t",
                        "smp_call_func_t",
                        "pt_regs",
                        "EPERM",
                        "ETIMEDOUT",
                        "text_poke_early",
                        "memory_order",
                        "memory_order_seq_cst",
                        "membarrier",
                        "CONTEXT")),
                words.toString());
    }
}
