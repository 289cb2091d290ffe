// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Copies of more than a number: structs, and bytes by {@code memcpy} and its kind. */
final class Copies {
    /** So many bytes are copied one by one. */
    private static final int MOST = 64;

    private final Reading reading;

    Copies(Reading reading) {
        this.reading = reading;
    }

    // ---- structs

    /** Copies a struct member by member. */
    void struct(Token at, CPlace to, CValue from) {
        if (!(from instanceof CValue.ToObject source)
                || !source.place().type().plain().equals(to.type().plain())) {
            throw at.wrong("this is no " + to.type().text(), "");
        }
        members(at, fixed(to, to), fixed(source.place(), to));
    }

    /** A place that stays where it is while what lies at another is stored, part by part: what says which element it is may be one of these parts. */
    private CPlace fixed(CPlace place, CPlace changed) {
        CPlace first = place.first().at(fixed(place.index(), changed));
        return place.other()
                .map(other -> first.or(fixed(other.isFirst(), changed), fixed(other.place(), changed)))
                .orElse(first);
    }

    private Num fixed(Num number, CPlace changed) {
        return reading.routine().isSaidBy(changed, number) ? reading.expressions.kept(number) : number;
    }

    private void members(Token at, CPlace to, CPlace from) {
        if (Unions.isUnion(to.type())) {
            List<CPlace> targets = reading.unions.cells(at, to);
            List<CPlace> sources = reading.unions.cells(at, from);
            for (int n = 0; n < targets.size(); n++) {
                cell(at, targets.get(n), sources.get(n));
            }
        } else if (to.type().plain() instanceof StructType struct) {
            for (StructType.Member member : struct.members()) {
                boolean named = !member.name().isEmpty();
                members(
                        at,
                        named ? to.member(member.name(), member.type()) : to.as(member.type()),
                        named ? from.member(member.name(), member.type()) : from.as(member.type()));
            }
        } else if (to.type().plain() instanceof ArrayType array) {
            CPlace target = Access.decayed(at, to);
            CPlace source = Access.decayed(at, from);
            for (int n = 0; n < array.length(); n++) {
                reading.spend(at);
                members(at, PlaceReader.moved(at, target, Num.of(n)), PlaceReader.moved(at, source, Num.of(n)));
            }
        } else if (to.object().kind() == CObject.Kind.LOCAL) {
            part(at, to, from);
        } else {
            reading.access.store(at, to, reading.access.load(at, from), false);
        }
    }

    /** Copies memory of a union, as far as it has a value: not all of its members need to have one. */
    private void cell(Token at, CPlace to, CPlace from) {
        reading.slices.widen(at, to);
        part(at, to, from);
    }

    private void part(Token at, CPlace to, CPlace from) {
        Optional<CValue> known =
                from.object().kind() == CObject.Kind.LOCAL && from.index().isKnown()
                        ? reading.knowledge().of(LocalAccess.slot(at, from))
                        : Optional.empty();
        boolean isLocal = to.object().kind() == CObject.Kind.LOCAL && to.index().isKnown();
        if (known.isEmpty()
                || (known.get() != CValue.Uninitialised.UNINITIALISED && !(known.get() instanceof CValue.Partly))) {
            reading.access.store(at, to, reading.access.load(at, from), false);
            return;
        }
        if (known.get() instanceof CValue.Partly partly) {
            reading.access.store(at, to, partly.value(), false);
        }
        if (isLocal) {
            String slot = LocalAccess.slot(at, to);
            reading.knowledge()
                    .put(
                            slot,
                            known.get() instanceof CValue.Partly partly
                                    ? new CValue.Partly(
                                            (Num) reading.knowledge().of(slot).orElseThrow(), partly.missing())
                                    : known.get());
        }
    }

    // ---- bytes

    /** A store of a number to code, which one instruction makes. */
    void storeText(Token at, CPlace place, Num value) {
        int length = Math.max(1, place.type().size());
        if (length > Integer.BYTES) {
            throw at.wrong(
                    "a store of a number of " + length + " bytes to code, where values have 32 bits",
                    "poke_store(address, bytes, " + length + ") stores bytes at once");
        }
        List<Num> bytes = new ArrayList<>();
        for (int i = 0; i < length; i++) {
            Num shifted = Arithmetic.binary(at, CBinaryOperator.SHIFT_RIGHT, value, Num.of(8L * i));
            bytes.add(Arithmetic.binary(at, CBinaryOperator.AND, shifted, Num.of(0xff)));
        }
        reading.text.store(at, place.index(), bytes, new TextAccess.Way(true, TextAccess.Reach.BY_INSTRUCTION));
    }

    /** What memcpy() and its kind do: as many bytes as are known when the protocol runs. */
    void copy(Token at, CValue to, CValue from, Num length, TextAccess.Way way) {
        List<Long> lengths = length.range().few().stream().filter(n -> n > 0).toList();
        if (length.range().few().isEmpty() || lengths.stream().anyMatch(n -> n > MOST)) {
            throw at.wrong(
                    "how many bytes these are is not known, or more than " + MOST,
                    "copy in parts, or hand over a length that has a bound");
        }
        oneOf(at, to, from, length, lengths, way);
    }

    /** Copies as many bytes as are meant, if any. */
    private void oneOf(Token at, CValue to, CValue from, Num length, List<Long> lengths, TextAccess.Way way) {
        if (lengths.isEmpty()) {
            return;
        }
        Num first = Num.of(lengths.get(0));
        Runnable copy = () -> copyKnown(at, to, from, (int) first.known(), length.isKnown(), way);
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, length, first);
        reading.choices.when(at, is, copy, () -> oneOf(at, to, from, length, lengths.subList(1, lengths.size()), way));
    }

    /** @param isOnly whether it is always so many bytes, and not one of several numbers of them */
    private void copyKnown(Token at, CValue to, CValue from, int length, boolean isOnly, TextAccess.Way way) {
        reading.choices.each(at, place(at, to), target -> {
            CPlace sources = place(at, from);
            boolean isCertain = isOnly && sources.other().isEmpty();
            reading.choices.each(at, sources, source -> {
                if (target.type().plain() instanceof StructType
                        && length == target.type().size()) {
                    reading.access.store(at, target, new CValue.ToObject(source), false);
                } else if (target.object().kind() == CObject.Kind.TEXT) {
                    toText(at, target, source, length, isCertain, way);
                } else {
                    bytes(at, target, source, length);
                }
            });
        });
    }

    private void bytes(Token at, CPlace to, CPlace from, int length) {
        CPlace target = fixed(to, to);
        CPlace source = fixed(from, to);
        if (!reading.slices.isByByte(at, target, length) || !reading.slices.isByByte(at, source, length)) {
            reading.slices.storeBytes(at, target, reading.slices.bytes(at, source, length));
            return;
        }
        boolean isUpwards = isUpwards(source, target);
        for (int n = 0; n < length; n++) {
            int i = isUpwards ? length - 1 - n : n;
            reading.spend(at);
            reading.access.store(at, PlaceReader.moved(at, target, Num.of(i)), get(at, source, i), false);
        }
    }

    /** Whether bytes move up within an array, so that the last of them is to be copied first, as memmove() does. */
    private static boolean isUpwards(CPlace source, CPlace target) {
        return source.leaf().equals(target.leaf())
                && source.index().range().max() < target.index().range().min();
    }

    private CPlace place(Token at, CValue pointer) {
        return Access.decayed(at, reading.places.target(at, pointer));
    }

    private Num get(Token at, CPlace source, int number) {
        return reading.access.number(
                at, reading.access.load(at, PlaceReader.moved(at, asBytes(source), Num.of(number))));
    }

    private static CPlace asBytes(CPlace source) {
        return source.object().kind() == CObject.Kind.TEXT || source.object().kind() == CObject.Kind.BYTES
                ? source.as(IntegerType.UNSIGNED_CHAR)
                : source;
    }

    private List<Num> bytes(Token at, CPlace source, int length) {
        return reading.slices.bytes(at, asBytes(source), length);
    }

    /** @param isCertain whether these are always the bytes; else a run that comes here with too few of them is a bug, and those that cannot come here are none */
    private void toText(Token at, CPlace target, CPlace source, int length, boolean isCertain, TextAccess.Way way) {
        Num address = target.index();
        if (source.object().kind() == CObject.Kind.BYTES && source.index().isKnown()) {
            VersionBytes.Version version = reading.versions.version(source.object());
            int from = (int) source.index().known();
            if (from < 0 || from + length > version.site().length()) {
                String what = "this reads beyond the bytes of " + source.text();
                if (isCertain) {
                    throw at.wrong(what, "");
                }
                reading.recorder().bugOn(Expr.of(1), what);
                reading.knowledge().die();
                return;
            }
            reading.text.store(at, address, version, from, length, way);
            return;
        }
        reading.text.store(at, address, bytes(at, source, length), way);
    }

    /** What memset() does. */
    void set(Token at, CValue to, Num value, Num length, TextAccess.Way way) {
        CPlace place = place(at, to);
        if (!length.isKnown() || length.known() > Math.max(MOST, place.type().size())) {
            throw at.wrong("how many bytes these are is not known, or more than " + MOST, "");
        }
        reading.choices.each(at, place, one -> {
            CPlace target = fixed(one, one);
            if (target.object().kind() == CObject.Kind.TEXT) {
                List<Num> bytes = Collections.nCopies((int) length.known(), value);
                reading.text.store(at, target.index(), bytes, way);
            } else if (target.type().size() != 1 && value.isFalse()) {
                zero(at, target, (int) length.known());
            } else {
                reading.slices.storeBytes(at, target, Collections.nCopies((int) length.known(), value));
            }
        });
    }

    private void zero(Token at, CPlace place, int length) {
        int size = Math.max(1, place.type().size());
        if (length % size != 0) {
            throw at.wrong("a part of " + place.text() + " is set to 0", "set members, or the whole");
        }
        for (int n = 0; n < length / size; n++) {
            zero(at, PlaceReader.moved(at, place, Num.of(n)));
        }
    }

    private void zero(Token at, CPlace place) {
        reading.spend(at);
        if (Unions.isUnion(place.type())) {
            reading.unions.cells(at, place).forEach(cell -> zero(at, cell));
        } else if (place.type().plain() instanceof StructType struct) {
            for (StructType.Member member : struct.members()) {
                zero(
                        at,
                        member.name().isEmpty() ? place.as(member.type()) : place.member(member.name(), member.type()));
            }
        } else if (place.type().plain() instanceof ArrayType array) {
            for (int n = 0; n < array.length(); n++) {
                zero(at, PlaceReader.moved(at, Access.decayed(at, place), Num.of(n)));
            }
        } else {
            reading.access.store(at, place, Num.of(0), false);
        }
    }

    /** What memcmp() says: 0 where the bytes are equal, else 1. */
    Num compare(Token at, CValue one, CValue other, Num length) {
        if (!length.isKnown() || length.known() > MOST || length.known() < 0) {
            throw at.wrong("how many bytes these are is not known, or more than " + MOST, "");
        }
        int count = (int) length.known();
        CPlace left = place(at, one);
        CPlace right = place(at, other);
        boolean swap = right.object().kind() == CObject.Kind.TEXT;
        return Arithmetic.not(reading.choices.number(
                at,
                swap ? right : left,
                a -> reading.choices.number(at, swap ? left : right, b -> equal(at, a, b, count))));
    }

    private Num equal(Token at, CPlace one, CPlace other, int count) {
        List<Num> bytes = bytes(at, other, count);
        if (one.object().kind() == CObject.Kind.TEXT && bytes.stream().allMatch(Num::isKnown)) {
            return reading.text.equals(at, one.index(), known(bytes));
        }
        List<Num> expected = bytes(at, one, count);
        Num all = Num.of(1);
        for (int i = 0; i < count; i++) {
            Num same = Arithmetic.binary(at, CBinaryOperator.EQUAL, expected.get(i), bytes.get(i));
            all = Arithmetic.binary(at, CBinaryOperator.AND, all, same);
        }
        return all;
    }

    private static byte[] known(List<Num> bytes) {
        byte[] data = new byte[bytes.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes.get(i).known();
        }
        return data;
    }

    /** Bytes that are known when the file is read. */
    byte[] known(Token at, CValue from, int length) {
        List<Num> bytes = bytes(at, place(at, from), length);
        if (!bytes.stream().allMatch(Num::isKnown)) {
            throw at.wrong(
                    "these bytes are not known when the file is read", "POKE_BYTES(s, version) are those of a version");
        }
        return known(bytes);
    }
}
