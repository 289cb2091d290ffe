// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.cli.CFiles;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.explore.verdict.Verdict;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.machine.Scenario;
import dev.pokecheck.machine.SiteSpec;
import dev.pokecheck.source.CSource;
import dev.pokecheck.source.token.SourceText;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The first file of somebody who has never seen pokecheck. */
class StrangerTest {
    private static Verdict verdict(String... definitions) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        CSource source = new CSource(
                new SourceText("it.c", CFiles.STRANGER),
                (name, quoted, from) -> Optional.empty(),
                List.of(definitions));
        return Check.search(Machine.of(scenario, "it.c", source), CheckOptions.defaults());
    }

    @Test
    void withoutTheSecondSynchronisationItIsTorn() {
        Verdict verdict = verdict();
        assertEquals(Verdict.Kind.VIOLATED, verdict.kind(), verdict::sentence);
        assertEquals("VIOLATED: torn after 12 steps (bytes of no version were executed)", verdict.sentence());
    }

    @Test
    void withItHolds() {
        Verdict verdict = verdict("SECOND_SYNC");
        assertEquals(Verdict.Kind.HOLDS, verdict.kind(), verdict::sentence);
    }
}
