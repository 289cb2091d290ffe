// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import dev.pokecheck.hardware.HardwareProfile;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A scenario as one line: {@code cpus=2 site0=nop5->jmp32 nmi=1}. The number of CPUs and the sites are always written, everything else
 * only if it is not the default. What is watched is not part of it: that follows from what is expected. Nor is the reduction:
 * schedules are written without it.
 */
public final class ScenarioText {
    private ScenarioText() {}

    /** Writes a scenario. */
    public static String print(Scenario scenario) {
        return print(scenario, Optional.empty());
    }

    /** Writes what of a scenario holds in all those that were made from it: its sites, and the settings that none of them changes. */
    public static String common(Scenario scenario, List<Scenario> made) {
        List<List<String>> others =
                made.stream().map(one -> List.of(print(one).split(" "))).toList();
        return Arrays.stream(print(scenario).split(" "))
                .filter(word -> word.startsWith("site") || others.stream().allMatch(other -> other.contains(word)))
                .collect(Collectors.joining(" "));
    }

    /**
     * Writes what of a scenario is not said already.
     *
     * @param hardware the hardware profile that is named beside it
     */
    static String print(Scenario scenario, Optional<HardwareProfile> hardware) {
        Scenario plain = plain(scenario.sites(), hardware);
        List<String> words = new ArrayList<>();
        words.add(ScenarioKey.CPUS.text() + "=" + scenario.cpus());
        for (int i = 0; i < scenario.sites().size(); i++) {
            words.add("site" + i + "=" + scenario.sites().get(i).text());
        }
        for (ScenarioKey key : ScenarioKey.values()) {
            String value = key.of(scenario, plain.profile());
            if (key != ScenarioKey.CPUS && !value.equals(key.of(plain, plain.profile()))) {
                words.add(key.text() + "=" + value);
            }
        }
        return String.join(" ", words);
    }

    private static Scenario plain(List<SiteSpec> sites, Optional<HardwareProfile> hardware) {
        Scenario plain = Scenario.of(sites);
        return hardware.map(profile -> plain.with(builder -> builder.hardware(profile)))
                .orElse(plain);
    }

    /**
     * Reads a scenario.
     *
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    public static Scenario parse(String text) {
        return parse(text, Optional.empty());
    }

    /**
     * Reads a scenario.
     *
     * @param hardware the hardware profile that is named beside it, of which settings change single lines
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static Scenario parse(String text, Optional<HardwareProfile> hardware) {
        return ScenarioWords.whole(text).scenario(hardware);
    }

    /**
     * The scenario with some sites and settings, all other settings at their defaults.
     *
     * @param hardware the hardware profile that gives the defaults of what it speaks of
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static Scenario of(List<SiteSpec> sites, Optional<HardwareProfile> hardware, Map<ScenarioKey, String> settings) {
        Scenario plain = plain(sites, hardware);
        return plain.with(builder -> {
            settings.forEach((key, value) -> key.set(builder, plain.profile(), value));
            return builder;
        });
    }
}
