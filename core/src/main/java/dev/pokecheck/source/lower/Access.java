// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.parse.ConstantValue;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Loads and stores: steps where others may come to a place, knowledge and local variables where not. */
final class Access {
    private final Reading reading;
    /** Where a condition is read that is waited for, the one cell that it is on. */
    private Optional<Shared.Cell> awaited = Optional.empty();

    private boolean awaiting;
    private final Elements elements;
    private final RegisterAccess registers;

    Access(Reading reading) {
        this.reading = reading;
        elements = new Elements(reading);
        registers = new RegisterAccess(reading);
    }

    // ---- waiting

    /** A condition on more than one cell, or one that does something. */
    static final class NotOneLoad extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NotOneLoad() {
            super("", null, false, false);
        }
    }

    /** Reads a condition in which the one load is part of the value; empty if there is none. */
    Optional<Shared.Cell> awaiting(Runnable condition) {
        awaiting = true;
        awaited = Optional.empty();
        try {
            condition.run();
            return awaited;
        } finally {
            awaiting = false;
        }
    }

    /** A condition on a cell, which reads it also where its value is known. */
    static Expr onCell(Shared.Cell cell, Num condition) {
        if (condition.isTrue() || condition.isFalse()) {
            Expr least = Expr.of(cell.var().min());
            return condition.isTrue() ? cell.value().ge(least) : cell.value().lt(least);
        }
        return condition.expr();
    }

    /** Refuses what cannot be part of a condition that is waited for. */
    void requireNoWait() {
        if (awaiting) {
            throw new NotOneLoad();
        }
    }

    // ---- loads

    CValue load(Token at, CPlace place) {
        if (place.type().plain() instanceof ArrayType || place.type().plain() instanceof StructType) {
            return new CValue.ToObject(decayed(at, place));
        }
        if (place.other().isPresent()) {
            return typed(place.type(), reading.choices.number(at, place, one -> pointerNumber(at, load(at, one))));
        }
        if (reading.objects.isConst(place.object())) {
            return typed(place.type(), elements.constant(at, place));
        }
        return switch (place.object().kind()) {
            case LOCAL -> local(at, place);
            case SHARED, PER_CPU, ON_STACK -> typed(place.type(), shared(at, place));
            case BYTES -> elements.bytes(at, place);
            case TEXT -> {
                requireNoWait();
                yield reading.text.load(at, place.index(), place.type());
            }
            case REGISTERS -> registers.savedAddress();
        };
    }

    /** The number of a pointer, or a number. */
    Num pointerNumber(Token at, CValue value) {
        return value instanceof CValue.ToObject object
                ? reading.choices.number(
                        at, object.place(), one -> reading.pointers.number(at, new CValue.ToObject(one)))
                : reading.pointers.number(at, value);
    }

    /** An array as a pointer to its first element. */
    static CPlace decayed(Token at, CPlace place) {
        if (place.type().plain() instanceof ArrayType array) {
            return place.map(one -> {
                Num index = Arithmetic.binary(at, CBinaryOperator.TIMES, one.index(), Num.of(array.length()));
                return new CPlace(one.object(), one.path(), index, one.length() * array.length(), array.element());
            });
        }
        return place;
    }

    /** An element of an array of the call whose number is not known: any of them. */
    private CValue anyLocal(Token at, CPlace place) {
        Num index = elements.inside(at, place);
        List<Num> values = new ArrayList<>();
        for (long n = 0; n <= index.range().max(); n++) {
            boolean isMeant = index.range().holds(n);
            values.add(isMeant ? pointerNumber(at, local(at, place.at(Num.of(n)))) : Num.of(0));
        }
        return typed(place.type(), Arithmetic.element(index, values));
    }

    private CValue local(Token at, CPlace place) {
        if (place.length() > 1 && !place.index().isKnown()) {
            return anyLocal(at, place);
        }
        String slot = slot(at, place);
        Optional<CValue> known = reading.knowledge().of(slot);
        boolean isOwn = reading.routine().owns(place.object());
        if (isOwn && known.isPresent() && known.get() instanceof CValue.InVariable kept) {
            Local local = reading.routine().read(slot, place.object().name());
            return typed(place.type(), new Num(local.value(), kept.range()));
        }
        if (known.isPresent() && known.get() == CValue.Uninitialised.UNINITIALISED) {
            throw at.wrong(place.text() + " is read before it has a value", "give it one where it is declared");
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
        if (!isNumber(place.type())) {
            reading.pointers.keepAsNumber(full);
        }
        Local local = reading.routine().read(slot, place.object().name());
        return typed(place.type(), new Num(local.value(), reading.ranges.of(full)));
    }

    /** Whether a value says all without a variable. */
    private static boolean isConstant(CValue value) {
        return value instanceof Num number
                ? number.isKnown()
                : value instanceof CValue.ToObject pointer
                        ? pointer.place().index().isKnown()
                        : !(value instanceof CValue.Numbered) && !(value instanceof CValue.InVariable);
    }

    /** A number that is a pointer where its type says so. */
    private static CValue typed(CType type, Num number) {
        return type.plain() instanceof PointerType pointer ? new CValue.Numbered(number, pointer.target()) : number;
    }

    static boolean isNumber(CType type) {
        return type.plain() instanceof IntegerType || type.plain() instanceof EnumType;
    }

    private static String slot(Token at, CPlace place) {
        if (place.length() == 1) {
            return place.leaf();
        }
        Elements.requireElement(at, place);
        return place.leaf() + "[" + place.index().known() + "]";
    }

    private Num shared(Token at, CPlace place) {
        Shared.Cell cell = cell(at, place);
        Interval range = reading.objects
                .values(place)
                .and(new Interval(cell.var().min(), cell.var().max()));
        if (awaiting) {
            if (awaited.isPresent()) {
                throw new NotOneLoad();
            }
            awaited = Optional.of(cell);
            // A wait for what is never stored is one all the same.
            return new Num(cell.value(), range.isOne() ? new Interval(range.min(), range.max() + 1) : range);
        }
        Local to = reading.routine().temporary(place.text().replace('.', '_'), range);
        String label = reading.routine().label("load", place.text());
        reading.at(at, () -> reading.recorder().load(label, to, cell));
        return new Num(to.value(), range);
    }

    /** The memory of a place; an index that may be out of its array is a {@code bug}. */
    Shared.Cell cell(Token at, CPlace place) {
        Shared variable = reading.objects.variable(place);
        if (place.length() == 1) {
            return variable.cell();
        }
        Elements.requireElement(at, place);
        return variable.at(place.index().expr());
    }

    // ---- stores

    void store(Token at, CPlace place, CValue value, boolean release) {
        requireNoWait();
        if (place.other().isPresent()) {
            reading.choices.each(at, place, one -> store(at, one, value, release));
            return;
        }
        if (place.type().plain() instanceof StructType) {
            reading.copies.struct(at, place, value);
            return;
        }
        if (reading.objects.isConst(place.object()) || place.object().kind() == CObject.Kind.BYTES) {
            throw at.wrong(place.text() + " is const, and this stores to it", "");
        }
        switch (place.object().kind()) {
            case LOCAL -> storeLocal(at, place, value);
            case SHARED, PER_CPU, ON_STACK -> storeShared(at, place, value, release);
            case TEXT -> reading.copies.storeText(at, place, number(at, value));
            case REGISTERS -> registers.setSavedAddress(at, pointerNumber(at, value));
            case BYTES -> throw new IllegalStateException("refused above");
        }
    }

    /** One of the elements whose numbers lie in a range gets a value. */
    private void storeAnyLocal(Token at, CPlace place, long number, CValue value) {
        Num index = place.index();
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, index, Num.of(number));
        Runnable here = () -> storeLocal(at, place.at(Num.of(number)), value);
        if (number == index.range().max()) {
            here.run();
        } else {
            reading.conditions.branch(
                    new CExpr.Constant(at, 0, ""), is, here, () -> storeAnyLocal(at, place, number + 1, value));
        }
    }

    private void storeLocal(Token at, CPlace place, CValue value) {
        if (!reading.routine().owns(place.object())) {
            reading.pointers.escape(place.object());
            throw new ReadAgain();
        }
        if (place.length() > 1 && !place.index().isKnown()) {
            Num index = elements.inside(at, place);
            storeAnyLocal(at, place.at(index), index.range().min(), value);
            return;
        }
        String slot = slot(at, place);
        if (place.type().plain() instanceof PointerType pointer && isKeptAsNumber(slot, value)) {
            Num number = pointerNumber(at, value);
            Local local = reading.routine().assign(at, slot, place.object().name(), number);
            reading.knowledge()
                    .put(slot, new CValue.Numbered(new Num(local.value(), number.range()), pointer.target()));
            return;
        }
        if (!(value instanceof Num number)) {
            reading.knowledge().put(slot, kept(at, slot, value));
            return;
        }
        Num converted = fitting(at, number, place);
        if (converted.isKnown() && !reading.routine().isRead(slot)) {
            reading.ranges.add(reading.routine().full(slot), converted.range(), at.use());
            reading.knowledge().put(slot, converted);
            return;
        }
        Local local = reading.routine().assign(at, slot, place.object().name(), converted);
        reading.knowledge().put(slot, converted.isKnown() ? converted : new Num(local.value(), converted.range()));
    }

    /** A pointer whose element is not known keeps its number in a variable of its own. */
    private CValue kept(Token at, String slot, CValue pointer) {
        if (pointer instanceof CValue.ToObject object && !object.place().index().isKnown()) {
            CPlace place = object.place();
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

    private void storeShared(Token at, CPlace place, CValue value, boolean release) {
        Num number = stored(at, place, isNumber(place.type()) ? number(at, value) : pointerNumber(at, value));
        Shared.Cell cell = cell(at, place);
        String label = reading.routine().label("store", place.text());
        reading.at(at, () -> {
            if (release) {
                reading.recorder().storeRelease(label, cell, number.expr());
            } else {
                reading.recorder().store(label, cell, number.expr());
            }
        });
    }

    /** A value that is about to be stored: the place will have it from now on. */
    Num stored(Token at, CPlace place, Num value) {
        Num converted = fitting(at, value, place);
        Optional<Interval> declared = reading.objects.declaredRange(place);
        if (declared.isEmpty()) {
            reading.ranges.add(place.leaf(), converted.range(), at.use());
        } else if (!declared.get().contains(converted.range())) {
            reading.recorder()
                    .bugOn(Elements.outside(at, converted, declared.get()).expr(), place.text() + " leaves its range");
        }
        return converted;
    }

    /** A locked operation leaves values in a place; that one is outside of the range that its author gives, the machine sees. */
    void updated(Token at, CPlace place, Interval values) {
        if (reading.objects.declaredRange(place).isEmpty()) {
            reading.ranges.add(place.leaf(), values, at.use());
        }
    }

    Num number(Token at, CValue value) {
        if (value instanceof Num number) {
            return number;
        }
        if (value == CValue.Nothing.NOTHING) {
            throw at.wrong("there is no value here", "let the function return one, on each way through it");
        }
        throw at.wrong("a pointer in the place of a number", "");
    }

    /** A value for a place, whose type must hold it: one that may be outside is a {@code bug}. */
    private Num fitting(Token at, Num value, CPlace place) {
        if (place.type().plain() instanceof IntegerType type && !type.isBool() && !value.isKnown()) {
            Interval possible = new Interval(type.min(), type.max());
            if (!possible.contains(value.range()) && !possible.isApart(value.range())) {
                requireNoWait();
                Interval here = possible.and(new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE));
                reading.recorder()
                        .bugOn(
                                Elements.outside(at, value, here).expr(),
                                "a value that " + place.text() + ", which is " + type.text() + ", does not hold");
                return new Num(value.expr(), value.range().and(here));
            }
        }
        return converted(at, value, place.type());
    }

    /** A value as a type has it; what may not fit is refused, as nothing here wraps around. */
    static Num converted(Token at, Num value, CType type) {
        if (!(type.plain() instanceof IntegerType integer)) {
            return value;
        }
        if (integer.isBool()) {
            return Arithmetic.truth(value);
        }
        Interval possible = new Interval(integer.min(), integer.max());
        if (possible.contains(value.range())) {
            return value;
        }
        long wrapped = ConstantValue.converted(value.known(), integer);
        if (value.isKnown() && wrapped == (int) wrapped) {
            return Num.of(wrapped);
        }
        throw at.wrong(
                "a value from " + value.range().min() + " to " + value.range().max() + " in " + integer.text()
                        + ", which would wrap around",
                "");
    }
}
