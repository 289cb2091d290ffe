// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.protocol.Expr;
import dev.pokecheck.protocol.Local;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.lower.Spots.Spot;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.text.Site;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** Code as data: stores to it, and loads from it. */
final class TextAccess {
    /** What lies in one such word is loaded at once. */
    private static final int WORD = 8;

    private final Reading reading;
    private final Spots spots;

    /**
     * How a store is made.
     *
     * @param inPlace whether through the mapping that is executed, and not through an alias
     * @param reach in how many parts it may reach memory
     */
    record Way(boolean inPlace, Reach reach) {}

    /** In how many parts a store reaches memory. */
    enum Reach {
        /** As memcpy() may do it. */
        IN_PIECES,
        /** By one instruction: at once inside an aligned word, in pieces across two. */
        BY_INSTRUCTION,
        /** At once, says the file. What no instruction is sure to store so is refused. */
        AT_ONCE
    }

    TextAccess(Reading reading) {
        this.reading = reading;
        spots = new Spots(reading);
    }

    // ---- stores

    /** Stores bytes that are numbers, from an address on. */
    void store(Token at, Num address, List<Num> bytes, Way way) {
        spots.each(at, address, bytes.size(), spot -> {
            if (bytes.stream().allMatch(Num::isKnown)) {
                record(at, spot, reading.versions.toStore(spot.site(), spot.offset(), known(bytes)), way);
            } else {
                ofVersion(at, spot, bytes, 0, way);
            }
        });
    }

    /** Stores bytes of a version, from an address on. */
    void store(Token at, Num address, VersionBytes.Version version, int from, int length, Way way) {
        byte[] data = Arrays.copyOfRange(version.site().bytes(version.number()), from, from + length);
        spots.each(at, address, length, spot -> record(at, spot, data, way));
    }

    private static byte[] known(List<Num> bytes) {
        byte[] data = new byte[bytes.size()];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) bytes.get(i).known();
        }
        return data;
    }

    /** The bytes must be those of a version, this one or a later one. */
    private void ofVersion(Token at, Spot spot, List<Num> bytes, int version, Way way) {
        if (version == spot.site().versions()) {
            reading.recorder()
                    .bugOn(Expr.of(1), "bytes that no version of " + spot.site().name() + " has here");
            reading.knowledge().die();
            return;
        }
        int end = spot.offset() + bytes.size();
        byte[] read = Arrays.copyOfRange(reading.versions.asRead(spot.site(), version), spot.offset(), end);
        boolean again = false;
        for (int earlier = 0; earlier < version; earlier++) {
            byte[] before = reading.versions.asRead(spot.site(), earlier);
            again |= Arrays.equals(before, spot.offset(), end, read, 0, read.length);
        }
        Num are = again ? Num.of(0) : equal(at, bytes, read);
        byte[] data = Arrays.copyOfRange(spot.site().bytes(version), spot.offset(), end);
        reading.choices.when(
                at, are, () -> record(at, spot, data, way), () -> ofVersion(at, spot, bytes, version + 1, way));
    }

    private static Num equal(Token at, List<Num> bytes, byte... expected) {
        Num all = Num.of(1);
        for (int i = 0; i < expected.length; i++) {
            Num low = Arithmetic.binary(at, CBinaryOperator.AND, bytes.get(i), Num.of(0xff));
            Num one = Arithmetic.binary(at, CBinaryOperator.EQUAL, low, Num.of(expected[i] & 0xff));
            all = Arithmetic.binary(at, CBinaryOperator.AND, all, one);
        }
        return all;
    }

    private void record(Token at, Spot spot, byte[] data, Way way) {
        boolean atOnce = way.reach() != Reach.IN_PIECES && isInWord(spot, data.length);
        if (way.reach() == Reach.AT_ONCE && !atOnce) {
            throw at.wrong(
                    "no x86 store is sure to write these " + data.length + " bytes of "
                            + spot.site().name() + "+" + spot.offset()
                            + " at once: they do not lie in one aligned word of "
                            + widest(),
                    "text_poke() writes in pieces; or store them in parts, in an order");
        }
        reading.code.stored(spot.site(), spot.offset(), data);
        String label = reading.routine().siteLabel("poke", spot.site());
        Runnable store = () -> {
            if (atOnce) {
                reading.recorder().textStore(label, spot.site(), spot.offset(), data);
            } else {
                reading.recorder().textPoke(label, spot.site(), spot.offset(), data);
            }
        };
        if (way.inPlace()) {
            reading.recorder().inPlace(store);
        } else {
            store.run();
        }
    }

    private boolean isInWord(Spot spot, int length) {
        return Math.floorMod(spot.site().address() + spot.offset(), (long) widest()) + length <= widest();
    }

    /** The bytes of the widest aligned word that is stored at once. */
    private int widest() {
        return reading.setting.widestStore();
    }

    // ---- loads

    /** Loads a number. */
    Num load(Token at, Num address, CType type) {
        int length = Math.max(1, type.plain().size());
        if (length > Integer.BYTES) {
            throw at.wrong(
                    "a load of " + length + " bytes of code, where values have 32 bits",
                    "compare with memcmp(), or load parts");
        }
        boolean signed = type.plain() instanceof IntegerType integer && integer.isSigned();
        List<Spot> possible = spots.all(address, length);
        if (address.isKnown() && possible.size() == 1) {
            return load(at, possible.get(0), length, signed);
        }
        Interval range = possible.stream()
                .flatMap(spot -> reading.code.values(spot.site(), spot.offset(), length).stream()
                        .map(value -> Interval.of(asRead(spot, value, signed))))
                .reduce(Interval::with)
                .orElseThrow(() -> at.wrong("this is the address of no site", "POKE_ADDR(s) is that of site s"));
        Local to = reading.routine().temporary("code", range);
        spots.each(
                at,
                address,
                length,
                spot -> reading.recorder()
                        .assign(to, load(at, spot, length, signed).expr()));
        return new Num(to.value(), range);
    }

    private Num load(Token at, Spot spot, int length, boolean signed) {
        List<byte[]> values = reading.code.values(spot.site(), spot.offset(), length);
        if (values.isEmpty()) {
            throw at.wrong("these bytes of code may have too many values", "load them one after the other");
        }
        refuseAmbiguous(at, spot, values);
        Local which = reading.routine().temporary("which", new Interval(-1, values.size() - 1L));
        reading.recorder()
                .loadText(
                        reading.routine().label("load", spot.text()),
                        which,
                        spot.site(),
                        spot.offset(),
                        values.toArray(new byte[0][]));
        List<Num> numbers = values.stream()
                .map(value -> Num.of(asRead(spot, value, signed)))
                .toList();
        return Arithmetic.element(new Num(which.value(), new Interval(0, values.size() - 1L)), numbers);
    }

    private void refuseAmbiguous(Token at, Spot spot, List<byte[]> values) {
        for (byte[] value : values) {
            if (reading.versions.isAmbiguous(spot.site(), spot.offset(), value)) {
                throw at.wrong(
                        "two versions of " + spot.site().name() + " have the same bytes at offset " + spot.offset()
                                + " ("
                                + HexFormat.ofDelimiter(" ").formatHex(value)
                                + "), but displacements to different targets",
                        "compare the whole instruction where it is, by memcmp(); or give targets that differ in that byte");
            }
        }
    }

    /** Bytes of code as a number that a file reads, the first being the lowest. */
    private long asRead(Spot spot, byte[] code, boolean signed) {
        byte[] read = reading.versions.read(spot.site(), spot.offset(), code);
        long number = 0;
        for (int i = read.length - 1; i >= 0; i--) {
            number = (number << 8) | (read[i] & 0xff);
        }
        int unused = Long.SIZE - 8 * read.length;
        long value = signed ? number << unused >> unused : number;
        // Values have 32 bits; a number of 32 bits without a sign keeps them.
        return (int) value;
    }

    /** Whether bytes from an address on are some that are known, loaded word by word: 1 or 0. */
    Num equals(Token at, Num address, byte... expected) {
        Local equal = reading.routine().temporary("equal", Interval.TRUTH);
        spots.each(at, address, expected.length, spot -> {
            Num all = Num.of(1);
            int from = 0;
            while (from < expected.length) {
                long phase = Math.floorMod(spot.site().address() + spot.offset() + from, (long) WORD);
                int to = (int) Math.min(expected.length, from + WORD - phase);
                Num part = equalPart(spot, from, Arrays.copyOfRange(expected, from, to));
                all = Arithmetic.binary(at, CBinaryOperator.AND, all, part);
                from = to;
            }
            reading.recorder().assign(equal, all.expr());
        });
        return new Num(equal.value(), Interval.TRUTH);
    }

    private Num equalPart(Spot spot, int from, byte... expected) {
        Site site = spot.site();
        int offset = spot.offset() + from;
        Local which = reading.routine().temporary("which", new Interval(-1, 0));
        reading.recorder()
                .loadText(
                        reading.routine().label("load", new Spot(site, offset, 0).text()),
                        which,
                        site,
                        offset,
                        reading.versions.toStore(site, offset, expected));
        return new Num(which.value().eq(0), Interval.TRUTH);
    }

    // ---- locked

    /** A locked compare-and-exchange of bytes that are known; 1 if it wrote. */
    Num exchange(Token at, Num address, byte[] expected, byte... desired) {
        Local success = reading.routine().temporary("done", Interval.TRUTH);
        spots.each(at, address, desired.length, spot -> {
            if (!isInWord(spot, desired.length)) {
                throw at.wrong(
                        "a locked operation on bytes that cross an aligned word", "align the site: site0=…@offset");
            }
            byte[] data = reading.versions.toStore(spot.site(), spot.offset(), desired);
            reading.code.stored(spot.site(), spot.offset(), data);
            reading.recorder()
                    .compareExchangeText(
                            reading.routine().label("cmpxchg", spot.text()),
                            spot.site(),
                            spot.offset(),
                            reading.versions.toStore(spot.site(), spot.offset(), expected),
                            data,
                            success);
        });
        return new Num(success.value(), Interval.TRUTH);
    }
}
