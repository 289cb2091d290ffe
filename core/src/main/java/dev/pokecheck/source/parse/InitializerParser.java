// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.parse;

import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Initializer.Designator;
import dev.pokecheck.source.token.Token;
import java.util.ArrayList;
import java.util.List;

/** Reads what objects are initialised with (C17, 6.7.9). */
final class InitializerParser {
    private final Parser parser;
    private final TokenCursor cursor;

    InitializerParser(Parser parser) {
        this.parser = parser;
        cursor = parser.cursor;
    }

    Initializer initializer() {
        return cursor.is("{") ? cursor.nested(this::braces) : new Initializer.Value(parser.expressions.assignment());
    }

    Initializer.Braces braces() {
        Token open = cursor.expect("{");
        List<Initializer.Item> items = new ArrayList<>();
        while (!cursor.is("}")) {
            List<Designator> designators = designators();
            items.add(new Initializer.Item(designators, initializer()));
            if (!cursor.is("}")) {
                cursor.expect(",");
            }
        }
        cursor.expect("}");
        return new Initializer.Braces(open, items);
    }

    private List<Designator> designators() {
        List<Designator> designators = new ArrayList<>();
        while (cursor.is(".") || cursor.is("[")) {
            Token sign = cursor.next();
            designators.add(
                    sign.is(".") ? new Designator.Field(cursor.identifier("the name of a member")) : element(sign));
        }
        if (!designators.isEmpty()) {
            cursor.expect("=");
        }
        return designators;
    }

    private Designator element(Token open) {
        long first = parser.expressions.constant();
        long last = cursor.accept("...") ? parser.expressions.constant() : first;
        cursor.expect("]");
        if (first < 0 || last < first || last > Short.MAX_VALUE) {
            throw open.wrong("there are no elements from " + first + " to " + last, "");
        }
        return new Designator.Element(open, (int) first, (int) last);
    }
}
