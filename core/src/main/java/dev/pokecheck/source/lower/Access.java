// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.protocol.Shared;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.parse.ConstantValue;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.EnumType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import java.util.Optional;
import java.util.function.Supplier;

/** Loads and stores: steps where others may come to a place, knowledge and local variables where not. */
final class Access {
    private final Reading reading;
    /** Where a condition is read that is waited for, the one cell that it is on. */
    private Optional<Shared.Cell> awaited = Optional.empty();

    private boolean awaiting;
    /** Whether the load of that condition is plain. */
    private boolean awaitsPlainly;

    /** What is done once that condition holds. */
    private Runnable afterWait = () -> {};

    private boolean isMarked;
    private final Elements elements;
    private final LocalAccess locals;
    private final RegisterAccess registers;

    Access(Reading reading) {
        this.reading = reading;
        elements = new Elements(reading);
        locals = new LocalAccess(reading, elements);
        registers = new RegisterAccess(reading);
    }

    // ---- plain accesses

    /** Accesses that their author has said a compiler may not touch: READ_ONCE and its like. */
    <T> T marked(Supplier<T> accesses) {
        boolean outer = isMarked;
        isMarked = true;
        try {
            return accesses.get();
        } finally {
            isMarked = outer;
        }
    }

    private boolean isPlain(CPlace place) {
        return !isMarked && !place.type().isVolatile() && !place.type().isAtomic();
    }

    /** Records an access, which is plain or not. */
    private void record(boolean plain, Runnable access) {
        if (plain) {
            reading.builder().plainly(access);
        } else {
            access.run();
        }
    }

    /** Whether the load of the condition that was read last, of a wait, is plain. */
    boolean awaitsPlainly() {
        return awaitsPlainly;
    }

    /** Records the wait whose condition was read last. */
    void recordWait(Runnable wait) {
        record(awaitsPlainly, wait);
        afterWait.run();
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
        afterWait = () -> {};
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

    /** Does something after the load that was read last; if that is the condition of a wait, which is recorded later, after the wait. */
    void afterLoad(Runnable something) {
        if (awaiting) {
            afterWait = something;
        } else {
            something.run();
        }
    }

    /** Refuses what cannot be part of a condition that is waited for. */
    void requireNoWait() {
        if (awaiting) {
            throw new NotOneLoad();
        }
    }

    // ---- loads

    CValue load(Token at, CPlace whole) {
        if (whole.type().plain() instanceof ArrayType || whole.type().plain() instanceof StructType) {
            return new CValue.ToObject(decayed(at, whole));
        }
        CPlace place = reading.unions.spread(at, whole);
        if (place.other().isPresent()) {
            return typed(place.type(), reading.choices.number(at, place, one -> pointerNumber(at, load(at, one))));
        }
        Optional<Unions.Slice> slice = reading.unions.slice(at, place);
        if (slice.isPresent()) {
            return reading.slices.load(at, slice.get());
        }
        if (reading.objects.isConst(place.object())) {
            return typed(place.type(), elements.constant(at, place));
        }
        return switch (place.object().kind()) {
            case LOCAL -> locals.load(at, place);
            case SHARED, PER_CPU, ON_STACK, ALLOCATED -> sharedValue(at, place);
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
                        at,
                        object.place(),
                        one -> reading.pointers.number(at, new CValue.ToObject(elements.address(at, one))))
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

    /** A number that is a pointer where its type says so. */
    static CValue typed(CType type, Num number) {
        return type.plain() instanceof PointerType pointer ? new CValue.Numbered(number, pointer.target()) : number;
    }

    static boolean isNumber(CType type) {
        return type.plain() instanceof IntegerType || type.plain() instanceof EnumType;
    }

    /** What is loaded is known if this thread alone stores there; the load is a step all the same. */
    private CValue sharedValue(Token at, CPlace place) {
        CValue loaded = typed(place.type(), shared(at, place));
        return awaiting
                ? loaded
                : reading.memory
                        .value(place)
                        .map(known -> known instanceof Num number ? typed(place.type(), number) : known)
                        .orElse(loaded);
    }

    private Num shared(Token at, CPlace place) {
        if (awaiting) {
            Shared.Cell cell = cell(at, place);
            Interval range = values(place, cell);
            if (awaited.isPresent()) {
                throw new NotOneLoad();
            }
            awaited = Optional.of(cell);
            awaitsPlainly = isPlain(place);
            if (isOrdered(place)) {
                afterWait = () -> reading.plain.barrier(at);
            }
            // A wait for what is never stored is one all the same.
            return new Num(cell.value(), range.isOne() ? new Interval(range.min(), range.max() + 1) : range);
        }
        return reading.plain.load(at, place, isPlain(place), isOrdered(place));
    }

    /** Whether an access is one of what is {@code _Atomic} without a word, which is in sequential order. */
    private boolean isOrdered(CPlace place) {
        return !isMarked && place.type().isAtomic();
    }

    /** A load that is made here. */
    Num loadNow(Token at, CPlace place, boolean plain) {
        Shared.Cell cell = cell(at, place);
        Interval range = values(place, cell);
        Local to = reading.routine().temporary(place.text().replace('.', '_'), range);
        String label = reading.routine().label("load", place.text());
        reading.at(at, () -> record(plain, () -> reading.recorder().load(label, to, cell)));
        Elements.end(place);
        return new Num(to.value(), range);
    }

    private Interval values(CPlace place, Shared.Cell cell) {
        return reading.objects
                .values(place)
                .and(new Interval(cell.var().min(), cell.var().max()));
    }

    /** The memory of a place; after an access to it follows {@link Elements#end}. */
    Shared.Cell cell(Token at, CPlace place) {
        return elements.cell(at, place);
    }

    // ---- stores

    void store(Token at, CPlace whole, CValue value, boolean release) {
        requireNoWait();
        boolean isStruct = whole.type().plain() instanceof StructType;
        CPlace place = isStruct ? whole : reading.unions.spread(at, whole);
        if (place.other().isPresent()) {
            reading.choices.each(at, place, one -> store(at, one, value, release));
            return;
        }
        if (isStruct) {
            reading.copies.struct(at, place, value);
            return;
        }
        Optional<Unions.Slice> slice = reading.unions.slice(at, place);
        if (slice.isPresent()) {
            reading.slices.store(at, slice.get(), value, release);
            return;
        }
        if (reading.objects.isConst(place.object()) || place.object().kind() == CObject.Kind.BYTES) {
            throw at.wrong(place.text() + " is const, and this stores to it", "");
        }
        switch (place.object().kind()) {
            case LOCAL -> locals.store(at, place, value);
            case SHARED, PER_CPU, ON_STACK, ALLOCATED -> storeShared(at, place, value, release);
            case TEXT -> reading.copies.storeText(at, place, number(at, value));
            case REGISTERS -> registers.setSavedAddress(at, pointerNumber(at, value));
            case BYTES -> throw new IllegalStateException("refused above");
        }
    }

    private void storeShared(Token at, CPlace place, CValue value, boolean release) {
        Num number = stored(at, place, isNumber(place.type()) ? number(at, value) : pointerNumber(at, value));
        if (release) {
            reading.plain.barrier(at);
            Shared.Cell cell = cell(at, place);
            String label = reading.routine().label("store", place.text());
            reading.at(at, () -> reading.recorder().storeRelease(label, cell, number.expr()));
            Elements.end(place);
        } else {
            reading.plain.store(at, place, number, isPlain(place));
        }
        reading.memory.stored(place, value instanceof Num ? number : value);
    }

    /** A store that is made here. */
    void storeNow(Token at, CPlace place, Num value, boolean plain) {
        Shared.Cell cell = cell(at, place);
        String label = reading.routine().label("store", place.text());
        reading.at(at, () -> record(plain, () -> reading.recorder().store(label, cell, value.expr())));
        Elements.end(place);
    }

    /** A value that is about to be stored: the place will have it from now on. */
    Num stored(Token at, CPlace place, Num value) {
        Num converted = fitting(at, value, place);
        reading.memory.stores(place);
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
        reading.memory.stores(place);
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

    /** A value for a place, whose type, or range, must hold it: one that may be outside is a {@code bug}. */
    Num fitting(Token at, Num value, CPlace place) {
        Optional<Interval> declared =
                place.object().kind() == CObject.Kind.LOCAL ? reading.objects.declaredRange(place) : Optional.empty();
        return declared.isPresent()
                ? inRange(at, converted(at, value, place.type()), place, declared.get())
                : inType(at, value, place);
    }

    private Num inRange(Token at, Num value, CPlace place, Interval range) {
        if (range.contains(value.range())) {
            return value;
        }
        requireNoWait();
        reading.recorder().bugOn(Elements.outside(at, value, range).expr(), place.text() + " leaves its range");
        if (range.isApart(value.range())) {
            throw new PlaceReader.DeadEnd();
        }
        return new Num(value.expr(), value.range().and(range));
    }

    private Num inType(Token at, Num value, CPlace place) {
        if (place.type().plain() instanceof IntegerType type && !type.isBool() && !value.isKnown()) {
            Interval possible = new Interval(type.min(), type.max());
            if (!possible.contains(value.range()) && !possible.isApart(value.range())) {
                return held(at, value, place, type);
            }
        }
        return converted(at, value, place.type());
    }

    /** A value, some of which a place of a type holds; that it is one of the others is a {@code bug}. */
    Num held(Token at, Num value, CPlace place, IntegerType type) {
        requireNoWait();
        Interval possible =
                new Interval(type.min(), type.max()).and(new Interval(Integer.MIN_VALUE, Integer.MAX_VALUE));
        reading.recorder()
                .bugOn(
                        Elements.outside(at, value, possible).expr(),
                        "a value that " + place.text() + ", which is " + type.text() + ", does not hold");
        return new Num(value.expr(), value.range().and(possible));
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
                !integer.isSigned()
                                && integer.size() >= Integer.BYTES
                                && value.range().min() < 0
                        ? "keep it in a variable of a signed type: unsigned ones have at most 31 bits here"
                        : "");
    }
}
