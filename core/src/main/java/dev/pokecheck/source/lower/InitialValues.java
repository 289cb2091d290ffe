// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.syntax.CExpr;
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

    private final List<Initializer.Item> items;
    private final ExpressionTypes types;
    private final Visitor visitor;
    private int next;

    private InitialValues(Initializer.Braces braces, ExpressionTypes types, Visitor visitor) {
        items = braces.items();
        this.types = types;
        this.visitor = visitor;
    }

    /** Visits all values that an initializer gives. */
    static void walk(String path, CType type, Initializer initializer, ExpressionTypes types, Visitor visitor) {
        if (initializer instanceof Initializer.Value value) {
            if (!type.isScalar()) {
                throw value.at().wrong("a value in the place of a list in braces", "");
            }
            visitor.value(path, type, value);
            return;
        }
        Initializer.Braces braces = (Initializer.Braces) initializer;
        if (!type.isScalar()) {
            new InitialValues(braces, types, visitor).aggregate(path, type, false);
        } else if (braces.items().size() == 1) {
            walk(path, type, braces.items().get(0).value(), types, visitor);
        } else {
            throw braces.at().wrong("a list in braces for " + type.text(), "");
        }
    }

    /**
     * What the next items are for.
     *
     * @param isElided whether the braces around them are left out: then the first is for the first member whatever its designators have led to, and the items end
     *     with the members (C17, 6.7.9, 20)
     */
    private void aggregate(String path, CType type, boolean isElided) {
        if (type.plain() instanceof StructType struct) {
            members(path, struct, isElided);
        } else if (type.plain() instanceof ArrayType array) {
            elements(path, array, isElided);
        } else {
            throw items.get(next).value().at().wrong("a list of values for " + type.text(), "");
        }
    }

    private void members(String path, StructType struct, boolean isElided) {
        List<StructType.Member> all = struct.members();
        int number = 0;
        for (boolean inside = isElided; next < items.size(); inside = false) {
            Initializer.Item item = items.get(next);
            List<Designator> designators = inside ? List.of() : item.designators();
            // Of a union a value without a name is for the first member (C17, 6.7.9).
            boolean isFull = number == all.size() || (struct.isUnion() && number > 0);
            if (isElided && (isFull || !designators.isEmpty())) {
                return;
            }
            StructType.Member member;
            List<Designator> rest = List.of();
            if (designators.isEmpty()) {
                if (isFull) {
                    throw item.value().at().wrong(struct.text() + " takes no more than " + number + " values", "");
                }
                member = all.get(number);
            } else if (designators.get(0) instanceof Designator.Field field) {
                member = struct.member(field.name().text())
                        .orElseThrow(() -> field.name()
                                .wrong(
                                        struct.text() + " has no member "
                                                + field.name().quoted(),
                                        ""));
                rest = designators.subList(1, designators.size());
            } else {
                throw item.value().at().wrong("an element in the place of a member", "");
            }
            number = all.indexOf(member) + 1;
            put(join(path, member.name()), member.type(), rest);
        }
    }

    private static String join(String path, String member) {
        return path.isEmpty() || member.isEmpty() ? path + member : path + "." + member;
    }

    private void elements(String path, ArrayType array, boolean isElided) {
        int number = 0;
        for (boolean inside = isElided; next < items.size(); inside = false) {
            Initializer.Item item = items.get(next);
            List<Designator> designators = inside ? List.of() : item.designators();
            if (isElided && (number == array.length() || !designators.isEmpty())) {
                return;
            }
            int first = number;
            int last = number;
            List<Designator> rest = List.of();
            if (!designators.isEmpty()) {
                if (!(designators.get(0) instanceof Designator.Element element)) {
                    throw item.value().at().wrong("a member in the place of an element", "");
                }
                first = element.first();
                last = element.last();
                rest = designators.subList(1, designators.size());
            }
            if (last >= array.length()) {
                throw item.value().at().wrong("there is no element " + last + " of " + array.length(), "");
            }
            for (int n = first; n < last; n++) {
                whole(path + "[" + n + "]", array.element(), rest, item);
            }
            put(path + "[" + last + "]", array.element(), rest);
            number = last + 1;
        }
    }

    /** The next item, and, if it begins a list without braces, those that belong to that. */
    private void put(String path, CType type, List<Designator> rest) {
        Initializer.Item item = items.get(next);
        boolean begins = item.value() instanceof Initializer.Value value
                && rest.isEmpty()
                && !type.isScalar()
                && !(value.value() instanceof CExpr.Text);
        if (begins) {
            requireNoStruct((Initializer.Value) item.value());
            aggregate(path, type, true);
        } else {
            next++;
            whole(path, type, rest, item);
        }
    }

    /** A value that is a struct is for the whole member, and begins no list (C17, 6.7.9, 13). */
    private void requireNoStruct(Initializer.Value value) {
        if (types.of(value.value()).plain() instanceof StructType struct) {
            throw value.at()
                    .wrong(
                            "a value of " + struct.text() + " in the list of an initializer is not read",
                            "assign it to the member in a statement of its own");
        }
    }

    private void whole(String path, CType type, List<Designator> rest, Initializer.Item item) {
        Initializer value = rest.isEmpty()
                ? item.value()
                : new Initializer.Braces(item.value().at(), List.of(new Initializer.Item(rest, item.value())));
        walk(path, type, value, types, visitor);
    }
}
