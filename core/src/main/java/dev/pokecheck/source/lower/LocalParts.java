// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The scalars that an object is made of. */
final class LocalParts {
    private static final Pattern STEP = Pattern.compile("\\[(\\d+)\\]|\\.?([^.\\[]+)");

    private LocalParts() {}

    /** All of them; of a union the memory that the file uses of it. */
    static List<CPlace> of(Token at, CPlace whole, Unions unions) {
        List<CPlace> parts = new ArrayList<>();
        add(at, whole, unions, parts);
        return parts;
    }

    /** A name that no other part of its object has. */
    static String name(CPlace place) {
        return place.leaf() + "[" + place.index().known() + "]";
    }

    private static void add(Token at, CPlace place, Unions unions, List<CPlace> parts) {
        if (Unions.isUnion(place.type())) {
            parts.addAll(unions.cells(at, place));
        } else if (place.type().plain() instanceof StructType struct) {
            for (StructType.Member member : struct.members()) {
                add(
                        at,
                        member.name().isEmpty()
                                ? inside(place, member.type())
                                : place.member(member.name(), member.type()),
                        unions,
                        parts);
            }
        } else if (place.type().plain() instanceof ArrayType array) {
            for (int n = 0; n < array.length(); n++) {
                add(at, element(place, array, n), unions, parts);
            }
        } else {
            parts.add(place);
        }
    }

    private static CPlace inside(CPlace place, CType type) {
        return new CPlace(place.object(), place.path(), place.index(), place.length(), type);
    }

    private static CPlace element(CPlace place, ArrayType array, int number) {
        return new CPlace(
                place.object(),
                place.path(),
                Num.of(place.index().known() * array.length() + number),
                place.length() * array.length(),
                array.element());
    }

    /** The part to which a path of members and elements leads. */
    static CPlace at(CPlace whole, String path) {
        CPlace place = whole;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            if (step.group(1) != null) {
                place = element(place, (ArrayType) place.type().plain(), Integer.parseInt(step.group(1)));
            } else {
                StructType struct = (StructType) place.type().plain();
                place = place.member(
                        step.group(2),
                        struct.member(step.group(2)).orElseThrow().type());
            }
        }
        return place;
    }
}
