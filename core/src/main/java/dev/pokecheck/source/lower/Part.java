// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.CBinaryOperator;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.PointerType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.List;

/**
 * A scalar in a struct, union or array: where it lies there.
 *
 * @param path the members that lead to it, with dots between them
 * @param element which of the elements of all arrays on the way, counted through
 * @param elements how many such elements there are
 * @param offset where it begins, in bytes
 * @param type its type
 */
record Part(String path, int element, int elements, int offset, CType type) {
    /** No type of a protocol should have more bytes where they are told apart. */
    private static final int LARGEST = 1 << 16;

    /** Its size in bytes. */
    int size() {
        return Math.max(1, type.size());
    }

    /** The first byte after it. */
    int end() {
        return offset + size();
    }

    boolean isPointer() {
        return type.plain() instanceof PointerType;
    }

    /** All scalars of a type, those of all members of a union among them. */
    static List<Part> of(Token at, CType type) {
        if (type.size() > LARGEST) {
            throw at.wrong(
                    "the bytes of " + type.text() + " are told apart, which has " + type.size(),
                    "make its arrays smaller: up to " + LARGEST + " are possible");
        }
        List<Part> parts = new ArrayList<>();
        new Part("", 0, 1, 0, type).addTo(parts);
        return List.copyOf(parts);
    }

    private void addTo(List<Part> parts) {
        if (type.plain() instanceof StructType struct) {
            for (StructType.Member member : struct.members()) {
                String to =
                        path.isEmpty() || member.name().isEmpty() ? path + member.name() : path + "." + member.name();
                new Part(to, element, elements, offset + member.offset(), member.type()).addTo(parts);
            }
        } else if (type.plain() instanceof ArrayType array) {
            for (int n = 0; n < array.length() && array.element().size() > 0; n++) {
                int from = offset + n * array.element().size();
                new Part(path, element * array.length() + n, elements * array.length(), from, array.element())
                        .addTo(parts);
            }
        } else {
            parts.add(this);
        }
    }

    /** This scalar of one place. */
    CPlace in(Token at, CPlace whole) {
        Num before = Arithmetic.binary(at, CBinaryOperator.TIMES, whole.index(), Num.of(elements));
        String to = whole.path().isEmpty() || path.isEmpty() ? whole.path() + path : whole.path() + "." + path;
        Num index = Arithmetic.binary(at, CBinaryOperator.PLUS, before, Num.of(element));
        return new CPlace(whole.object(), to, index, whole.length() * elements, type);
    }
}
