// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.token.Token;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Words of C that are no names, and what is said of those that are not understood. */
public final class Keywords {
    private static final Set<String> RESERVED = new LinkedHashSet<>(List.of(
            "break",
            "case",
            "char",
            "const",
            "continue",
            "default",
            "do",
            "double",
            "else",
            "enum",
            "extern",
            "float",
            "for",
            "goto",
            "if",
            "inline",
            "int",
            "long",
            "register",
            "restrict",
            "return",
            "short",
            "signed",
            "sizeof",
            "static",
            "struct",
            "switch",
            "typedef",
            "union",
            "unsigned",
            "void",
            "volatile",
            "while",
            "_Alignas",
            "_Alignof",
            "_Atomic",
            "_Bool",
            "_Complex",
            "_Generic",
            "_Noreturn",
            "_Static_assert",
            "_Thread_local",
            "__attribute__",
            "__extension__",
            "__inline",
            "__inline__",
            "__volatile__",
            "__pc_percpu",
            "asm",
            "__asm__",
            "typeof",
            "__typeof__"));

    /** Words before a declaration that mean nothing here. */
    private static final Set<String> IGNORED = new LinkedHashSet<>(List.of(
            "const",
            "restrict",
            "inline",
            "__inline",
            "__inline__",
            "register",
            "_Noreturn",
            "__extension__",
            "__restrict"));

    private Keywords() {}

    /** All of them. */
    public static Set<String> all() {
        return Collections.unmodifiableSet(RESERVED);
    }

    static boolean isReserved(Token token) {
        return token.isIdentifier() && RESERVED.contains(token.text());
    }

    static boolean isIgnored(Token token) {
        return token.isIdentifier() && IGNORED.contains(token.text());
    }

    /** Refuses what is C, but not understood. */
    static void refuse(Token token) {
        switch (token.isIdentifier() ? token.text() : "") {
            case "float", "double", "_Complex" ->
                throw token.wrong(token.quoted() + " is not understood", "values here are integers");
            case "asm", "__asm__" ->
                throw token.wrong(
                        "inline assembler is not understood",
                        "say what it does with a word of pokecheck.h, sync_core() for an instruction that serializes");
            case "typeof", "__typeof__", "_Generic", "_Alignof" ->
                throw token.wrong(token.quoted() + " is not understood", "write the type");
            case "_Thread_local" ->
                throw token.wrong(
                        token.quoted() + " is not understood", "DEFINE_PER_CPU(type, name) is a variable of each CPU");
            default -> {
                // Understood, or a name.
            }
        }
    }
}
