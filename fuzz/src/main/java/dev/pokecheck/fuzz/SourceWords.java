// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.source.Headers;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What files of C are made of, for a fuzzer that puts inputs together: each name in the headers that come with pokecheck, keywords, signs, directives, and beginnings. */
public final class SourceWords {
    private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?\\*/");
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final List<String> OTHERS = List.of(
            "#include <pokecheck.h>\n",
            "#include <pokecheck/user.h>\n",
            "#include <pokecheck/steps.h>\n",
            "void pokecheck_patcher(void)",
            "int pokecheck_int3(struct pt_regs *regs)",
            "int pokecheck_nmi(void)",
            "void pokecheck_irq(void)",
            "void pokecheck_thread(int cpu)",
            "not modelled: ",
            "expect: ",
            "scenario: ",
            "\n#elif ",
            "\n#error",
            "\n#undef ",
            "\n#pragma once\n",
            "__VA_ARGS__",
            "break;",
            "continue;",
            "goto ",
            "switch (",
            "default:",
            "->",
            "<<=",
            ">>",
            "...",
            "##",
            "?:",
            "&&",
            "||",
            "\\\n",
            "//",
            "/*",
            "*/",
            "0x",
            "{ [0 ... 3] = 1 }");

    private SourceWords() {}

    /** A dictionary as libFuzzer reads it: a word in quotation marks on each line. */
    public static List<String> dictionary() {
        Set<String> words = new TreeSet<>(OTHERS);
        Headers.names().stream()
                .flatMap(header -> Headers.find(header).stream())
                .flatMap(header -> names(header.text()))
                .forEach(words::add);
        return words.stream().map(SourceWords::quoted).toList();
    }

    private static Stream<String> names(String text) {
        return NAME.matcher(COMMENT.matcher(text).replaceAll(" ")).results().map(MatchResult::group);
    }

    private static String quoted(String word) {
        return '"' + word.replace("\\", "\\\\").replace("\n", "\\x0a").replace("\"", "\\\"") + '"';
    }
}
