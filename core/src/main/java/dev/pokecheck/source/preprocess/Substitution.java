// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.preprocess;

import dev.pokecheck.source.token.Lexer;
import dev.pokecheck.source.token.SourceException;
import dev.pokecheck.source.token.SourceText;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.token.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The body of a macro with its arguments in place of its parameters, {@code #} and {@code ##} done (C17, 6.10.3.1 to 6.10.3.3). */
final class Substitution {
    private final Macro macro;
    private final Token use;
    private final List<List<Token>> arguments;
    private final List<List<Token>> expanded = new ArrayList<>();
    private final UnaryOperator<List<Token>> expand;
    private final boolean isRestLeftOut;
    private int at;

    /**
     * @param use the macro's name where it is used
     * @param given as many as the macro has parameters; one fewer where nothing was given for the rest
     * @param expand expands an argument
     */
    Substitution(Macro macro, Token use, List<List<Token>> given, UnaryOperator<List<Token>> expand) {
        int parameters = macro.parameters().map(List::size).orElse(0);
        List<List<Token>> arguments = new ArrayList<>(given);
        if (given.size() < parameters) {
            arguments.add(List.of());
        }
        isRestLeftOut =
                given.size() < parameters || (parameters == 1 && given.get(0).isEmpty());
        this.macro = macro;
        this.use = use;
        this.arguments = arguments;
        this.expand = expand;
        arguments.forEach(argument -> expanded.add(List.of()));
    }

    List<Token> tokens() {
        List<Token> out = new ArrayList<>();
        while (at < macro.body().size()) {
            if (isPaste(at + 1)) {
                out.addAll(pasted());
                continue;
            }
            Token token = macro.body().get(at);
            int parameter = macro.parameter(token);
            if (parameter >= 0) {
                at++;
                out.addAll(spaced(expanded(parameter), token));
            } else {
                out.addAll(operand());
            }
        }
        if (!out.isEmpty()) {
            out.set(0, out.get(0).spaced(use.isSpaced()));
        }
        return out;
    }

    private boolean isPaste(int index) {
        return index < macro.body().size() && macro.body().get(index).is("##");
    }

    private List<Token> expanded(int parameter) {
        if (expanded.get(parameter).isEmpty() && !arguments.get(parameter).isEmpty()) {
            expanded.set(parameter, expand.apply(arguments.get(parameter)));
        }
        return expanded.get(parameter);
    }

    private static List<Token> spaced(List<Token> tokens, Token like) {
        List<Token> out = new ArrayList<>(tokens);
        if (!out.isEmpty()) {
            out.set(0, out.get(0).spaced(like.isSpaced()));
        }
        return out;
    }

    /** What stands next in the body, as it is where it is pasted: an argument as it was written, a string of one, or a token. */
    private List<Token> operand() {
        Token token = macro.body().get(at++);
        if (macro.isFunctionLike() && token.is("#")) {
            Token parameter = macro.body().get(at++);
            return List.of(string(arguments.get(macro.parameter(parameter))).spaced(token.isSpaced()));
        }
        int parameter = macro.parameter(token);
        return parameter >= 0 ? arguments.get(parameter) : List.of(token.usedAt(use.use()));
    }

    private List<Token> pasted() {
        List<Token> left = operand();
        while (isPaste(at)) {
            at++;
            boolean rest = macro.isVariadic() && macro.parameter(macro.body().get(at)) == arguments.size() - 1;
            if (rest && left.size() == 1 && left.get(0).is(",")) {
                // GNU: the comma goes if there is no argument; for one that is empty it stays.
                at++;
                List<Token> all = new ArrayList<>(isRestLeftOut ? List.of() : left);
                all.addAll(arguments.get(arguments.size() - 1));
                left = all;
            } else {
                left = paste(left, operand());
            }
        }
        return left;
    }

    private static List<Token> paste(List<Token> left, List<Token> right) {
        if (left.isEmpty() || right.isEmpty()) {
            return left.isEmpty() ? right : left;
        }
        List<Token> out = new ArrayList<>(left.subList(0, left.size() - 1));
        out.add(paste(left.get(left.size() - 1), right.get(0)));
        out.addAll(right.subList(1, right.size()));
        return out;
    }

    private static Token paste(Token left, Token right) {
        String text = left.text() + right.text();
        List<Token> made = List.of();
        try {
            made = Lexer.tokens(new SourceText("", text));
        } catch (SourceException e) {
            // Then it is no token; said below.
        }
        if (made.size() != 2 || !made.get(0).text().equals(text)) {
            throw left.wrong(
                    "'##' makes " + left.quoted() + " and " + right.quoted() + " into nothing that is one token", "");
        }
        return new Token(made.get(0).kind(), text, left.spelled(), left.use(), false, left.isSpaced(), false);
    }

    private Token string(List<Token> argument) {
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < argument.size(); i++) {
            Token token = argument.get(i);
            boolean quoted = token.kind() == TokenKind.STRING || token.kind() == TokenKind.CHARACTER;
            text.append(i > 0 && (token.isSpaced() || token.isFirst()) ? " " : "")
                    .append(quoted ? token.text().replace("\\", "\\\\").replace("\"", "\\\"") : token.text());
        }
        return new Token(TokenKind.STRING, text.append('"').toString(), use.spelled(), use.use(), false, false, false);
    }
}
