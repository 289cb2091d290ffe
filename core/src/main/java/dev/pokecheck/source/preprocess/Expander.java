// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Expands macros (C17, 6.10.3). What a macro stands for is read again before what follows it; while it is, that macro is none, and its name where it is met there never
 * becomes one again.
 */
final class Expander {
    /** So deep arguments of macros in arguments of macros are expanded. */
    private static final int MOST_NESTED = 100;

    private final MacroTable macros;
    private final Budget budget;
    private final Set<String> underWay;
    private final int depth;
    private final TokenReader file;
    private final Deque<Expansion> expansions = new ArrayDeque<>();

    /** What a macro stands for, as far as it is not read yet. */
    private record Expansion(String macro, TokenReader tokens) {}

    /** Expands what is read from a file, or from a list. */
    Expander(TokenReader file, MacroTable macros, Budget budget) {
        this(file, macros, budget, new TreeSet<>(), 0);
    }

    private Expander(TokenReader file, MacroTable macros, Budget budget, Set<String> underWay, int depth) {
        this.file = file;
        this.macros = macros;
        this.budget = budget;
        this.underWay = underWay;
        this.depth = depth;
    }

    /** A whole list, expanded. */
    List<Token> all() {
        List<Token> all = new ArrayList<>();
        for (Optional<Token> token = next(); token.isPresent(); token = next()) {
            all.add(token.get());
        }
        return all;
    }

    /** The next token that is no macro; empty at the end of a list. */
    Optional<Token> next() {
        while (true) {
            Optional<Token> read = read();
            if (read.isEmpty() || !read.get().isIdentifier() || read.get().isBlocked()) {
                return read;
            }
            Token token = read.get();
            Optional<Macro> macro = macros.find(token.text());
            if (macro.isEmpty()) {
                return read;
            }
            if (underWay.contains(token.text())) {
                return Optional.of(token.blocked());
            }
            if (macro.get().isFunctionLike() && !isCalled()) {
                return read;
            }
            expand(macro.get(), token);
        }
    }

    /** Leaves off in the middle, so that the file can be read on. */
    void giveUp() {
        expansions.clear();
        underWay.clear();
    }

    private void dropWhatIsRead() {
        while (!expansions.isEmpty() && !expansions.peek().tokens().hasNext()) {
            underWay.remove(expansions.pop().macro());
        }
    }

    private TokenReader reader() {
        dropWhatIsRead();
        return expansions.isEmpty() ? file : expansions.peek().tokens();
    }

    private Optional<Token> read() {
        TokenReader reader = reader();
        if (!reader.hasNext()) {
            return Optional.empty();
        }
        Token token = reader.next();
        budget.spend(1, token);
        return Optional.of(token);
    }

    private boolean isCalled() {
        TokenReader reader = reader();
        return reader.hasNext() && reader.peek().is("(");
    }

    private void expand(Macro macro, Token name) {
        List<List<Token>> arguments = macro.isFunctionLike() ? arguments(macro, name) : List.of();
        List<Token> body = new Substitution(macro, name, arguments, this::expanded).tokens();
        budget.spend(body.size(), name);
        underWay.add(name.text());
        expansions.push(new Expansion(name.text(), new TokenReader(body)));
    }

    /** An argument, expanded as if it stood alone. */
    private List<Token> expanded(List<Token> argument) {
        if (depth == MOST_NESTED) {
            throw argument.get(0).wrong("macros in arguments of macros nest deeper than " + MOST_NESTED, "");
        }
        return new Expander(new TokenReader(argument), macros, budget, underWay, depth + 1).all();
    }

    // ---- arguments

    private List<List<Token>> arguments(Macro macro, Token name) {
        int parameters = macro.parameters().orElseThrow().size();
        List<List<Token>> arguments = new ArrayList<>();
        arguments.add(new ArrayList<>());
        Token open = read().orElseThrow();
        int nested = 0;
        while (true) {
            Token token = read().filter(t -> !t.isEnd())
                    .orElseThrow(() -> open.wrong("this '(' of the macro " + name.quoted() + " is never closed", ""));
            if (token.beginsDirective()) {
                throw token.wrong(
                        "a directive inside the arguments of the macro " + name.quoted(),
                        "write it before or after the call");
            }
            if (nested == 0 && token.is(")")) {
                break;
            }
            boolean rest = macro.isVariadic() && arguments.size() == parameters;
            if (nested == 0 && token.is(",") && !rest) {
                arguments.add(new ArrayList<>());
                continue;
            }
            nested += token.is("(") ? 1 : token.is(")") ? -1 : 0;
            arguments.get(arguments.size() - 1).add(token);
        }
        return checked(macro, name, arguments, parameters);
    }

    private static List<List<Token>> checked(Macro macro, Token name, List<List<Token>> arguments, int parameters) {
        if (parameters == 0 && arguments.size() == 1 && arguments.get(0).isEmpty()) {
            return List.of();
        }
        boolean restLeftOut = macro.isVariadic() && arguments.size() == parameters - 1;
        if (arguments.size() != parameters && !restLeftOut) {
            throw name.wrong(
                    "the macro " + name.quoted() + " takes " + parameters
                            + (parameters == 1 ? " argument" : " arguments") + ", and here are " + arguments.size(),
                    "it is defined at " + macro.name().spelled());
        }
        return arguments;
    }
}
