// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CObject.Kind;
import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.IntegerType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Which memory the members of unions share, and the bytes of structs. What a member is of it, a {@link Slice}, {@link SliceAccess} loads and stores. */
final class Unions {
    /** So many elements of an array that lie differently are told apart. */
    private static final int MOST = 64;

    private final UnionUses uses;
    private final Map<StructType, List<Part>> parts = new LinkedHashMap<>();

    Unions(UnionUses uses) {
        this.uses = uses;
    }

    /**
     * Memory that a place is, or some bytes of it.
     *
     * @param place the place, with the type as which it is seen
     * @param cell the memory
     * @param from the first of its bytes that belong to the place
     */
    record Slice(CPlace place, CPlace cell, int from) {
        int size() {
            return Math.max(1, place.type().size());
        }

        int cellSize() {
            return Math.max(1, cell.type().size());
        }

        boolean isWhole() {
            return size() == cellSize();
        }

        /** A bit for each byte of the cell that belongs to the place. */
        int bytes() {
            return ((1 << size()) - 1) << from;
        }
    }

    /**
     * Where a place lies in a union.
     *
     * @param prefix the members that lead to the union
     * @param path the members that lead on to the place
     */
    private record Within(CObject object, String prefix, StructType union, String path) {}

    // ---- unions on the way to a place

    private static Optional<Within> within(CPlace place) {
        Kind kind = place.object().kind();
        if (place.path().isEmpty() || kind == Kind.TEXT || kind == Kind.BYTES || kind == Kind.REGISTERS) {
            return Optional.empty();
        }
        String[] names = place.path().split("\\.", -1);
        CType type = place.object().type();
        for (int i = 0; i < names.length; i++) {
            StructType struct = struct(type);
            while (!isShared(struct)) {
                StructType.Member member = holder(struct, names[i]);
                type = member.type();
                if (!member.name().isEmpty()) {
                    break;
                }
                struct = struct(type);
            }
            if (isShared(struct)) {
                List<String> all = List.of(names);
                String prefix = String.join(".", all.subList(0, i));
                return Optional.of(
                        new Within(place.object(), prefix, struct, String.join(".", all.subList(i, names.length))));
            }
        }
        return Optional.empty();
    }

    /** Whether members of a type share memory. */
    static boolean isUnion(CType type) {
        return type.plain() instanceof StructType struct && isShared(struct);
    }

    private static boolean isShared(StructType struct) {
        return struct.isUnion() && struct.members().size() > 1;
    }

    private static StructType struct(CType type) {
        CType inner = type.plain();
        while (inner instanceof ArrayType array) {
            inner = array.element().plain();
        }
        return (StructType) inner;
    }

    /** The member itself, or the anonymous one that has it. */
    private static StructType.Member holder(StructType struct, String name) {
        return struct.members().stream()
                .filter(member -> member.name().equals(name)
                        || (member.name().isEmpty()
                                && struct(member.type()).member(name).isPresent()))
                .findFirst()
                .orElseThrow();
    }

    private List<Part> parts(Token at, StructType struct) {
        List<Part> known = parts.get(struct);
        if (known == null) {
            known = Part.of(at, struct);
            parts.put(struct, known);
        }
        return known;
    }

    private UnionCells cells(Token at, Within within) {
        return new UnionCells(parts(at, within.union()), uses.of(within.union()));
    }

    private Part used(Token at, Within within, int element) {
        List<Part> all = parts(at, within.union());
        int number = IntStream.range(0, all.size())
                .filter(n ->
                        all.get(n).path().equals(within.path()) && all.get(n).element() == element)
                .findFirst()
                .orElseThrow();
        uses.use(within.union(), number);
        return all.get(number);
    }

    /** How many elements the arrays from the union to the place have. */
    private int elements(Token at, Within within) {
        return parts(at, within.union()).stream()
                .filter(part -> part.path().equals(within.path()))
                .mapToInt(Part::elements)
                .findFirst()
                .orElse(1);
    }

    // ---- the memory of a place

    /** The same place; if its elements lie differently in a union, one place for each of them. */
    CPlace spread(Token at, CPlace place) {
        if (place.other().isPresent()
                || place.index().isKnown()
                || slices(at, place).isEmpty()) {
            return place;
        }
        List<Slice> slices = slices(at, place);
        if (inOneRow(slices, place.length())) {
            return place;
        }
        Interval index = place.index().range().and(new Interval(0, place.length() - 1L));
        if (index.max() - index.min() >= MOST) {
            throw at.wrong(
                    "one of " + (index.max() - index.min() + 1) + " elements of " + place.text()
                            + ", which share memory with other members of a union",
                    "tell at most " + MOST + " apart");
        }
        return spread(at, place, index.min(), index.max());
    }

    private static CPlace spread(Token at, CPlace place, long first, long last) {
        CPlace one = place.at(Num.of(first));
        if (first == last) {
            return one;
        }
        Num is = Arithmetic.binary(at, CBinaryOperator.EQUAL, place.index(), Num.of(first));
        return one.or(is, spread(at, place, first + 1, last));
    }

    /** What a place is of the memory of a union; empty if it is memory of its own. */
    Optional<Slice> slice(Token at, CPlace place) {
        List<Slice> slices = slices(at, place);
        if (slices.isEmpty() || slices.stream().allMatch(Unions::isItself)) {
            return Optional.empty();
        }
        Slice first = slices.get(0);
        return Optional.of(
                place.index().isKnown() ? first : new Slice(place, first.cell().at(place.index()), 0));
    }

    private static boolean isItself(Slice slice) {
        return slice.cell().path().equals(slice.place().path())
                && slice.cell().index().equals(slice.place().index());
    }

    /** Whether elements are as many cells one after the other, each the element of the same number. */
    private static boolean inOneRow(List<Slice> slices, int length) {
        return slices.stream()
                .allMatch(slice -> slice.isWhole()
                        && slice.cell().path().equals(slices.get(0).cell().path())
                        && slice.cell().length() == length
                        && slice.cell().index().equals(slice.place().index()));
    }

    /** The slices of all elements that a place may be; none if it lies in no union. */
    private List<Slice> slices(Token at, CPlace place) {
        Optional<Within> found = within(place);
        if (found.isEmpty()) {
            return List.of();
        }
        Within within = found.get();
        int elements = elements(at, within);
        if (place.length() > 1) {
            Elements.requireElement(at, place);
        }
        Interval index = place.index().range().and(new Interval(0, place.length() - 1L));
        // Elements of the arrays around the union lie alike, but each is a cell of its own.
        long last = Math.min(index.max(), index.min() + elements - 1);
        List<Slice> slices = new ArrayList<>();
        for (long n = index.min(); n <= last; n++) {
            Part part = used(at, within, (int) (n % elements));
            CPlace union = new CPlace(
                    place.object(), within.prefix(), Num.of(n / elements), place.length() / elements, within.union());
            CPlace one = place.at(Num.of(n));
            slices.add(slice(at, one, union, cells(at, within), part.offset()));
        }
        return slices;
    }

    // ---- bytes of structs

    /** A byte of a struct, a union or a number, and of what lies after it in an array; empty if the places are bytes themselves. */
    Optional<Slice> byteOf(Token at, CPlace place, int number) {
        Kind kind = place.object().kind();
        int size = Math.max(1, place.type().size());
        if (kind == Kind.TEXT
                || kind == Kind.BYTES
                || (size == 1 && place.type().isScalar())) {
            return Optional.empty();
        }
        CPlace whole = PlaceReader.moved(at, place, Num.of(number / size));
        int offset = number % size;
        List<Part> candidates = Part.of(at, place.type()).stream()
                .filter(part -> part.offset() <= offset && offset < part.end())
                .sorted(Comparator.comparingInt(Part::size))
                .toList();
        if (candidates.isEmpty()) {
            throw at.wrong(
                    "byte " + number + " of " + place.text() + " belongs to no member", "make the struct __packed");
        }
        for (Part part : candidates) {
            Optional<Slice> slice = byteIn(at, whole, part, offset, false);
            if (slice.isPresent()) {
                return slice;
            }
        }
        return byteIn(at, whole, candidates.get(0), offset, true);
    }

    private Optional<Slice> byteIn(Token at, CPlace whole, Part part, int offset, boolean use) {
        CPlace scalar = part.in(at, whole);
        CPlace seen = scalar.as(IntegerType.UNSIGNED_CHAR);
        Optional<Within> found = within(scalar);
        if (found.isEmpty()) {
            return Optional.of(new Slice(seen, scalar, offset - part.offset()));
        }
        Within within = found.get();
        int elements = elements(at, within);
        Part inUnion = parts(at, within.union()).stream()
                .filter(p -> p.path().equals(within.path()) && p.element() == part.element() % elements)
                .findFirst()
                .orElseThrow();
        if (use) {
            used(at, within, inUnion.element());
        }
        UnionCells cells = cells(at, within);
        int from = inUnion.offset() + offset - part.offset();
        if (cells.cell(from, 1).isEmpty()) {
            return Optional.empty();
        }
        Num outer = Arithmetic.binary(
                at,
                CBinaryOperator.PLUS,
                Arithmetic.binary(at, CBinaryOperator.TIMES, whole.index(), Num.of(part.elements() / elements)),
                Num.of(part.element() / elements));
        CPlace union = new CPlace(scalar.object(), within.prefix(), outer, scalar.length() / elements, within.union());
        return Optional.of(slice(at, seen, union, cells, from));
    }

    // ---- all of a union

    /** The memory of a union, as far as the file uses it. */
    List<CPlace> cells(Token at, CPlace union) {
        Part first = parts(at, (StructType) union.type().plain()).get(0);
        Within within = within(first.in(at, union)).orElseThrow();
        if (!within.prefix().equals(union.path())
                || !within.union().equals(union.type().plain())) {
            throw at.wrong("a union that lies in a union is copied, or set, as a whole", "copy, or set, its members");
        }
        return cells(at, within).cells().stream()
                .map(cell -> cell.in(at, union))
                .toList();
    }

    private static Slice slice(Token at, CPlace seen, CPlace union, UnionCells cells, int offset) {
        Part cell = cells.cell(offset, Math.max(1, seen.type().size()))
                .orElseThrow(() -> at.wrong(
                        seen.text() + " shares some bytes with another member of "
                                + union.type().text() + ", and neither lies in the other",
                        "use members of one size and place, or bytes of one"));
        return new Slice(seen, cell.in(at, union), offset - cell.offset());
    }
}
