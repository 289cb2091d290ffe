// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import java.util.function.Consumer;
import java.util.function.Function;

/** What is done to one of several places, or by one of several ways: a branch for each, with what is known there. */
final class Choices {
    private final Reading reading;

    Choices(Reading reading) {
        this.reading = reading;
    }

    /** Does something to whichever place it is. */
    void each(Token at, CPlace place, Consumer<CPlace> does) {
        if (place.other().isEmpty()) {
            does.accept(place);
            return;
        }
        CPlace.Other other = place.other().get();
        when(at, other.isFirst(), () -> does.accept(place.first()), () -> each(at, other.place(), does));
    }

    /** A number of whichever place it is. */
    Num number(Token at, CPlace place, Function<CPlace, Num> of) {
        if (place.other().isEmpty()) {
            return of.apply(place);
        }
        CPlace.Other other = place.other().get();
        return reading.conditions.chosen(
                at, other.isFirst(), nothing(at), () -> of.apply(place.first()), () -> number(at, other.place(), of));
    }

    /** One of two things. */
    void when(Token at, Num condition, Runnable yes, Runnable no) {
        reading.access.requireNoWait();
        reading.conditions.branch(nothing(at), condition, yes, no);
    }

    /** A condition of which nothing is learnt. */
    static CExpr nothing(Token at) {
        return new CExpr.Constant(at, 0, "");
    }
}
