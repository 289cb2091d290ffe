// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.corpus;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScenarioWordsTest {
    private static String together(String base, String others) {
        ScenarioWords words = base.isEmpty() ? ScenarioWords.NONE : ScenarioWords.parse(base);
        return ScenarioText.print(words.overruledBy(ScenarioWords.parse(others)).scenario(Optional.empty()));
    }

    @Test
    void otherWordsOverrule() {
        assertEquals("cpus=3 site0=nop5->jmp32 nmi=1", together("cpus=2 nmi=1", "cpus=3"));
        assertEquals("cpus=2 site0=nop2->jmp8", together("", "site0=nop2->jmp8"));
        assertEquals(
                "cpus=2 site0=nop5->jmp32",
                together("site0=nop2->jmp8 site1=nop2->jmp8", "site0=nop5->jmp32"),
                "sites are one word");
    }

    @Test
    void whatIsNotSaidIsKnown() {
        assertTrue(ScenarioWords.NONE.isEmpty());
        assertFalse(ScenarioWords.parse("nmi=0").isEmpty());
        assertTrue(ScenarioWords.parse("nmi=0").says(ScenarioKey.NMI));
        assertFalse(ScenarioWords.parse("nmi=0").says(ScenarioKey.IRQ));
    }

    @Test
    void aScenarioSaysAllOfItself() {
        String text = "cpus=3 site0=nop2->jmp8 fetch=coherent nmi=1,2,0";
        ScenarioWords words = ScenarioWords.of(ScenarioText.parse("cpus=3 site0=nop2->jmp8 nmi=1,2,0 fetch=coherent"));
        assertEquals(
                ScenarioText.print(ScenarioText.parse(text)), ScenarioText.print(words.scenario(Optional.empty())));
    }

    @Test
    void sitesAreNumberedFromZero() {
        IllegalArgumentException e =
                assertThrows(IllegalArgumentException.class, () -> ScenarioWords.parse("site1=nop2->jmp8"));
        assertEquals("there is no site0; sites are numbered from 0: site0=old->new", e.getMessage());
    }
}
