// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Shared;
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

    /** The memory of a place that CPUs share; an index that is, or may be, out of its array is a {@code bug}. */
    Shared.Cell cell(Token at, CPlace place) {
        Shared variable = reading.objects.variable(place);
        if (isFaultOfRun(place)) {
            reading.access.requireNoWait();
            return variable.at(place.index().expr());
        } else if (place.length() == 1) {
            inside(at, place);
            return variable.cell();
        }
        requireElement(at, place);
        return variable.at(place.index().expr());
    }

    /** After an access to memory that CPUs share has been recorded: where there is no such element, nothing that follows is reached. */
    static void end(CPlace place) {
        if (isBeyond(place)) {
            throw new PlaceReader.DeadEnd();
        }
    }

    /**
     * Whether an element that is not there is a fault of the run that comes to it, and not of the file: where a thread follows its stores, what is known when the file is read is
     * what a run has computed.
     */
    private boolean isFaultOfRun(CPlace place) {
        return isBeyond(place) && reading.memory.isFollowed();
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

    /** Whether a place is no element of its array, whatever its index. */
    static boolean isBeyond(CPlace place) {
        Interval index = place.index().range();
        return index.max() < 0 || index.min() >= place.length();
    }

    /** Refuses an element that is not there. */
    static void requireElement(Token at, CPlace place) {
        if (isBeyond(place)) {
            Interval index = place.index().range();
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
