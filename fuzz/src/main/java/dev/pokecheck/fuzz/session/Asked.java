// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Function;

/** What a session is asked for: options of the command line, and for those that are not on it, system properties. */
final class Asked {
    private final Map<OptionKey, String> line;
    private final Function<String, String> property;

    /**
     * What is asked for.
     *
     * @param line the values of the options that were given
     * @param property the value of a system property; empty if it is not set
     */
    Asked(Map<OptionKey, String> line, Function<String, String> property) {
        this.line = line.isEmpty() ? new EnumMap<>(OptionKey.class) : new EnumMap<>(line);
        this.property = property;
    }

    /** The value of a key; empty if it was not given, or given empty. */
    String value(OptionKey key) {
        String value = line.getOrDefault(key, "");
        return value.isEmpty() ? property.apply(key.property()) : value;
    }

    /** A key in the words in which it was asked for. */
    String name(OptionKey key) {
        return line.getOrDefault(key, "").isEmpty()
                        && !property.apply(key.property()).isEmpty()
                ? key.property()
                : key.option();
    }
}
