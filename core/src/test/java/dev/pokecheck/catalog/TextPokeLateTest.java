// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.protocol.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The stages of {@code text_poke_late} and their changes; what holds with which is what the file expects of itself ({@link ExpectLinesTest}). */
class TextPokeLateTest {
    private static final String TWO_CALLS = "cpus=2 site0=nop2->jmp8->nop2";

    private static CatalogEntry late(String variant) {
        return Catalog.find("text_poke_late@" + variant).orElseThrow();
    }

    @Test
    void whatIsNotModelledOutOfLineIsRefused() {
        Setting setting = ScenarioText.parse("cpus=2 site0=pvcall->unlock").setting();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> late("rfc18+out-of-line").record(setting))
                .getMessage();
        assertTrue(message.contains("version 1 of site0 is not one NOP, call, jump or return "), message);
    }

    // ---- names

    @Test
    void changesAreNamedInOneOrderAndOnce() {
        assertEquals(
                "text_poke_late@rfc18+clear-first+reset-map",
                late("rfc18+reset-map+clear-first+reset-map").fullName());
        assertEquals("text_poke_late@repaired", late("repaired+clear-first").fullName());
        assertEquals(
                "text_poke_late@repaired+out-of-line",
                late("repaired+out-of-line+reset-map").fullName());
    }

    @ParameterizedTest
    @CsvSource({
        "text_poke_late@rfc18+",
        "text_poke_late@rfc18+nothing",
        "text_poke_late@rfc16+clear-first",
        "text_poke_late+clear-first",
        "text_poke_bp_batch+clear-first"
    })
    void otherNamesAreOfNothing(String name) {
        assertTrue(Catalog.find(name).isEmpty());
    }

    private static String program(String variant) {
        return late(variant).program(ScenarioText.parse(TWO_CALLS).setting());
    }

    @ParameterizedTest
    @CsvSource({
        "repaired, rfc19+clear-first+reset-map+numbered-states",
        "repaired-without-clear-before-state, rfc19+reset-map+numbered-states",
        "repaired-without-numbered-states, rfc19+clear-first+reset-map",
        "repaired-iret-in-nmi, repaired+iret-in-nmi",
        "captured, rfc19+clear-first+reset-map+capture-in-nmi",
        "captured-without-clear-before-state, rfc19+reset-map+capture-in-nmi",
        "captured-without-capture-in-nmi, rfc19+clear-first+reset-map"
    })
    void aVariantIsASetOfChangesWithAName(String variant, String changes) {
        assertTrue(program(variant).equals(program(changes)), changes);
    }

    @ParameterizedTest
    @CsvSource({
        "rfc15, rfc15+clear-first+reset-map+seq-acks+numbered-states+rendezvous+capture-in-nmi+out-of-line+iret-in-nmi",
        "rfc17, rfc17+rendezvous+capture-in-nmi+out-of-line+iret-in-nmi",
        "rfc18, rfc18+rendezvous+capture-in-nmi",
        "rfc18+seq-acks, rfc18+clear-first+reset-map+seq-acks+numbered-states"
    })
    void aChangeOfWhatIsNotThereChangesNothing(String same, String changed) {
        assertTrue(program(same).equals(program(changed)), changed);
    }

    @Test
    void anySetOfChangesCanBeMadeToAnyStage() {
        List<String> names = Catalog.changes("text_poke_late").stream()
                .map(CatalogChange::name)
                .toList();
        for (String stage : List.of("rfc15", "rfc17", "rfc18", "rfc19")) {
            for (int set = 1; set < 1 << names.size(); set++) {
                List<String> chosen = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    if ((set >> i & 1) != 0) {
                        chosen.add(names.get(i));
                    }
                }
                String name = stage + "+" + String.join("+", chosen);
                assertEquals("text_poke_late@" + name, late(name).fullName());
            }
        }
    }

    /** Each change alone, and all but one, which bring all its conditions with and without each other. */
    @ParameterizedTest
    @ValueSource(strings = {"rfc17", "rfc18", "rfc19"})
    void changesCanBeRecordedTogether(String stage) {
        List<String> names = Catalog.changes("text_poke_late").stream()
                .map(CatalogChange::name)
                .toList();
        Setting setting = ScenarioText.parse("cpus=2 site0=nop2->jmp8").setting();
        for (String name : names) {
            late(stage + "+" + name).record(setting);
            List<String> others = new ArrayList<>(names);
            others.remove(name);
            late(stage + "+" + String.join("+", others)).record(setting);
        }
    }
}
