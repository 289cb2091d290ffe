// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.property.Level;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the counts of {@code smp_text_poke_batch} are for, and what its handler emulates. */
class SmpTextPokeBatchTest {
    @ParameterizedTest
    @CsvSource({
        "smp_text_poke_batch@no-wait, nop5->jmp32->nop5, thread,  holds",
        "smp_text_poke_batch@no-wait, nop5->jmp32,       foreign, holds",
        "smp_text_poke_batch@no-wait, nop5->jmp32->nop5, foreign, unhandled-int3",
        "smp_text_poke_batch,         nop5->jmp32->nop5, foreign, holds",
        "smp_text_poke_batch,         jmp32->c3cccccccc, foreign, holds",
        "smp_text_poke_batch,         jcc32->jcc32,      foreign, holds",
        "smp_text_poke_batch,         nop2->jmp8,        thread,  holds",
        "smp_text_poke_batch,         nop3->nop3,        thread,  bug",
        "text_poke_bp_batch,          jcc32->jcc32,      thread,  bug",
        "text_poke_bp_batch,          jmp32->c3cccccccc, foreign, holds",
        "text_poke_bp_batch@stack-desc, jmp32->c3cccccccc, thread, bug",
        // A jump of two bytes that is padded: counted from the end of the padding it leads too far.
        "smp_text_poke_batch,         nop5->eb10cccccc,  thread,  bug",
        "text_poke_bp_batch,          nop5->eb10cccccc,  thread,  bug",
        "text_poke_bp_batch,          eb10cccccc->nop5,  thread,  holds",
        "text_poke_bp_batch@own-length, nop5->eb10cccccc, foreign, holds",
        "text_poke_bp_batch@own-length, nop5->eb109090cc, thread, bug",
    })
    void at(String protocol, String site, String thread, String expected) {
        Scenario scenario = ScenarioText.parse("cpus=2 site0=" + site + " thread=" + thread)
                .with(b -> b.watch(Level.REGULAR.watch()).reduce(true));
        Machine machine =
                new Machine(scenario, Catalog.find(protocol).orElseThrow().record(scenario.setting()));
        Verdict verdict = Check.search(machine, CheckOptions.defaults().require(Level.REGULAR));
        assertEquals(
                expected,
                verdict.violation()
                        .map(violation -> violation.property().text())
                        .orElse(verdict.kind() == Verdict.Kind.HOLDS ? "holds" : verdict.sentence()));
    }
}
