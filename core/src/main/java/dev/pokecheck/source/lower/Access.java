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

    Access(Reading reading) {
        this.reading = reading;
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
        if (reading.objects.isConst(place.object())) {
            return typed(place.type(), constant(at, place));
        }
        return switch (place.object().kind()) {
            case LOCAL -> local(at, place);
            case SHARED, PER_CPU, ON_STACK -> typed(place.type(), shared(at, place));
            case REGISTERS -> savedAddress();
        };
    }

    /** Where the context below goes on: a place, or if that is in no site, as it is of a breakpoint of somebody else, a number beyond all of them. */
    private Num savedAddress() {
        int beyond = reading.builder.maxAddress() + 1;
        Expr elsewhere = Expr.savedAddress().eq(0);
        Expr offset = new Expr.Binary(Expr.BinaryOp.MULTIPLY, elsewhere, Expr.of(beyond));
        return new Num(Expr.savedAddress().plus(offset), new Interval(1, beyond));
    }

    private void setSavedAddress(Token at, Num place) {
        Interval places = new Interval(1, reading.builder.maxAddress());
        if (!places.contains(place.range())) {
            reading.recorder()
                    .bugOn(outside(at, place, places).expr(), at.use() + ": regs->ip becomes the address of no site");
        }
        reading.recorder().setSavedAddress(place.expr());
    }

    /** Whether a value is outside of a range. */
    private static Num outside(Token at, Num value, Interval range) {
        Num low = Arithmetic.binary(at, CBinaryOperator.LESS, value, Num.of(range.min()));
        Num high = Arithmetic.binary(at, CBinaryOperator.GREATER, value, Num.of(range.max()));
        return Arithmetic.binary(at, CBinaryOperator.OR, low, high);
    }

    /** An array as a pointer to its first element. */
    static CPlace decayed(Token at, CPlace place) {
        if (place.type().plain() instanceof ArrayType array) {
            Num index = Arithmetic.binary(at, CBinaryOperator.TIMES, place.index(), Num.of(array.length()));
            return new CPlace(place.object(), place.path(), index, place.length() * array.length(), array.element());
        }
        return place;
    }

    /** An element of an object that never changes. */
    private Num constant(Token at, CPlace place) {
        List<Integer> values = reading.objects.initial(place);
        if (values.size() == 1) {
            return Num.of(values.get(0));
        }
        Num index = inside(at, place);
        return Arithmetic.element(index, values.stream().map(Num::of).toList());
    }

    /** The number of an element, which must be there: what may be beyond is a {@code bug}. */
    private Num inside(Token at, CPlace place) {
        Interval elements = new Interval(0, place.length() - 1L);
        Num index = place.index();
        requireElement(at, place);
        if (!elements.contains(index.range())) {
            requireNoWait();
            reading.recorder().bugOn(outside(at, index, elements).expr(), at.use() + ": no element of " + place.text());
        }
        return index.isKnown() ? index : new Num(index.expr(), index.range().and(elements));
    }

    private static void requireElement(Token at, CPlace place) {
        Interval index = place.index().range();
        if (index.max() < 0 || index.min() >= place.length()) {
            throw at.wrong("element " + index.min() + " of " + place.text() + ", which has " + place.length(), "");
        }
    }

    /** An element of an array of the call whose number is not known: any of them. */
    private CValue anyLocal(Token at, CPlace place) {
        Num index = inside(at, place);
        List<Num> values = new ArrayList<>();
        for (long n = 0; n <= index.range().max(); n++) {
            boolean isMeant = index.range().holds(n);
            values.add(isMeant ? reading.pointers.number(at, local(at, element(place, n))) : Num.of(0));
        }
        return typed(place.type(), Arithmetic.element(index, values));
    }

    private static CPlace element(CPlace place, long number) {
        return new CPlace(place.object(), place.path(), Num.of(number), place.length(), place.type());
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
        requireElement(at, place);
        return place.leaf() + "[" + place.index().known() + "]";
    }

    private Num shared(Token at, CPlace place) {
        Shared.Cell cell = cell(at, place);
        Interval range = new Interval(cell.var().min(), cell.var().max());
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
        requireElement(at, place);
        return variable.at(place.index().expr());
    }

    // ---- stores

    void store(Token at, CPlace place, CValue value, boolean release) {
        requireNoWait();
        switch (place.object().kind()) {
            case LOCAL -> storeLocal(at, place, value);
            case SHARED, PER_CPU, ON_STACK -> storeShared(at, place, value, release);
            case REGISTERS -> setSavedAddress(at, number(at, value));
        }
    }

    /** One of the elements whose numbers lie in a range gets a value. */
    private void storeAnyLocal(Token at, CPlace place, long number, CValue value) {
        Num index = place.index();
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, index, Num.of(number));
        Runnable here = () -> storeLocal(at, element(place, number), value);
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
            Num index = inside(at, place);
            CPlace any = new CPlace(place.object(), place.path(), index, place.length(), place.type());
            storeAnyLocal(at, any, index.range().min(), value);
            return;
        }
        String slot = slot(at, place);
        if (place.type().plain() instanceof PointerType pointer && isKeptAsNumber(slot, value)) {
            Num number = reading.pointers.number(at, value);
            Local local = reading.routine().assign(at, slot, place.object().name(), number);
            reading.knowledge()
                    .put(slot, new CValue.Numbered(new Num(local.value(), number.range()), pointer.target()));
            return;
        }
        if (!(value instanceof Num number)) {
            reading.knowledge().put(slot, kept(at, slot, value));
            return;
        }
        Num converted = converted(at, number, place.type());
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
            return new CValue.ToObject(new CPlace(place.object(), place.path(), number, place.length(), place.type()));
        }
        return pointer;
    }

    private boolean isKeptAsNumber(String slot, CValue value) {
        return value instanceof CValue.Numbered
                || reading.pointers.isKeptAsNumber(reading.routine().full(slot));
    }

    private void storeShared(Token at, CPlace place, CValue value, boolean release) {
        Num number = stored(at, place, isNumber(place.type()) ? number(at, value) : reading.pointers.number(at, value));
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
        Num converted = converted(at, value, place.type());
        Optional<Interval> declared = reading.objects.declaredRange(place);
        if (declared.isEmpty()) {
            reading.ranges.add(place.leaf(), converted.range(), at.use());
        } else if (!declared.get().contains(converted.range())) {
            reading.recorder()
                    .bugOn(
                            outside(at, converted, declared.get()).expr(),
                            at.use() + ": " + place.text() + " leaves its range");
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
        throw at.wrong("a pointer in the place of a number", "");
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
