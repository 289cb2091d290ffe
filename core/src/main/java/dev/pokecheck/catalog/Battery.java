// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The scenarios in which a protocol is asked which of its steps it needs, as corpus entries write them, the one that most steps are needed in first.
 * Each of the others is there because some step is needed in it and in none before. They stand in {@code battery.txt}.
 */
public final class Battery {
    /** Stands for all protocols that are not named. */
    static final String OTHERS = "others";

    private static final Map<String, List<String>> SCENARIOS = read(Stanzas.read("battery.txt"));

    private Battery() {}

    /** The scenarios for a protocol, all variants of it, by its name. */
    public static List<String> of(String protocol) {
        return SCENARIOS.getOrDefault(protocol, SCENARIOS.getOrDefault(OTHERS, List.of()));
    }

    /** All of them, by the name of the protocol or {@link #OTHERS}. */
    static Map<String, List<String>> all() {
        return SCENARIOS;
    }

    /**
     * The scenarios of some stanzas.
     *
     * @throws IllegalArgumentException if a protocol is named twice, or, with file and line, if a stanza is none of a battery
     */
    static Map<String, List<String>> read(List<Stanzas.Stanza> stanzas) {
        Map<String, List<String>> scenarios = new LinkedHashMap<>();
        for (Stanzas.Stanza stanza : stanzas) {
            List<String> protocols = stanza.all("protocol");
            List<String> in = List.copyOf(stanza.all("in"));
            stanza.end();
            for (String protocol : protocols) {
                if (scenarios.put(protocol, in) != null) {
                    throw new IllegalArgumentException("the battery names " + protocol + " twice");
                }
            }
        }
        return scenarios;
    }
}
