// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.IntegerType;
import java.util.ArrayList;
import java.util.List;

/** Elements of arrays: that they are there, and what those hold that never change. */
final class Elements {
    private final Reading reading;

    Elements(Reading reading) {
        this.reading = reading;
    }

    /** An element of an object that never changes. */
    Num constant(Token at, CPlace place) {
        List<Integer> values = reading.objects.initial(place);
        if (values.size() == 1) {
            return Num.of(values.get(0));
        }
        Num index = inside(at, place);
        return Arithmetic.element(index, values.stream().map(Num::of).toList());
    }

    /** The number of an element, which must be there: what may be beyond is a {@code bug}. */
    Num inside(Token at, CPlace place) {
        Interval elements = new Interval(0, place.length() - 1L);
        Num index = place.index();
        requireElement(at, place);
        if (!elements.contains(index.range())) {
            reading.access.requireNoWait();
            reading.recorder().bugOn(outside(at, index, elements).expr(), "no element of " + place.text());
        }
        return index.isKnown() ? index : new Num(index.expr(), index.range().and(elements));
    }

    /** The address of an element, or of the end of the array, which has one, too; one beyond is a {@code bug}. */
    CPlace address(Token at, CPlace place) {
        Interval elements = new Interval(0, place.length());
        boolean isCounted =
                place.object().kind() != CObject.Kind.TEXT && place.object().kind() != CObject.Kind.BYTES;
        Num index = place.index();
        if (!isCounted || elements.contains(index.range()) || elements.isApart(index.range())) {
            return place;
        }
        reading.access.requireNoWait();
        reading.recorder().bugOn(outside(at, index, elements).expr(), "no element of " + place.text());
        return place.at(new Num(index.expr(), index.range().and(elements)));
    }

    static void requireElement(Token at, CPlace place) {
        Interval index = place.index().range();
        if (index.max() < 0 || index.min() >= place.length()) {
            throw at.wrong("element " + index.min() + " of " + place.text() + ", which has " + place.length(), "");
        }
    }

    /** A number that bytes of a version make, the first being the lowest. */
    Num bytes(Token at, CPlace place) {
        VersionBytes.Version version = reading.versions.version(place.object());
        byte[] all = reading.versions.asRead(version.site(), version.number());
        Num index = inside(at, place);
        Num sum = Num.of(0);
        for (int i = Math.max(1, place.type().size()) - 1; i >= 0; i--) {
            boolean top = i == place.type().size() - 1
                    && (i == Integer.BYTES - 1
                            || (place.type().plain() instanceof IntegerType type && type.isSigned()));
            List<Num> values = new ArrayList<>();
            for (int n = 0; n < all.length; n++) {
                byte one = n + i < all.length ? all[n + i] : 0;
                values.add(Num.of(top ? one : one & 0xff));
            }
            Num shifted = Arithmetic.binary(at, CBinaryOperator.TIMES, sum, Num.of(256));
            sum = Arithmetic.binary(at, CBinaryOperator.PLUS, shifted, Arithmetic.element(index, values));
        }
        return sum;
    }

    /** Whether a value is outside of a range. */
    static Num outside(Token at, Num value, Interval range) {
        Num low = Arithmetic.binary(at, CBinaryOperator.LESS, value, Num.of(range.min()));
        Num high = Arithmetic.binary(at, CBinaryOperator.GREATER, value, Num.of(range.max()));
        return Arithmetic.binary(at, CBinaryOperator.OR, low, high);
    }
}
