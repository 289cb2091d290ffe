// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.lower.Unions.Slice;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.PointerType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Loads and stores of a place that is memory of another: a member of a union, as which another is stored, or bytes of a number. All of a cell is one access. So is the load of
 * some of its bytes; a store to some of them alone is possible where only this call sees it.
 */
final class SliceAccess {
    private static final int BITS = 31;

    private final Reading reading;

    SliceAccess(Reading reading) {
        this.reading = reading;
    }

    // ---- loads

    CValue load(Token at, Slice slice) {
        return slice.isWhole()
                ? seen(at, reading.access.load(at, slice.cell()), slice.place())
                : bytes(at, slice, whole(at, slice));
    }

    /** The number of which a slice is some bytes, which have been stored. */
    private Num whole(Token at, Slice slice) {
        requireNumber(at, slice);
        Optional<CValue> partly = local(at, slice)
                .filter(value -> value instanceof CValue.Partly known && (known.missing() & slice.bytes()) == 0);
        return partly.isPresent()
                ? ((CValue.Partly) partly.get()).value()
                : reading.access.number(at, reading.access.load(at, slice.cell()));
    }

    private static void requireNumber(Token at, Slice slice) {
        if (slice.cell().type().plain() instanceof PointerType) {
            throw at.wrong(
                    slice.place().text() + " is a part of the pointer "
                            + slice.cell().text(),
                    "pointers are loaded and stored as a whole");
        }
    }

    private CValue bytes(Token at, Slice slice, Num whole) {
        Num by = Num.of(Math.min(BITS, Byte.SIZE * slice.from()));
        Num shifted = Arithmetic.binary(at, CBinaryOperator.SHIFT_RIGHT, whole, by);
        Num low =
                slice.size() < Integer.BYTES ? Arithmetic.wrapped(at, shifted, integer(slice.size(), false)) : shifted;
        return seen(at, low, slice.place());
    }

    private static IntegerType integer(int size, boolean isSigned) {
        return new IntegerType(size + " bytes", size, isSigned, false);
    }

    /** The bytes from a place on, of which those of one cell are one access. */
    List<Num> bytes(Token at, CPlace first, int length) {
        List<Num> bytes = new ArrayList<>();
        Map<CPlace, Num> loaded = new LinkedHashMap<>();
        for (int n = 0; n < length; n++) {
            reading.spend(at);
            Optional<Slice> slice = byteOf(at, first, n);
            if (slice.isEmpty()) {
                bytes.add(reading.access.number(at, reading.access.load(at, PlaceReader.moved(at, first, Num.of(n)))));
            } else if (slice.get().isWhole()
                    || reading.unions.slice(at, slice.get().cell()).isPresent()) {
                bytes.add(reading.access.number(at, load(at, slice.get())));
            } else {
                Num whole = loaded.get(slice.get().cell());
                if (whole == null) {
                    whole = whole(at, slice.get());
                    loaded.put(slice.get().cell(), whole);
                }
                bytes.add(reading.access.number(at, bytes(at, slice.get(), whole)));
            }
        }
        return bytes;
    }

    /** Whether the bytes from a place on are places of their own. */
    boolean isByByte(Token at, CPlace first, int length) {
        return IntStream.range(0, length).allMatch(n -> byteOf(at, first, n).isEmpty());
    }

    /** A byte that is memory of another place; empty if it is a place of its own. */
    private Optional<Slice> byteOf(Token at, CPlace first, int number) {
        Optional<Slice> inside = reading.unions.byteOf(at, first, number);
        boolean isByte = inside.isEmpty()
                && first.object().kind() != Kind.TEXT
                && first.object().kind() != Kind.BYTES;
        return isByte ? reading.unions.slice(at, PlaceReader.moved(at, first, Num.of(number))) : inside;
    }

    /** A value as a place of another type sees it. */
    private CValue seen(Token at, CValue value, CPlace place) {
        CType type = place.type().plain();
        if (type instanceof PointerType pointer) {
            return value instanceof CValue.Numbered same
                    ? new CValue.Numbered(same.number(), pointer.target())
                    : value instanceof Num number && !number.isFalse()
                            ? new CValue.Numbered(number, pointer.target())
                            : value;
        }
        CValue stored = value instanceof CValue.Numbered pointer ? pointer.number() : value;
        return stored instanceof Num number ? seen(at, number, place) : stored;
    }

    private Num seen(Token at, Num number, CPlace place) {
        if (!(place.type().plain() instanceof IntegerType type)) {
            return number;
        }
        Interval possible = new Interval(type.min(), type.max());
        if (possible.contains(number.range())) {
            return number;
        }
        if (type.size() < Integer.BYTES && !type.isBool()) {
            return Arithmetic.wrapped(at, number, type);
        }
        if (possible.isApart(number.range())) {
            throw at.wrong(
                    "a value from " + number.range().min() + " to "
                            + number.range().max() + " is seen as " + place.text() + ", which is " + type.text(),
                    "values have 32 bits with a sign: read the member that was stored");
        }
        return reading.access.held(at, number, place, type);
    }

    // ---- stores

    /** The memory that a place is, for an operation that loads and stores at once. */
    CPlace cell(Token at, CPlace place) {
        if (place.other().isPresent()) {
            return place;
        }
        Optional<Slice> slice = reading.unions.slice(at, reading.unions.spread(at, place));
        if (slice.isEmpty()) {
            return place;
        }
        CPlace cell = slice.get().cell();
        boolean isSame = slice.get().isWhole()
                && cell.type().plain() instanceof IntegerType one
                && place.type().plain() instanceof IntegerType other
                && one.isSigned() == other.isSigned();
        if (!isSame) {
            throw at.wrong(
                    "a locked operation on " + place.text() + ", which is a part of " + cell.text()
                            + " or has another type",
                    "operate on " + cell.text());
        }
        return cell;
    }

    void store(Token at, Slice slice, CValue value, boolean release) {
        if (slice.isWhole()) {
            CValue fitting = value instanceof Num number ? reading.access.fitting(at, number, slice.place()) : value;
            reading.access.store(at, slice.cell(), seen(at, fitting, slice.cell()), release);
            return;
        }
        requireNumber(at, slice);
        if (slice.cell().object().kind() != Kind.LOCAL) {
            throw at.wrong(
                    slice.place().text() + " is a part of " + slice.cell().text()
                            + ", which others may read, and is stored alone",
                    "store all of " + slice.cell().text() + ", or put it together in a variable of the call");
        }
        Num part = reading.access.fitting(at, reading.access.number(at, value), slice.place());
        Optional<CValue> before = local(at, slice);
        int missing = before.isPresent() && before.get() instanceof CValue.Partly partly
                ? partly.missing()
                : before.filter(CValue.Uninitialised.UNINITIALISED::equals).isPresent()
                        ? (1 << slice.cellSize()) - 1
                        : 0;
        Num whole = missing == 0
                ? reading.access.number(at, reading.access.load(at, slice.cell()))
                : before.get() instanceof CValue.Partly partly ? partly.value() : Num.of(0);
        widen(at, slice.cell());
        reading.access.store(at, slice.cell(), with(at, whole, slice, part), release);
        int still = missing & ~slice.bytes();
        if (still != 0) {
            String slot = LocalAccess.slot(at, slice.cell());
            Num now = (Num) reading.knowledge().of(slot).orElseThrow();
            reading.knowledge().put(slot, new CValue.Partly(now, still));
        }
    }

    /** Memory is put together from bytes, or a copy of such memory: any number of its type is one of its values. */
    void widen(Token at, CPlace cell) {
        if (cell.object().kind() != Kind.LOCAL) {
            reading.ranges.wide(cell.leaf());
        } else if (cell.index().isKnown()) {
            reading.ranges.wide(reading.routine().full(LocalAccess.slot(at, cell)));
        }
    }

    private Optional<CValue> local(Token at, Slice slice) {
        CPlace cell = slice.cell();
        return cell.object().kind() == Kind.LOCAL && cell.index().isKnown()
                ? reading.knowledge().of(LocalAccess.slot(at, cell))
                : Optional.empty();
    }

    /** A number, some bytes of which become others. */
    Num with(Token at, Num whole, Slice slice, Num part) {
        if (slice.isWhole()) {
            return seen(at, part, slice.cell());
        }
        if (slice.from() + slice.size() > Integer.BYTES) {
            if (part.isFalse() && whole.range().min() >= 0) {
                return whole;
            }
            throw at.wrong(
                    "a byte beyond the fourth of " + slice.cell().text() + " is stored, where values have 32 bits",
                    "store the whole");
        }
        boolean isTop = slice.from() + slice.size() == slice.cellSize();
        boolean isSigned = !(slice.cell().type().plain() instanceof IntegerType type) || type.isSigned();
        Num bits = Arithmetic.wrapped(at, part, integer(slice.size(), isTop && isSigned));
        int low = Byte.SIZE * slice.from();
        Num shifted = Arithmetic.binary(at, CBinaryOperator.SHIFT_LEFT, bits, Num.of(low));
        int mask = (int) (((1L << (Byte.SIZE * slice.size())) - 1) << low);
        Num kept = Arithmetic.binary(at, CBinaryOperator.AND, whole, Num.of(isTop ? ~mask & Integer.MAX_VALUE : ~mask));
        Num all = Arithmetic.binary(at, CBinaryOperator.OR, kept, shifted);
        return seen(at, all, slice.cell());
    }

    /** Stores bytes from a place on; those of one cell, if it gets all of them, at once. */
    void storeBytes(Token at, CPlace first, List<Num> bytes) {
        List<Optional<Slice>> slices = new ArrayList<>();
        Map<CPlace, Integer> given = new LinkedHashMap<>();
        for (int n = 0; n < bytes.size(); n++) {
            Optional<Slice> slice = byteOf(at, first, n);
            slices.add(slice);
            slice.ifPresent(part -> given.merge(part.cell(), part.bytes(), (a, b) -> a | b));
        }
        for (int n = 0; n < bytes.size(); n++) {
            reading.spend(at);
            if (slices.get(n).isEmpty()) {
                reading.access.store(at, PlaceReader.moved(at, first, Num.of(n)), bytes.get(n), false);
                continue;
            }
            Slice slice = slices.get(n).get();
            boolean isAll = given.getOrDefault(slice.cell(), 0) == (1 << slice.cellSize()) - 1;
            if (!isAll || slice.isWhole()) {
                store(at, slice, bytes.get(n), false);
            } else if (slice.from() == 0) {
                widen(at, slice.cell());
                reading.access.store(at, slice.cell(), together(at, slices, bytes, slice.cell()), false);
            }
        }
    }

    private Num together(Token at, List<Optional<Slice>> slices, List<Num> bytes, CPlace cell) {
        Num all = Num.of(0);
        for (int n = 0; n < bytes.size(); n++) {
            Slice slice = slices.get(n).filter(part -> part.cell().equals(cell)).orElse(null);
            if (slice != null) {
                requireNumber(at, slice);
                all = with(at, all, slice, bytes.get(n));
            }
        }
        return all;
    }
}
