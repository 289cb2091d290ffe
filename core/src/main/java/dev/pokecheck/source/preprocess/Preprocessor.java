// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Complaints;
import dev.pokecheck.source.token.Lexer;
import dev.pokecheck.source.token.Place;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Turns a file, and what it includes, into tokens that hold neither directives nor macros. */
public final class Preprocessor {
    /** So many tokens a file may come to. */
    public static final int MOST_TOKENS = 1 << 20;

    private static final int MOST_INCLUDED = 32;

    /** So many characters may be included, where each file counts as {@link #LEAST_CHARACTERS} at least. */
    private static final int MOST_CHARACTERS = 1 << 25;

    private static final int LEAST_CHARACTERS = 1 << 10;

    private final Includes includes;
    private final Complaints complaints;
    private final Optional<SharedHeaders> headers;
    private final MacroTable macros = new MacroTable();
    private final Budget budget = new Budget(MOST_TOKENS);
    private final Set<String> onlyOnce = new TreeSet<>();
    private final List<Token> out = new ArrayList<>();
    /** The macros that no file defines. */
    private final Set<String> given = new LinkedHashSet<>();

    private Optional<IncludedHeader> header = Optional.empty();
    private int characters;

    /**
     * @param includes where headers come from
     * @param complaints takes what is wrong
     */
    public Preprocessor(Includes includes, Complaints complaints) {
        this(includes, complaints, Optional.empty());
    }

    /**
     * @param includes where headers come from; of a header that comes with pokecheck the same text each time
     * @param complaints takes what is wrong
     * @param headers keeps what headers come to that come with pokecheck
     */
    public Preprocessor(Includes includes, Complaints complaints, SharedHeaders headers) {
        this(includes, complaints, Optional.of(headers));
    }

    private Preprocessor(Includes includes, Complaints complaints, Optional<SharedHeaders> headers) {
        this.includes = includes;
        this.complaints = complaints;
        this.headers = headers;
    }

    /** Defines a macro as the option {@code -D} does: {@code NAME} is 1, {@code NAME=VALUE} is that. */
    public void define(String definition) {
        int sign = definition.indexOf('=');
        String body =
                sign < 0 ? definition + " 1" : definition.substring(0, sign) + " " + definition.substring(sign + 1);
        List<Token> line = Lexer.tokens(new SourceText("-D " + definition, body));
        complaints.keep(
                () -> {
                    macros.define(line.get(0), line.subList(0, line.size() - 1));
                    given.add(line.get(0).text());
                    return true;
                },
                () -> false);
    }

    /** The tokens of a file; the last is its end. Those of a {@link #header} are not among them. */
    public List<Token> tokens(SourceText file) {
        read(file, 0);
        return out;
    }

    /** The header whose tokens come before all others, if it is one that is shared. */
    public Optional<IncludedHeader> header() {
        return header;
    }

    private void read(SourceText file, int depth) {
        List<Token> tokens = Lexer.tokens(file);
        TokenReader reader = new TokenReader(tokens);
        Expander expander = new Expander(reader, macros, budget);
        Conditionals conditionals = new Conditionals();
        while (true) {
            try {
                if (!step(file, depth, reader, expander, conditionals)) {
                    break;
                }
            } catch (SourceException e) {
                complaints.addAll(e);
                expander.giveUp();
                reader.restOfLine();
            }
        }
        conditionals
                .unfinished()
                .ifPresent(begin -> complaints.add(begin.use(), "this #" + begin.text() + " has no #endif", ""));
        if (depth == 0) {
            out.add(tokens.get(tokens.size() - 1));
        }
    }

    /** Reads a token or a directive; returns whether there is more. */
    private boolean step(SourceText file, int depth, TokenReader reader, Expander expander, Conditionals conditionals) {
        if (!conditionals.count()) {
            while (!reader.peek().isEnd() && !reader.peek().beginsDirective()) {
                reader.next();
            }
        }
        Token token = expander.next().orElseThrow();
        if (token.isEnd()) {
            return false;
        }
        if (token.beginsDirective()) {
            directive(file, depth, reader.restOfLine(), conditionals);
        } else {
            out.add(token);
        }
        return true;
    }

    private void directive(SourceText file, int depth, List<Token> line, Conditionals conditionals) {
        if (line.isEmpty()) {
            return;
        }
        Token name = line.get(0);
        List<Token> rest = line.subList(1, line.size());
        switch (name.text()) {
            case "if" -> conditionals.begin(name, () -> holds(name, rest));
            case "ifdef" ->
                conditionals.begin(name, () -> macros.isDefined(only(name, rest).text()));
            case "ifndef" ->
                conditionals.begin(
                        name, () -> !macros.isDefined(only(name, rest).text()));
            case "elif" -> conditionals.elif(name, () -> holds(name, rest));
            case "else" -> conditionals.otherwise(name);
            case "endif" -> conditionals.end(name);
            default -> {
                if (conditionals.count()) {
                    plain(file, depth, name, rest);
                }
            }
        }
    }

    private void plain(SourceText file, int depth, Token name, List<Token> rest) {
        switch (name.text()) {
            case "define" -> {
                macros.define(name, rest);
                given.remove(rest.get(0).text());
            }
            case "undef" -> macros.undefine(only(name, rest));
            case "include" -> include(file, depth, name, rest);
            case "error" -> throw name.wrong("#error " + text(rest), "");
            case "pragma" -> {
                if (rest.size() == 1 && rest.get(0).is("once")) {
                    onlyOnce.add(file.name());
                }
            }
            case "warning", "ident" -> {
                // Says nothing about the protocol.
            }
            case "line" ->
                throw name.wrong("#line is not understood", "places are those of the files as they are; leave it out");
            default -> throw name.wrong("there is no directive #" + name.text(), "");
        }
    }

    private static Token only(Token directive, List<Token> rest) {
        if (rest.size() != 1 || !rest.get(0).isIdentifier()) {
            throw directive.wrong("#" + directive.text() + " takes one name", "");
        }
        return rest.get(0);
    }

    // ---- conditions

    private boolean holds(Token directive, List<Token> rest) {
        if (rest.isEmpty()) {
            throw directive.wrong("#" + directive.text() + " without a condition", "");
        }
        List<Token> known = new Defined(macros).replacedIn(rest);
        return IfExpression.value(directive, new Expander(new TokenReader(known), macros, budget).all()) != 0;
    }

    // ---- headers

    private void include(SourceText file, int depth, Token directive, List<Token> rest) {
        String text = text(rest).strip();
        boolean quoted = text.matches("\"[^\"]+\"");
        if (!quoted && !text.matches("<[^>]+>")) {
            throw directive.wrong("#include takes \"NAME\" or <NAME>", "");
        }
        String name = text.substring(1, text.length() - 1);
        if (depth == MOST_INCLUDED) {
            throw directive.wrong(
                    "files that include files nest deeper than " + MOST_INCLUDED, "does one include itself?");
        }
        Optional<SourceText> found = includes.find(name, quoted, file);
        if (found.isEmpty()) {
            throw rest.get(0)
                    .wrong(
                            "there is no header " + text,
                            "the words of the kernel are in <pokecheck.h>, those of user space in <pokecheck/user.h>; leave other headers out");
        }
        if (!onlyOnce.contains(found.get().name())) {
            if (isShared(found.get())) {
                shared(found.get(), depth, rest.get(0));
            } else {
                spend(found.get(), rest.get(0));
                read(found.get(), depth + 1);
            }
        }
    }

    /** Whether what a header comes to may be known, or is to be. */
    private boolean isShared(SourceText included) {
        return headers.isPresent()
                && included.role() == SourceText.Role.HEADER
                && header.isEmpty()
                && out.isEmpty()
                && !macros.isListening()
                && complaints.isEmpty();
    }

    private void shared(SourceText included, int depth, Token because) {
        Map<String, Macro> defined = macros.all();
        Optional<IncludedHeader> known = headers.orElseThrow()
                .find(included, defined)
                .filter(it -> given.containsAll(it.neededNames())
                        && !budget.isExceededBy(it.spent())
                        && characters + it.characters() <= MOST_CHARACTERS);
        if (known.isEmpty()) {
            known = first(included, depth, because, defined);
            known.ifPresent(headers.orElseThrow()::add);
        } else {
            budget.spend(known.get().spent(), because);
            characters += known.get().characters();
            onlyOnce.addAll(known.get().onlyOnce());
            macros.take(known.get().left());
        }
        header = known;
    }

    /** Reads a header; what it comes to for others that include it, unless anything is wrong with it. */
    private Optional<IncludedHeader> first(SourceText included, int depth, Token because, Map<String, Macro> defined) {
        Set<String> asked = new LinkedHashSet<>();
        Set<String> once = new TreeSet<>(onlyOnce);
        int spent = budget.spent();
        int before = characters;
        macros.listen(asked);
        spend(included, because);
        read(included, depth + 1);
        macros.stopListening();
        Map<String, Macro> needed = new LinkedHashMap<>(defined);
        needed.keySet().retainAll(asked);
        if (!complaints.isEmpty() || !given.containsAll(needed.keySet())) {
            return Optional.empty();
        }
        Map<String, Optional<Macro>> left = new LinkedHashMap<>();
        asked.forEach(name -> left.put(name, macros.find(name)));
        out.add(end(included));
        Set<String> now = new TreeSet<>(onlyOnce);
        now.removeAll(once);
        IncludedHeader read =
                new IncludedHeader(included, out, needed, left, now, budget.spent() - spent, characters - before);
        out.clear();
        return Optional.of(read);
    }

    private static Token end(SourceText file) {
        Place end = file.place(file.text().length());
        return new Token(TokenKind.END, "", end, end, true, true, false);
    }

    /** Files that include each other twice come to as many as grains of rice on a chessboard. */
    private void spend(SourceText header, Token because) {
        characters += Math.max(LEAST_CHARACTERS, header.text().length());
        if (characters > MOST_CHARACTERS) {
            complaints.end(because.wrong(
                    "what is included comes to more than " + MOST_CHARACTERS + " characters",
                    "guard headers with #ifndef or #pragma once, and include each once"));
        }
    }

    private static String text(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        tokens.forEach(token ->
                text.append(token.isSpaced() && text.length() > 0 ? " " : "").append(token.text()));
        return text.toString();
    }
}
