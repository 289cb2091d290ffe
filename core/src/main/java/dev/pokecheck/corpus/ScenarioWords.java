// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Nearest;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a text says of a scenario; what it leaves open somebody else may say.
 *
 * @param sites the sites; empty if nothing is said of them
 * @param settings all else that is said
 */
public record ScenarioWords(List<SiteSpec> sites, Map<ScenarioKey, String> settings) {
    /** Nothing. */
    public static final ScenarioWords NONE = new ScenarioWords(List.of(), Map.of());

    /** What is patched where nobody says it. */
    private static final SiteSpec SITE = SiteSpec.parse("nop5->jmp32");

    /** Copies both. */
    public ScenarioWords {
        sites = List.copyOf(sites);
        Map<ScenarioKey, String> copy = new EnumMap<>(ScenarioKey.class);
        copy.putAll(settings);
        settings = Collections.unmodifiableMap(copy);
    }

    /**
     * Reads words {@code key=value}. Values are looked at by {@link #scenario}.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static ScenarioWords parse(String text) {
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
        for (int i = 0; i < sites.size(); i++) {
            if (!sites.containsKey(i)) {
                throw noSite(i);
            }
        }
        return new ScenarioWords(List.copyOf(sites.values()), settings);
    }

    /** The same, of which a scenario consists that says all that differs from the defaults, its sites at least. */
    static ScenarioWords whole(String text) {
        ScenarioWords words = parse(text);
        if (words.sites.isEmpty()) {
            throw noSite(0);
        }
        return words;
    }

    private static IllegalArgumentException noSite(int number) {
        return new IllegalArgumentException(
                "there is no site" + number + "; sites are numbered from 0: site0=old->new");
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

    /** What a scenario says of itself. */
    public static ScenarioWords of(Scenario scenario) {
        return whole(ScenarioText.print(scenario));
    }

    /** Both together; where they speak of the same, the others count. Sites are one word: others take the place of all. */
    public ScenarioWords overruledBy(ScenarioWords others) {
        Map<ScenarioKey, String> both = new EnumMap<>(ScenarioKey.class);
        both.putAll(settings);
        both.putAll(others.settings);
        return new ScenarioWords(others.sites.isEmpty() ? sites : others.sites, both);
    }

    /** The same of other sites. */
    public ScenarioWords withSites(List<SiteSpec> value) {
        return new ScenarioWords(value, settings);
    }

    /** Whether nothing is said. */
    public boolean isEmpty() {
        return sites.isEmpty() && settings.isEmpty();
    }

    /** Whether something is said of a key. */
    public boolean says(ScenarioKey key) {
        return settings.containsKey(key);
    }

    /** The sites; those of the defaults if nothing is said of them. */
    public List<SiteSpec> sitesOrDefault() {
        return sites.isEmpty() ? List.of(SITE) : sites;
    }

    /**
     * The scenario, with defaults for all that is not said.
     *
     * @param hardware the hardware profile that gives the defaults of what it speaks of
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public Scenario scenario(Optional<HardwareProfile> hardware) {
        return ScenarioText.of(sitesOrDefault(), hardware, settings);
    }
}
