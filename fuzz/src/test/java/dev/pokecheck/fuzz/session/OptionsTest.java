// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.fuzz.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a session can be asked for. */
class OptionsTest {
    private static Options of(Map<String, String> properties) {
        return Options.of(key -> properties.getOrDefault(key, ""));
    }

    @Test
    void defaults() {
        Options options = of(Map.of("pokecheck.fuzz", "10m"));
        assertEquals(600, options.seconds());
        assertEquals(List.of(FuzzTarget.values()), options.targets());
        assertEquals("on", options.feedback());
        assertEquals("on", options.canary());
        assertEquals(0, options.seed());
    }

    @ParameterizedTest
    @CsvSource({"90s,90", "10m,600", "1h,3600", "1h30m,5400", "1m1s,61"})
    void durations(String text, long seconds) {
        assertEquals(seconds, Options.seconds(text));
    }

    @ParameterizedTest
    @CsvSource({"10", "m", "0s", "10 m", "10x", "-1m", "1m30", "''"})
    void whatIsNoDuration(String text) {
        String message = assertThrows(IllegalArgumentException.class, () -> Options.seconds(text))
                .getMessage();
        assertEquals(
                "pokecheck.fuzz: \"" + text
                        + "\" is no duration; write how long to fuzz, as in -Dpokecheck.fuzz=10m, 90s or 1h30m",
                message);
    }

    @ParameterizedTest
    @CsvSource({
        "pokecheck.target,InsFuzz,target \"InsFuzz\" is none of InterleavingFuzz",
        "pokecheck.protocol,naiv,protocol \"naiv\" is none of naive",
        "pokecheck.feedback,of,pokecheck.feedback \"of\" is none of on",
        "pokecheck.canary,yes,pokecheck.canary \"yes\" is none of on",
        "pokecheck.seed,x,pokecheck.seed: \"x\" is no number",
    })
    void mistakesNameTheChoices(String key, String value, String message) {
        String said = assertThrows(IllegalArgumentException.class, () -> of(Map.of("pokecheck.fuzz", "1m", key, value)))
                .getMessage();
        assertTrue(said.startsWith(message), said);
    }

    /** A protocol is for the one target that has protocols. */
    @Test
    void aProtocolPicksItsTarget() {
        Options options = of(Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", "naive@sync"));
        assertEquals(List.of(FuzzTarget.INTERLEAVING), options.targets());
        assertThrows(
                IllegalArgumentException.class,
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
        scenarioMistake("", scenario, "pokecheck.scenario: a scenario is for one protocol; name it with");
        scenarioMistake("naive", "cpu=2 site0=nop2->jmp8", "pokecheck.scenario: there is no key \"cpu\"");
        scenarioMistake(
                "static_key@enable-twice",
                "cpus=1 site0=nop2->jmp8",
                "pokecheck.scenario: not for static_key@enable-twice: static_key has two users");
    }

    private static void scenarioMistake(String protocol, String scenario, String message) {
        Map<String, String> properties =
                Map.of("pokecheck.fuzz", "1m", "pokecheck.protocol", protocol, "pokecheck.scenario", scenario);
        String said = assertThrows(IllegalArgumentException.class, () -> of(properties))
                .getMessage();
        assertTrue(said.startsWith(message), said);
    }
}
