// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import dev.pokecheck.source.lower.CValue.Num;
import dev.pokecheck.source.syntax.CExpr;
import dev.pokecheck.source.syntax.Initializer;
import dev.pokecheck.source.token.Token;
import dev.pokecheck.source.type.CType;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The values with which an object begins that lives for ever, by the name of the variable that they are elements of and their numbers in it. What is not there is 0. */
final class StaticInitial {
    private final Reading reading;
    private final Evaluator evaluator;
    private final Map<String, SortedMap<Integer, Integer>> values = new TreeMap<>();

    /** The number that a value in an initializer is. */
    @FunctionalInterface
    interface Evaluator {
        /** The number of a value for a scalar of a type. */
        long of(CType type, CExpr value);
    }

    private StaticInitial(Reading reading, Evaluator evaluator) {
        this.reading = reading;
        this.evaluator = evaluator;
    }

    /**
     * The values of an object.
     *
     * @param whole the object; of one that each CPU has, that of CPU 0
     */
    static Map<String, SortedMap<Integer, Integer>> of(
            Reading reading, CPlace whole, Optional<Initializer> initializer, Evaluator evaluator) {
        StaticInitial initial = new StaticInitial(reading, evaluator);
        initializer.ifPresent(given -> InitialValues.walk(
                "",
                whole.type(),
                given,
                reading.types,
                (path, type, value) -> initial.put(
                        value.at(), LocalParts.at(whole, path), initial.evaluator.of(type, value.value()))));
        return initial.values;
    }

    private void put(Token at, CPlace place, long number) {
        if (number != (int) number) {
            throw at.wrong("the number " + number + ", where values have 32 bits", "");
        }
        Optional<Unions.Slice> slice = reading.unions.slice(at, place);
        if (slice.isEmpty()) {
            values(place).put((int) place.index().known(), (int) number);
        } else {
            CPlace cell = slice.get().cell();
            int element = (int) cell.index().known();
            Num before = Num.of(values(cell).getOrDefault(element, 0));
            Num all = reading.slices.with(at, before, slice.get(), Num.of(number));
            values(cell).put(element, (int) all.known());
        }
    }

    private SortedMap<Integer, Integer> values(CPlace place) {
        return values.computeIfAbsent(place.leaf(), leaf -> new TreeMap<>());
    }
}
