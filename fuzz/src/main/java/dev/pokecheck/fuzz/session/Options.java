// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import dev.pokecheck.corpus.Choice;
import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.fuzz.Feedback;
import dev.pokecheck.fuzz.Menu;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a session is asked for, as system properties.
 *
 * @param seconds {@code pokecheck.fuzz}: how long it fuzzes, shared among its targets; at least 1
 * @param targets {@code pokecheck.target}: what it fuzzes
 * @param protocol {@code pokecheck.protocol}: the only protocol that it fuzzes besides the canary; empty for all
 * @param scenario {@code pokecheck.scenario}: its only scenario, as it stands in entries of the corpus; empty for all
 * @param feedback {@code pokecheck.feedback}: {@code on}, {@code off}, {@code situations} or {@code pairs}
 * @param canary {@code pokecheck.canary}: {@code on} or {@code off}; {@code off} makes every session fail, and is there for the test of that
 * @param seed {@code pokecheck.seed}: the seed of the fuzzer; 0, the default, for one that it draws and logs
 * @param seeds {@code pokecheck.seeds}: the folder with a folder of seeds for each target
 * @param out {@code pokecheck.out}: the folder for what is found
 * @param scratch {@code pokecheck.scratch}: the folder for what a session keeps for the next: the grown corpus, logs
 */
record Options(
        long seconds,
        List<FuzzTarget> targets,
        String protocol,
        String scenario,
        String feedback,
        String canary,
        int seed,
        Path seeds,
        Path out,
        Path scratch) {
    private static final Pattern PART = Pattern.compile("([0-9]{1,6})([smh])");
    private static final List<String> ON_OFF = List.of("on", "off");

    /**
     * Reads them.
     *
     * @param property the value of a property; empty if it is not set
     * @throws IllegalArgumentException with what is wrong and what would be right
     */
    static Options of(Function<String, String> property) {
        List<FuzzTarget> targets = FuzzTarget.named(property.apply("pokecheck.target"));
        String protocol = property.apply("pokecheck.protocol");
        if (!protocol.isEmpty()) {
            Menu.find(protocol);
            targets = targets.stream().filter(FuzzTarget::hasProtocols).toList();
            if (targets.isEmpty()) {
                throw new IllegalArgumentException("pokecheck.protocol: only " + FuzzTarget.INTERLEAVING.text()
                        + " can be told which protocol to fuzz; leave one of the two out");
            }
        }
        return new Options(
                seconds(property.apply("pokecheck.fuzz")),
                targets,
                protocol,
                scenario(protocol, property.apply("pokecheck.scenario")),
                feedback(property.apply("pokecheck.feedback")),
                onOff("pokecheck.canary", property),
                seed(property.apply("pokecheck.seed")),
                path("pokecheck.seeds", "../corpus/fuzz", property),
                path("pokecheck.out", "../corpus/fuzz/found", property),
                path("pokecheck.scratch", "scratch", property));
    }

    private static String scenario(String protocol, String text) {
        if (text.isEmpty()) {
            return text;
        }
        if (protocol.isEmpty()) {
            throw new IllegalArgumentException(
                    "pokecheck.scenario: a scenario is for one protocol; name it with -Dpokecheck.protocol");
        }
        Scenario scenario;
        try {
            scenario = ScenarioText.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "pokecheck.scenario: " + e.getMessage()
                            + "; write it as in the corpus: -Dpokecheck.scenario=\"cpus=2 site0=nop2->jmp8\"",
                    e);
        }
        try {
            Machine machine = new Machine(scenario, Menu.find(protocol).record(scenario.setting()));
            machine.initial(new long[machine.words()]);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pokecheck.scenario: not for " + protocol + ": " + e.getMessage(), e);
        }
        return text;
    }

    private static int seed(String text) {
        if (!text.matches("[0-9]{0,9}")) {
            throw new IllegalArgumentException("pokecheck.seed: \"" + text + "\" is no number of up to nine digits");
        }
        return text.isEmpty() ? 0 : Integer.parseInt(text);
    }

    private static Path path(String key, String otherwise, Function<String, String> property) {
        String value = property.apply(key);
        return Path.of(value.isEmpty() ? otherwise : value);
    }

    private static String feedback(String value) {
        return value.isEmpty()
                ? Feedback.Mode.ON.text()
                : Feedback.Mode.of(value).text();
    }

    private static String onOff(String key, Function<String, String> property) {
        String value = property.apply(key);
        if (value.isEmpty()) {
            return "on";
        }
        return Choice.of(key, value, ON_OFF.toArray(String[]::new), text -> text);
    }

    /**
     * A duration in seconds.
     *
     * @throws IllegalArgumentException if it is none
     */
    static long seconds(String text) {
        long seconds = 0;
        Matcher part = PART.matcher(text);
        int end = 0;
        while (part.find() && part.start() == end) {
            long count = Long.parseLong(part.group(1));
            seconds += switch (part.group(2)) {
                case "h" -> 3600 * count;
                case "m" -> 60 * count;
                default -> count;
            };
            end = part.end();
        }
        if (end != text.length() || seconds == 0) {
            throw new IllegalArgumentException("pokecheck.fuzz: \"" + text
                    + "\" is no duration; write how long to fuzz, as in -Dpokecheck.fuzz=10m, 90s or 1h30m");
        }
        return seconds;
    }
}
