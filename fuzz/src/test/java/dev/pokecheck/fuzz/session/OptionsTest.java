// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session can be asked for, by options or properties. */
class OptionsTest {
    private static final Path HERE = Path.of("").toAbsolutePath();

    private static Options of(Map<OptionKey, String> line, Map<String, String> properties) {
        EnumMap<OptionKey, String> options = new EnumMap<>(OptionKey.class);
        options.putAll(line);
        return Options.of(new Asked(options, key -> properties.getOrDefault(key, "")), HERE, HERE, () -> 4711);
    }

    private static Options of(Map<String, String> properties) {
        return of(Map.of(), properties);
    }

    @Test
    void defaults() {
        Options options = of(Map.of("pokecheck.fuzz", "10m"));
        assertEquals(600, options.seconds());
        assertEquals(List.of(FuzzTarget.values()), options.targets());
        assertEquals("on", options.feedback());
        assertTrue(options.canary());
        assertEquals(4711, options.seed(), "drawn");
        assertEquals(List.of("--time", "10m"), options.again());
    }

    @Test
    void optionsAndProperties() {
        Map<OptionKey, String> line = Map.of(
                OptionKey.TIME, "90s",
                OptionKey.PROTOCOL, "naive",
                OptionKey.SCENARIO, "cpus=2 site0=nop2->jmp8",
                OptionKey.FEEDBACK, "off",
                OptionKey.CANARY, "off",
                OptionKey.SEED, "12",
                OptionKey.FOUND, "x");
        Options options = of(line, Map.of("pokecheck.fuzz", "1h", "pokecheck.scratch", "y"));
        assertEquals(90, options.seconds(), "an option comes before a property");
        assertEquals("off", options.feedback());
        assertFalse(options.canary());
        assertEquals(12, options.seed());
        assertEquals(HERE.resolve("x"), options.folders().found());
        assertEquals(HERE.resolve("y"), options.folders().scratch());
        assertEquals(
                "--time 1m30s --protocol naive --scenario 'cpus=2 site0=nop2->jmp8' --feedback off --no-canary"
                        + " --scratch y --found x",
                Printable.command(options.again()));
        assertFalse(
                of(Map.of("pokecheck.fuzz", "1s", "pokecheck.canary", "off")).canary());
        assertTrue(of(Map.of("pokecheck.fuzz", "1s", "pokecheck.canary", "on")).canary());
    }

    @ParameterizedTest
    @CsvSource({"90s,90,1m30s", "10m,600,10m", "1h,3600,1h", "1h30m,5400,1h30m", "1m1s,61,1m1s"})
    void durations(String text, long seconds, String shown) {
        assertEquals(seconds, Times.seconds("--time", text));
        assertEquals(shown, Times.text(seconds));
    }

    @ParameterizedTest
    @CsvSource({"10", "m", "0s", "10 m", "10x", "-1m", "1m30"})
    void whatIsNoDuration(String text) {
        String message = assertThrows(RefusedException.class, () -> Times.seconds("--time", text))
                .getMessage();
        assertEquals(
                "--time: \"" + text
                        + "\" is no duration of a second or more; write how long to fuzz as 90s, 10m or 1h30m",
                message);
    }

    @Test
    void howLongIsToBeSaid() {
        assertEquals(
                "--time is missing: it says how long to fuzz; write 90s, 10m or 1h30m",
                assertThrows(RefusedException.class, () -> of(Map.of())).getMessage());
    }

    /** A mistake is named as it was made. */
    @ParameterizedTest
    @CsvSource({
        "pokecheck.fuzz,10,pokecheck.fuzz: \"10\" is no duration of a second or more",
        "pokecheck.target,InsFuzz,pokecheck.target: target \"InsFuzz\" is none of InterleavingFuzz",
        "pokecheck.protocol,naiv,pokecheck.protocol: protocol \"naiv\" is none of naive",
        "pokecheck.feedback,of,pokecheck.feedback: pokecheck.feedback \"of\" is none of on",
        "pokecheck.canary,yes,pokecheck.canary: switch \"yes\" is none of on",
        "pokecheck.seed,x,pokecheck.seed: \"x\" is no number",
    })
    void mistakesNameTheChoices(String key, String value, String message) {
        Map<String, String> properties = new java.util.TreeMap<>(Map.of("pokecheck.fuzz", "1m"));
        properties.put(key, value);
        String said = assertThrows(RefusedException.class, () -> of(properties)).getMessage();
        assertTrue(said.startsWith(message), said);
        String option = assertThrows(
                        RefusedException.class, () -> of(Map.of(OptionKey.TIME, "1m", OptionKey.SEED, "x"), Map.of()))
                .getMessage();
        assertTrue(option.startsWith("--seed: "), option);
    }

    /** A protocol is for the one target that has protocols. */
    @Test
    void aProtocolPicksItsTarget() {
        Options options = of(Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", "naive@sync"));
        assertEquals(List.of(FuzzTarget.INTERLEAVING), options.targets());
        assertThrows(
                RefusedException.class,
                () -> of(
                        Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", "naive", "pokecheck.target", "InsnFuzz")));
    }

    /** A scenario is one of a protocol that can be recorded for it. */
    @Test
    void aScenarioIsForAProtocol() {
        String scenario = "cpus=2 site0=nop2->jmp8";
        Map<String, String> both =
                Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", "naive", "pokecheck.scenario", scenario);
        assertEquals(scenario, of(both).scenario());
        scenarioMistake("", scenario, "pokecheck.scenario: a scenario is for one protocol; name it with --protocol");
        scenarioMistake("naive", "cpu=2 site0=nop2->jmp8", "pokecheck.scenario: there is no key \"cpu\"");
        scenarioMistake(
                "static_key@enable-twice",
                "cpus=1 site0=nop2->jmp8",
                "pokecheck.scenario: not for static_key@enable-twice: static_key has two users");
    }

    private static void scenarioMistake(String protocol, String scenario, String message) {
        Map<String, String> properties =
                Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", protocol, "pokecheck.scenario", scenario);
        String said = assertThrows(RefusedException.class, () -> of(properties)).getMessage();
        assertTrue(said.startsWith(message), said);
    }
}
