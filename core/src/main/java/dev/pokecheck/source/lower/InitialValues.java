// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Initializer.Designator;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.StructType;
import java.util.List;

/** What members an initializer is for (C17, 6.7.9). */
final class InitialValues {
    /** Told of each value, the way to the scalar that it is for, and where it is. */
    @FunctionalInterface
    interface Visitor {
        /**
         * One value.
         *
         * @param path the members, with dots between them, and elements in brackets
         */
        void value(String path, CType type, Initializer.Value value);
    }

    private InitialValues() {}

    /** Visits all values that an initializer gives. */
    static void walk(String path, CType type, Initializer initializer, Visitor visitor) {
        if (initializer instanceof Initializer.Value value) {
            if (!type.isScalar()) {
                throw value.at().wrong("a value in the place of a list in braces", "");
            }
            visitor.value(path, type, value);
            return;
        }
        Initializer.Braces braces = (Initializer.Braces) initializer;
        if (type.plain() instanceof StructType struct) {
            members(path, struct, braces, visitor);
        } else if (type.plain() instanceof ArrayType array) {
            elements(path, array, braces, visitor);
        } else if (braces.items().size() == 1) {
            walk(path, type, braces.items().get(0).value(), visitor);
        } else {
            throw braces.at().wrong("a list in braces for " + type.text(), "");
        }
    }

    private static void members(String path, StructType struct, Initializer.Braces braces, Visitor visitor) {
        int next = 0;
        for (Initializer.Item item : braces.items()) {
            StructType.Member member;
            List<Designator> rest = List.of();
            if (item.designators().isEmpty()) {
                List<StructType.Member> all = struct.members();
                // Of a union a value without a name is for the first member (C17, 6.7.9).
                if (next == all.size() || (struct.isUnion() && next > 0)) {
                    throw item.value().at().wrong(struct.text() + " takes no more than " + next + " values", "");
                }
                member = all.get(next);
                next++;
            } else if (item.designators().get(0) instanceof Designator.Field field) {
                member = struct.member(field.name().text())
                        .orElseThrow(() -> field.name()
                                .wrong(
                                        struct.text() + " has no member "
                                                + field.name().quoted(),
                                        ""));
                next = struct.members().indexOf(member) + 1;
                rest = item.designators().subList(1, item.designators().size());
            } else {
                throw item.value().at().wrong("an element in the place of a member", "");
            }
            inside(join(path, member.name()), member.type(), rest, item, visitor);
        }
    }

    private static String join(String path, String member) {
        return path.isEmpty() || member.isEmpty() ? path + member : path + "." + member;
    }

    private static void elements(String path, ArrayType array, Initializer.Braces braces, Visitor visitor) {
        int next = 0;
        for (Initializer.Item item : braces.items()) {
            int first = next;
            int last = next;
            List<Designator> rest = List.of();
            if (!item.designators().isEmpty()) {
                if (!(item.designators().get(0) instanceof Designator.Element element)) {
                    throw item.value().at().wrong("a member in the place of an element", "");
                }
                first = element.first();
                last = element.last();
                rest = item.designators().subList(1, item.designators().size());
            }
            if (last >= array.length()) {
                throw item.value().at().wrong("there is no element " + last + " of " + array.length(), "");
            }
            for (int n = first; n <= last; n++) {
                inside(path + "[" + n + "]", array.element(), rest, item, visitor);
            }
            next = last + 1;
        }
    }

    private static void inside(String path, CType type, List<Designator> rest, Initializer.Item item, Visitor visitor) {
        Initializer value = rest.isEmpty()
                ? item.value()
                : new Initializer.Braces(item.value().at(), List.of(new Initializer.Item(rest, item.value())));
        walk(path, type, value, visitor);
    }
}
