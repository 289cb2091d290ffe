// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.machine.Nearest;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A scenario as one line: {@code cpus=2 site0=nop5->jmp32 nmi=1}. The number of CPUs and the sites are always written, everything else
 * only if it is not the default. What is watched is not part of it: that follows from what is expected. Nor is the reduction:
 * schedules are written without it.
 */
public final class ScenarioText {
    private ScenarioText() {}

    /** Writes a scenario. */
    public static String print(Scenario scenario) {
        Scenario plain = Scenario.of(scenario.sites());
        List<String> words = new ArrayList<>();
        words.add(ScenarioKey.CPUS.text() + "=" + scenario.cpus());
        for (int i = 0; i < scenario.sites().size(); i++) {
            words.add("site" + i + "=" + scenario.sites().get(i).text());
        }
        for (ScenarioKey key : ScenarioKey.values()) {
            String value = key.of(scenario);
            if (key != ScenarioKey.CPUS && !value.equals(key.of(plain))) {
                words.add(key.text() + "=" + value);
            }
        }
        return String.join(" ", words);
    }

    /**
     * Reads a scenario.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Scenario parse(String text) {
        Map<Integer, SiteSpec> sites = new TreeMap<>();
        Map<ScenarioKey, String> settings = new EnumMap<>(ScenarioKey.class);
        for (String word : text.strip().split("\\s+", -1)) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("\"" + word + "\" is not of the form key=value");
            }
            String key = word.substring(0, equals);
            String value = word.substring(equals + 1);
            Object before = key.matches("site[0-9]")
                    ? sites.put(Integer.parseInt(key.substring(4)), SiteSpec.parse(value))
                    : settings.put(key(key), value);
            if (before != null) {
                throw new IllegalArgumentException("\"" + key + "\" is given twice");
            }
        }
        for (int i = 0; i < Math.max(1, sites.size()); i++) {
            if (!sites.containsKey(i)) {
                throw new IllegalArgumentException(
                        "there is no site" + i + "; sites are numbered from 0: site0=old->new");
            }
        }
        return of(List.copyOf(sites.values()), settings);
    }

    /**
     * The scenario with some sites and settings, all other settings at their defaults.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Scenario of(List<SiteSpec> sites, Map<ScenarioKey, String> settings) {
        return of(Scenario.of(sites), settings);
    }

    /**
     * A scenario with some settings, all others as they are.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Scenario of(Scenario base, Map<ScenarioKey, String> settings) {
        return base.with(builder -> {
            settings.forEach((key, value) -> key.set(builder, value));
            return builder;
        });
    }

    private static ScenarioKey key(String name) {
        for (ScenarioKey key : ScenarioKey.values()) {
            if (key.text().equals(name)) {
                return key;
            }
        }
        List<String> valid = new ArrayList<>(ScenarioKey.texts());
        valid.add("site0");
        throw new IllegalArgumentException("there is no key \"" + name + "\"; the keys are " + String.join(", ", valid)
                + " .. site7" + Nearest.hint(name, valid));
    }
}
