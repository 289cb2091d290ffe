// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The macros that are defined at this point of the file. */
final class MacroTable {
    /** Those that a shared header left behind. */
    private Map<String, Optional<Macro>> shared = new LinkedHashMap<>();
    /** What has changed since; a macro that is gone is empty. */
    private final Map<String, Optional<Macro>> own = new LinkedHashMap<>();
    /** The names that were asked for, while somebody wants to know. */
    private Optional<Set<String>> asked = Optional.empty();

    Optional<Macro> find(String name) {
        asked.ifPresent(names -> names.add(name));
        Optional<Macro> found = own.get(name);
        return found != null ? found : shared.getOrDefault(name, Optional.empty());
    }

    boolean isDefined(String name) {
        return find(name).isPresent();
    }

    void undefine(Token name) {
        checkName(name);
        find(name.text());
        own.put(name.text(), Optional.empty());
    }

    // ---- headers that are shared

    /** Whether it is noted which names are asked for. */
    boolean isListening() {
        return asked.isPresent();
    }

    /** The macros that are defined. */
    Map<String, Macro> all() {
        Map<String, Macro> all = new LinkedHashMap<>();
        shared.forEach((name, macro) -> macro.ifPresent(it -> all.put(name, it)));
        own.forEach((name, macro) -> macro.ifPresentOrElse(it -> all.put(name, it), () -> all.remove(name)));
        return all;
    }

    /** Notes which names are asked for from now on. */
    void listen(Set<String> names) {
        asked = Optional.of(names);
    }

    /** Notes them no longer. */
    void stopListening() {
        asked = Optional.empty();
    }

    /** Takes over what a header left behind. */
    void take(Map<String, Optional<Macro>> left) {
        own.keySet().removeAll(left.keySet());
        shared = left;
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
        Optional<Macro> before = find(name.text());
        own.put(name.text(), Optional.of(macro));
        if (before.isPresent() && !before.get().isSameAs(macro)) {
            throw name.wrong(
                    "the macro " + name.quoted() + " is defined already, and differently, at "
                            + before.get().name().spelled(),
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
