// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.protocol.Expr;
import org.junit.jupiter.api.Test;

/**
 * One idea: a breakpoint guards the bytes behind it once everybody is sure to see it: INT3, sync*, tail, sync*, head. Without the first sync* a CPU
 * decodes the old head and the new tail, without the second the new head and the old tail. The handler goes back until the breakpoint is gone.
 */
class Sample3BreakpointTest {
    private static String verdict(int leftOut) {
        var machine = Machine.of(ScenarioText.parse("cpus=2 site0=nop5->jmp32"), "int3", b -> {
            var site = b.sites().get(0);
            byte[] code = site.bytes(1);
            byte[][] stores = {{(byte) 0xcc}, {code[1], code[2], code[3], code[4]}, {code[0]}};
            b.patcher(r -> {
                r.patchBegin("begin", site, 1);
                for (int i = 0; i < 3; i++) {
                    r.textPoke("store" + i, site, i == 1 ? 1 : 0, stores[i]);
                    if (i + 1 != leftOut && i < 2) {
                        r.syncEachCpu("sync" + i, Sync.IRET);
                    }
                }
                r.patchEnd("end", site, 1);
            });
            b.breakpoint(r -> r.setSavedAddress(Expr.savedAddress().minus(1)));
        });
        return Check.search(machine, CheckOptions.defaults()).sentence().replaceAll(" \\(.*", "");
    }

    @Test
    void bothAreNeeded() {
        assertEquals("HOLDS at level atomic", verdict(0));
        assertEquals("VIOLATED: torn after 4 steps", verdict(1));
        assertEquals("VIOLATED: torn after 11 steps", verdict(2));
    }
}
