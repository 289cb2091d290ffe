// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.StructType;
import java.util.List;
import java.util.Optional;

/** The word that gets from a pointer to a member, by name, to the struct that has it: {@code container_of}. */
final class ContainerWord {
    private final Reading reading;

    ContainerWord(Reading reading) {
        this.reading = reading;
    }

    /**
     * The struct, or whichever of several.
     *
     * @param arguments the struct's type; the member of any such struct; the pointer
     */
    CValue of(Token at, List<CExpr> arguments) {
        CType struct =
                arguments.get(0) instanceof CExpr.TypeArgument type ? type.type() : reading.types.of(arguments.get(0));
        if (reading.types.of(arguments.get(1)).plain() instanceof ArrayType) {
            throw arguments.get(1).at().wrong("a member that is an array", "name a member beside it");
        }
        String member = path(arguments.get(1));
        CPlace part = reading.places.target(at, reading.expressions.value(arguments.get(2)));
        return new CValue.ToObject(part.map(one -> container(one, member, struct)
                .orElseThrow(() -> at.wrong(
                        "this pointer leads to " + one.text() + ", which is no member " + member + " of "
                                + struct.text(),
                        "name the member whose address it was"))));
    }

    private static String path(CExpr member) {
        if (member instanceof CExpr.Index element) {
            throw element.at().wrong("an element of a member that is an array", "name a member beside it");
        }
        if (!(member instanceof CExpr.Select select)) {
            throw member.at().wrong("this is no member", "write its name, with dots between those of members in it");
        }
        String name = select.name().text();
        return select.throughPointer() ? name : path(select.base()) + "." + name;
    }

    private static Optional<CPlace> container(CPlace part, String member, CType struct) {
        String path = part.path();
        int rest = path.length() - member.length();
        if (!path.endsWith(member) || (rest > 0 && path.charAt(rest - 1) != '.')) {
            return Optional.empty();
        }
        String outer = rest == 0 ? "" : path.substring(0, rest - 1);
        return type(part.object().type(), outer)
                .filter(type -> type.plain().equals(struct.plain()))
                .map(type -> new CPlace(part.object(), outer, part.index(), part.length(), type));
    }

    /** What a path of members leads to, or an element of it. */
    private static Optional<CType> type(CType whole, String path) {
        CType type = whole;
        while (type.plain() instanceof ArrayType array) {
            type = array.element();
        }
        if (path.isEmpty()) {
            return Optional.of(type);
        }
        int end = path.indexOf('.');
        String rest = end < 0 ? "" : path.substring(end + 1);
        return type.plain() instanceof StructType struct
                ? struct.member(end < 0 ? path : path.substring(0, end)).flatMap(member -> type(member.type(), rest))
                : Optional.empty();
    }
}
