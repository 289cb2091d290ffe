// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import dev.pokecheck.protocol.CPrinter;
import dev.pokecheck.protocol.Protocol;
import dev.pokecheck.protocol.Setting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the stages of {@code text_poke_late} have and have not, and what each change of them mends. */
class TextPokeLateTest {
    private static final String ONE_CALL = "cpus=2 site0=nop2->jmp8";
    private static final String TWO_CALLS = "cpus=2 site0=nop2->jmp8->nop2";
    private static final String NMI = "cpus=2 site0=nop5->jmp32 thread=none nmi=1 nmi-work=site";
    private static final String PAIR = "cpus=2 site0=nop2->jmp8 site1=nop2->jmp8 thread=none nmi=1 nmi-work=site";

    private static CatalogEntry late(String variant) {
        return Catalog.find("text_poke_late@" + variant).orElseThrow();
    }

    /** The property that is violated, or what else came of the search. */
    private static String said(String variant, String scenario, Level level) {
        Scenario asked =
                ScenarioText.parse(scenario).with(b -> b.watch(level.watch()).reduce(true));
        Machine machine = new Machine(asked, late(variant).record(asked.setting()));
        Verdict verdict = Check.search(machine, CheckOptions.defaults().require(level));
        return verdict.violation()
                .map(violation -> violation.property().text())
                .orElse(verdict.kind().text());
    }

    private static String said(String variant, String scenario) {
        return said(variant, scenario, Level.SAFE);
    }

    // ---- the calls, and the first patch

    @Test
    void aSecondCallTakesTheAcknowledgementsOfTheFirst() {
        assertEquals("holds", said("rfc18+clear-first", ONE_CALL));
        assertEquals("bug", said("rfc18+clear-first", TWO_CALLS));
        assertEquals("bug", said("rfc18+clear-first", TWO_CALLS + " thread=none"));
    }

    @Test
    void aMapThatIsResetIsEmptyAtEachCall() {
        assertEquals("holds", said("rfc18+clear-first+reset-map", TWO_CALLS));
        assertEquals("deadlock", said("rfc18+reset-map", ONE_CALL));
    }

    @Test
    void thePatchThatPokesNothingLooksForTheEndAlone() {
        assertEquals("lost-patch", said("rfc15", ONE_CALL));
    }

    // ---- what each change mends; reset-map stands above

    @ParameterizedTest
    @CsvSource({
        // An acknowledgement by number is for one state of one call.
        "rfc17, seq-acks, bug",
        "rfc18, seq-acks, deadlock",
        "rfc19, seq-acks, deadlock",
    })
    void numberedAcknowledgementsNeedNoMap(String stage, String change, String without) {
        assertEquals(without, said(stage, TWO_CALLS));
        assertEquals("holds", said(stage + "+" + change, TWO_CALLS));
    }

    @ParameterizedTest
    @CsvSource({"numbered-states", "rendezvous", "capture-in-nmi"})
    void oneSyncDoneIsNotTakenForAnother(String change) {
        assertEquals("deadlock", said("rfc19+clear-first", NMI));
        assertEquals("holds", said("rfc19+clear-first+" + change, NMI));
    }

    @Test
    void sitesChangeTogetherWhereNoNmiRunsInBetween() {
        assertEquals("group", said("rfc19+clear-first+numbered-states", PAIR, Level.GROUP));
        assertEquals("holds", said("rfc19+clear-first+rendezvous", PAIR, Level.GROUP));
        assertEquals("holds", said("rfc19+clear-first+capture-in-nmi", PAIR, Level.GROUP));
    }

    @Test
    void aPrimaryThatExecutesOutOfLineTearsNothing() {
        assertEquals("torn", said("rfc18+clear-first+numbered-states", NMI));
        assertEquals("holds", said("rfc18+clear-first+numbered-states+out-of-line", NMI));
    }

    @Test
    void whatIsNotModelledOutOfLineIsRefused() {
        Setting setting = ScenarioText.parse("cpus=2 site0=pvcall->unlock").setting();
        String message = assertThrows(
                        IllegalArgumentException.class,
                        () -> late("rfc18+out-of-line").record(setting))
                .getMessage();
        assertTrue(message.startsWith("out-of-line: version 1 of site0 is not one "), message);
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
        Setting setting = ScenarioText.parse(TWO_CALLS).setting();
        return CPrinter.print(Protocol.record("late", setting, late(variant).definition()));
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
        assertEquals(program(variant), program(changes));
    }

    @ParameterizedTest
    @CsvSource({
        "rfc15, rfc15+clear-first+reset-map+seq-acks+numbered-states+rendezvous+capture-in-nmi+out-of-line+iret-in-nmi",
        "rfc17, rfc17+rendezvous+capture-in-nmi+out-of-line+iret-in-nmi",
        "rfc18, rfc18+rendezvous+capture-in-nmi+iret-in-nmi",
        "rfc18+seq-acks, rfc18+clear-first+reset-map+seq-acks+numbered-states"
    })
    void aChangeOfWhatIsNotThereChangesNothing(String same, String changed) {
        assertEquals(program(same), program(changed));
    }

    @Test
    void anySetOfChangesCanBeMadeToAnyStage() {
        List<String> names = Catalog.changes("text_poke_late").stream()
                .map(CatalogChange::name)
                .toList();
        Setting setting = ScenarioText.parse(PAIR).setting();
        for (String stage : List.of("rfc15", "rfc17", "rfc18", "rfc19")) {
            for (int set = 1; set < 1 << names.size(); set++) {
                List<String> chosen = new ArrayList<>();
                for (int i = 0; i < names.size(); i++) {
                    if ((set >> i & 1) != 0) {
                        chosen.add(names.get(i));
                    }
                }
                String name = "text_poke_late@" + stage + "+" + String.join("+", chosen);
                assertEquals(
                        name,
                        late(name.substring(name.indexOf('@') + 1))
                                .record(setting)
                                .name());
            }
        }
    }
}
