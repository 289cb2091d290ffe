// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.steps;

import dev.pokecheck.source.parse.ConstantValue;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.syntax.Initializer.Designator;
import dev.pokecheck.source.syntax.Variable;
import dev.pokecheck.source.token.Token;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What the scalars of a variable are at first: of an array one value for all elements, or one for each. */
final class StepInitial {
    private final Map<String, List<Integer>> values = new TreeMap<>();

    private StepInitial() {}

    /** Those of a variable, by the members that lead to them, each with a dot before it. */
    static StepInitial of(Variable variable) {
        StepInitial initial = new StepInitial();
        variable.initializer().ifPresent(given -> initial.add("", given));
        return initial;
    }

    /** Takes those of a scalar or of an array; one 0 if none are given. */
    List<Integer> take(String path) {
        List<Integer> taken = values.remove(path);
        return taken == null ? List.of(0) : taken;
    }

    /** Refuses what was for no scalar. */
    void refuseRest(Token at) {
        if (!values.isEmpty()) {
            throw at.wrong(
                    "a value at first for what is no number or array",
                    "name the member that it is for: .member = value");
        }
    }

    /** The one value of an array that has one for all elements. */
    static int one(Token at, List<Integer> initial) {
        if (initial.size() != 1) {
            throw at.wrong("values of their own for the elements of an array in an object", "give all of them one");
        }
        return initial.get(0);
    }

    private void add(String path, Initializer initializer) {
        if (!(initializer instanceof Initializer.Braces braces)) {
            values.put(path, List.of(value(initializer)));
        } else if (!braces.items().isEmpty()
                && braces.items().stream().allMatch(item -> item.designators().isEmpty())) {
            values.put(
                    path,
                    braces.items().stream().map(item -> value(item.value())).toList());
        } else {
            braces.items().forEach(item -> add(path, item));
        }
    }

    /** One of a list in which it says what it is for: a member, or all elements. */
    private void add(String path, Initializer.Item item) {
        StringBuilder to = new StringBuilder(path);
        for (Designator designator : item.designators()) {
            if (designator instanceof Designator.Field field) {
                to.append('.').append(field.name().text());
            } else if (((Designator.Element) designator).first() != 0) {
                throw item.value().at().wrong("this is not for all elements", "give each a value, without brackets");
            }
        }
        if (item.designators().isEmpty()) {
            throw item.value().at().wrong("this does not say what it is for", "name a member, or all elements");
        }
        add(to.toString(), item.value());
    }

    private static int value(Initializer initializer) {
        if (!(initializer instanceof Initializer.Value value)) {
            throw initializer.at().wrong("expected a number", "");
        }
        long number = ConstantValue.of(value.value());
        if (number != (int) number) {
            throw value.at().wrong("the number " + number + ", where values have 32 bits", "");
        }
        return (int) number;
    }
}
