// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Uses;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.PointerType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads and stores of variables that only their call can access: no steps, but knowledge and local variables of the routine. */
final class LocalAccess {
    private final Reading reading;
    private final Elements elements;

    LocalAccess(Reading reading, Elements elements) {
        this.reading = reading;
        this.elements = elements;
    }

    /** An element of an array of the call whose number is not known: any of them. */
    private CValue anyLocal(Token at, CPlace place) {
        Num index = elements.inside(at, place);
        List<Num> values = new ArrayList<>();
        for (long n = 0; n <= index.range().max(); n++) {
            CPlace element = place.at(Num.of(n));
            if (index.range().holds(n) && isUninitialised(at, element)) {
                Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, index, Num.of(n));
                reading.access.requireNoWait();
                reading.recorder().bugOn(is.expr(), element.text() + " is read before it has a value");
                values.add(Num.of(0));
            } else {
                values.add(index.range().holds(n) ? reading.access.pointerNumber(at, load(at, element)) : Num.of(0));
            }
        }
        return Access.typed(place.type(), Arithmetic.element(index, values));
    }

    /** Whether nothing has been stored to a place, on any way that leads here. */
    private boolean isUninitialised(Token at, CPlace place) {
        return reading.knowledge()
                .of(slot(at, place))
                .filter(CValue.Uninitialised.class::isInstance)
                .isPresent();
    }

    /** The value of a variable of the call. */
    CValue load(Token at, CPlace place) {
        if (!place.index().isKnown()) {
            return anyLocal(at, place);
        }
        String slot = slot(at, place);
        boolean isOwn = reading.routine().owns(place.object());
        if (isOwn) {
            reading.plain.used(at, slot, place);
        }
        Optional<CValue> known = reading.knowledge().of(slot);
        if (isOwn && known.isPresent() && known.get() instanceof CValue.InVariable kept) {
            Local local = reading.routine().read(slot, place.object().name());
            return Access.typed(place.type(), new Num(local.value(), kept.range()));
        }
        if (known.isPresent() && known.get() == CValue.Uninitialised.UNINITIALISED) {
            throw at.wrong(place.text() + " is read before it has a value", "give it one where it is declared");
        }
        if (known.isPresent() && known.get() instanceof CValue.Partly) {
            throw at.wrong(
                    place.text() + " is read before all of its bytes have a value",
                    "store all of it, or give it a value where it is declared");
        }
        if (known.isPresent() && known.get() != CValue.Unknown.UNKNOWN && (isOwn || isConstant(known.get()))) {
            if (!isOwn) {
                reading.routine().borrow(slot, place.object());
            }
            return known.get();
        }
        if (!isOwn) {
            reading.pointers.escape(place.object());
            throw new ReadAgain();
        }
        String full = reading.routine().full(slot);
        if (!Access.isNumber(place.type())) {
            reading.pointers.keepAsNumber(full);
        }
        Local local = reading.routine().read(slot, place.object().name());
        return Access.typed(place.type(), new Num(local.value(), reading.ranges.of(full)));
    }

    /** Whether a value says all without a variable. */
    static boolean isConstant(CValue value) {
        return value instanceof Num number
                ? number.isKnown()
                : value instanceof CValue.ToObject pointer
                        ? pointer.place().index().isKnown()
                        : !(value instanceof CValue.Numbered) && !(value instanceof CValue.InVariable);
    }

    /** One of the elements whose numbers lie in a range gets a value. */
    private void storeAnyLocal(Token at, CPlace place, long number, CValue value) {
        Num index = place.index();
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, index, Num.of(number));
        Runnable here = () -> store(at, place.at(Num.of(number)), value);
        if (number == index.range().max()) {
            here.run();
        } else {
            reading.conditions.branch(
                    new CExpr.Constant(at, 0, ""), is, here, () -> storeAnyLocal(at, place, number + 1, value));
        }
    }

    /** A variable of the call gets a value. */
    void store(Token at, CPlace place, CValue value) {
        if (!reading.routine().owns(place.object())) {
            reading.pointers.escape(place.object());
            throw new ReadAgain();
        }
        if (!place.index().isKnown()) {
            Num index = elements.inside(at, place);
            storeAnyLocal(at, place.at(index), index.range().min(), value);
            return;
        }
        String slot = slot(at, place);
        reading.moments.stored(slot);
        reading.plain.copied(slot, place, value);
        if (place.type().plain() instanceof PointerType pointer && isKeptAsNumber(slot, value)) {
            Num number = reading.access.pointerNumber(at, value);
            Local local = reading.routine().assign(at, slot, place.object().name(), number);
            reading.knowledge()
                    .put(slot, new CValue.Numbered(new Num(local.value(), number.range()), pointer.target()));
            return;
        }
        if (!(value instanceof Num number)) {
            reading.knowledge().put(slot, kept(at, slot, value));
            return;
        }
        Num converted = reading.access.fitting(at, number, place);
        if (converted.isKnown() && !reading.routine().isRead(slot)) {
            reading.ranges.add(reading.routine().full(slot), converted.range(), at.use());
            reading.knowledge().put(slot, alone(converted));
            return;
        }
        Local local = reading.routine().assign(at, slot, place.object().name(), converted);
        reading.knowledge()
                .put(slot, converted.isKnown() ? alone(converted) : new Num(local.value(), converted.range()));
    }

    /** A known number by itself: one that is known as the value of a variable must not follow that when it changes. */
    static Num alone(Num known) {
        boolean follows = Uses.of(known.expr()).locals().findAny().isPresent();
        return follows ? Num.of(known.known()) : known;
    }

    /** A pointer whose element is not known keeps its number in a variable of its own. */
    private CValue kept(Token at, String slot, CValue pointer) {
        if (pointer instanceof CValue.ToObject object && !object.place().index().isKnown()) {
            CPlace place = object.place();
            reading.moments.stored(slot + " index");
            Local index =
                    reading.routine().assign(at, slot + " index", place.object().name() + "_index", place.index());
            Num number = new Num(index.value(), place.index().range());
            return new CValue.ToObject(place.at(number));
        }
        return pointer;
    }

    private boolean isKeptAsNumber(String slot, CValue value) {
        boolean isNumber = value instanceof CValue.Numbered || (value instanceof Num n && !n.isFalse());
        return isNumber
                || (value instanceof CValue.ToObject object
                        && object.place().other().isPresent())
                || reading.pointers.isKeptAsNumber(reading.routine().full(slot));
    }

    /** The name under which the value of a place is known. */
    static String slot(Token at, CPlace place) {
        Elements.requireElement(at, place);
        if (place.length() == 1) {
            return place.leaf();
        }
        return place.leaf() + "[" + place.index().known() + "]";
    }
}
