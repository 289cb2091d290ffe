// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Initializer.Designator;
import dev.pokecheck.source.type.ArrayType;
import dev.pokecheck.source.type.CType;
import dev.pokecheck.source.type.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

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

    /** The number that a value in an initializer is. */
    @FunctionalInterface
    interface Evaluator {
        /** The number of a value for a scalar of a type. */
        long of(CType type, CExpr value);
    }

    /**
     * The values of an object that lives for ever, by the name of the variable that they are elements of and their numbers in it. What is not there is 0.
     *
     * @param whole the object; of one that each CPU has, that of CPU 0
     */
    static Map<String, SortedMap<Integer, Integer>> of(
            CPlace whole, Optional<Initializer> initializer, Evaluator evaluator) {
        Map<String, SortedMap<Integer, Integer>> values = new TreeMap<>();
        initializer.ifPresent(given -> walk("", whole.type(), given, (path, type, value) -> {
            long number = evaluator.of(type, value.value());
            if (number != (int) number) {
                throw value.at().wrong("the number " + number + ", where values have 32 bits", "");
            }
            CPlace place = LocalParts.at(whole, path);
            values.computeIfAbsent(place.leaf(), leaf -> new TreeMap<>())
                    .put((int) place.index().known(), (int) number);
        }));
        return values;
    }

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
                if (next == all.size()) {
                    throw item.value().at().wrong(struct.text() + " has no more than " + next + " members", "");
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
