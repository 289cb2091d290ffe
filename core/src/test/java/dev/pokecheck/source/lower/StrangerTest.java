// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
    private static final String FILE = """
            #include <pokecheck.h>

            static int patching;

            static void poke_one(int s)
            {
                const u8 int3 = INT3_INSN_OPCODE;

                text_poke(POKE_ADDR(s), &int3, 1);
                text_poke_sync();
                text_poke(POKE_ADDR(s) + 1, POKE_NEW(s) + 1, POKE_LEN(s) - 1);
            #ifdef SECOND_SYNC
                text_poke_sync();
            #endif
                text_poke(POKE_ADDR(s), POKE_NEW(s), 1);
                text_poke_sync();
            }

            void pokecheck_patcher(void)
            {
                poke_each_site(s) {
                    poke_begin(s);
                    WRITE_ONCE(patching, 1);
                    poke_one(s);
                    WRITE_ONCE(patching, 0);
                    poke_end(s);
                }
            }

            int pokecheck_int3(struct pt_regs *regs)
            {
                if (!READ_ONCE(patching))
                    return 0;
                poke_each_site(s)
                    if (regs->ip - INT3_INSN_SIZE == POKE_ADDR(s)) {
                        poke_emulate(regs, s, 1);
                        return 1;
                    }
                return 0;
            }
            """;

    private static Verdict verdict(String... definitions) {
        Scenario scenario = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));
        CSource source = new CSource(
                new SourceText("it.c", FILE), (name, quoted, from) -> Optional.empty(), List.of(definitions));
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
