// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.machine.Nearest;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** One of several names. */
public final class Choice {
    private Choice() {}

    /**
     * The value with a name.
     *
     * @throws IllegalArgumentException that names the choices, and the nearest, if there is none
     */
    public static <T> T of(String what, String name, T[] values, Function<T, String> text) {
        return Stream.of(values)
                .filter(value -> text.apply(value).equals(name))
                .findFirst()
                .orElseThrow(
                        () -> unknown(what, name, Stream.of(values).map(text).toList()));
    }

    /** The complaint about a name that is none of the valid ones. */
    public static IllegalArgumentException unknown(String what, String name, List<String> valid) {
        return new IllegalArgumentException(complaint(what, name, valid));
    }

    /** The same in words only. */
    static String complaint(String what, String name, List<String> valid) {
        return what + " \"" + name + "\" is none of " + String.join(", ", valid) + Nearest.hint(name, valid);
    }
}
