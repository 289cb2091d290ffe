// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.machine.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a fuzzing process is told, as system properties: it is started by Jazzer, which calls static methods.
 *
 * @param protocol {@code pokecheck.protocol}: the only protocol to fuzz, besides the canary
 * @param scenario {@code pokecheck.scenario}: the only scenario, as in entries of the corpus
 * @param feedback {@code pokecheck.feedback}: what the fuzzer is told of abstract states
 * @param seed {@code pokecheck.seed}: the seed of bursts; 0 if not given
 * @param canary {@code pokecheck.canary}: whether the canary is planted
 * @param found {@code pokecheck.leave}: where to leave what is found; without it a violation of a promise is thrown
 */
record Settings(
        Optional<String> protocol,
        Optional<Scenario> scenario,
        Feedback.Mode feedback,
        long seed,
        boolean canary,
        Optional<Path> found) {
    private static final List<String> ON_OFF = List.of("on", "off");

    static Settings ofSystem() {
        return new Settings(
                text("pokecheck.protocol"),
                text("pokecheck.scenario").map(ScenarioText::parse),
                text("pokecheck.feedback").map(Feedback.Mode::of).orElse(Feedback.Mode.ON),
                text("pokecheck.seed").map(Long::parseLong).orElse(0L),
                isOn("pokecheck.canary"),
                text("pokecheck.leave").map(Path::of));
    }

    private static Optional<String> text(String key) {
        return Optional.ofNullable(System.getProperty(key)).filter(value -> !value.isEmpty());
    }

    /** Whether a switch is on, as all are if nothing is said. */
    private static boolean isOn(String key) {
        String value = text(key).orElse("on");
        if (!ON_OFF.contains(value)) {
            throw Choice.unknown(key, value, ON_OFF);
        }
        return value.equals("on");
    }

    /** The protocols and scenarios to choose from. */
    Menu menu() {
        Menu menu = protocol.map(Menu::protocol).orElseGet(Menu::all);
        Menu chosen = canary ? menu : menu.withoutCanary();
        return scenario.map(chosen::in).orElse(chosen);
    }
}
