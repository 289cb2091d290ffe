// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.minimize;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.corpus.ScenarioText;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios that are one thing smaller: interrupts that may differ from CPU to CPU. */
class SmallerScenarioTest {
    private static List<String> smaller(String text) {
        return SmallerScenario.of(ScenarioText.parse(text)).stream()
                .map(smaller -> ScenarioText.print(smaller.scenario()))
                .toList();
    }

    @Test
    void theBudgetOfOneCpuIsLowered() {
        List<String> all = smaller("cpus=3 site0=nop1->f4 nmi=0,2,1");
        assertTrue(all.contains("cpus=3 site0=nop1->f4 nmi=0,1,1"), all::toString);
        assertTrue(all.contains("cpus=3 site0=nop1->f4 nmi=0,2,0"), all::toString);
    }

    @Test
    void withoutACpuTheBudgetsOfTheOthersStay() {
        List<String> all = smaller("cpus=3 site0=nop1->f4 nmi=0,2,1 irq=1");
        assertEquals(
                List.of(
                        "cpus=2 site0=nop1->f4 nmi=0,2 irq=1",
                        "cpus=2 site0=nop1->f4 nmi=0,1 irq=1",
                        "cpus=2 site0=nop1->f4 nmi=2,1 irq=1"),
                all.subList(0, 3));
    }

    @Test
    void aSiteStaysAsLongAsAnotherLiesOverItOrOneAfterIt() {
        List<String> left = smaller("cpus=1 site0=nop1->f4 site1=nop2->jmp8 site2=nop1->f4 site3=nop1->cc@site2+0");
        assertEquals(List.of("cpus=1 site0=nop1->f4 site1=nop2->jmp8 site2=nop1->f4"), left.subList(0, 1));
    }

    @Test
    void fewerInterruptsOfOneCpuAreWorthMoreSteps() {
        SmallerScenario fewer = SmallerScenario.of(ScenarioText.parse("cpus=2 site0=nop1->f4 nmi=1,2")).stream()
                .filter(smaller -> ScenarioText.print(smaller.scenario()).endsWith("nmi=1"))
                .findFirst()
                .orElseThrow();
        assertTrue(fewer.isWorthMoreSteps());
    }
}
