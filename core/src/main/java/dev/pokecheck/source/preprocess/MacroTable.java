// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The macros that are defined at this point of the file. */
final class MacroTable {
    private final Map<String, Macro> macros = new TreeMap<>();

    Optional<Macro> find(String name) {
        return Optional.ofNullable(macros.get(name));
    }

    boolean isDefined(String name) {
        return macros.containsKey(name);
    }

    void undefine(Token name) {
        checkName(name);
        macros.remove(name.text());
    }

    /** What stands behind {@code #define}. */
    void define(Token directive, List<Token> line) {
        if (line.isEmpty()) {
            throw directive.wrong("#define without a name", "");
        }
        Token name = line.get(0);
        checkName(name);
        boolean function =
                line.size() > 1 && line.get(1).is("(") && !line.get(1).isSpaced();
        Macro macro = function ? function(name, line) : object(name, line.subList(1, line.size()));
        Macro before = macros.put(name.text(), macro);
        if (before != null && !before.isSameAs(macro)) {
            throw name.wrong(
                    "the macro " + name.quoted() + " is defined already, and differently, at "
                            + before.name().spelled(),
                    "#undef it first");
        }
    }

    private static void checkName(Token name) {
        if (!name.isIdentifier() || name.text().equals("defined")) {
            throw name.wrong(name.quoted() + " can be no macro's name", "");
        }
    }

    private static Macro object(Token name, List<Token> body) {
        checkPastes(body);
        return new Macro(name, Optional.empty(), false, body);
    }

    private static Macro function(Token name, List<Token> line) {
        List<String> parameters = new ArrayList<>();
        boolean variadic = false;
        int at = 2;
        while (at < line.size() && !line.get(at).is(")")) {
            Token parameter = line.get(at++);
            if (variadic || (!parameter.isIdentifier() && !parameter.is("..."))) {
                throw parameter.wrong(parameter.quoted() + " is no parameter of a macro", "");
            }
            boolean named = at < line.size() && line.get(at).is("...");
            variadic = named || parameter.is("...");
            at += named ? 1 : 0;
            parameters.add(parameter.is("...") ? "__VA_ARGS__" : parameter.text());
            if (at < line.size() && line.get(at).is(",")) {
                at++;
            } else if (at >= line.size() || !line.get(at).is(")")) {
                throw parameter.wrong(
                        "the list of parameters of " + name.quoted() + " has no end", "write ) behind the last");
            }
        }
        if (at >= line.size()) {
            throw name.wrong("the list of parameters of " + name.quoted() + " has no end", "write ) behind the last");
        }
        if (parameters.stream().distinct().count() < parameters.size()) {
            throw name.wrong("two parameters of the macro " + name.quoted() + " have one name", "");
        }
        List<Token> body = line.subList(at + 1, line.size());
        checkPastes(body);
        Macro macro = new Macro(name, Optional.of(parameters), variadic, body);
        for (int i = 0; i < body.size(); i++) {
            if (body.get(i).is("#") && (i + 1 == body.size() || macro.parameter(body.get(i + 1)) < 0)) {
                throw body.get(i).wrong("'#' stands before no parameter", "");
            }
        }
        return macro;
    }

    private static void checkPastes(List<Token> body) {
        for (int i : new int[] {0, body.size() - 1}) {
            if (!body.isEmpty()
                    && body.get(i).kind() == TokenKind.PUNCTUATOR
                    && body.get(i).is("##")) {
                throw body.get(i).wrong("'##' has nothing to paste to on one side", "");
            }
        }
    }
}
