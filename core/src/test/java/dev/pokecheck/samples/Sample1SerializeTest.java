// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.samples;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.corpus.ScenarioText;
import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.insn.Sync;
import dev.pokecheck.machine.Machine;
import dev.pokecheck.text.Site;
import org.junit.jupiter.api.Test;

/**
 * One idea: the patch call may return once every CPU has executed a serializing instruction; an IPI is none. A JIT compiler stores a jump by one
 * aligned store and calls membarrier; the IPI returns to a task that leaves the kernel by SYSRET (Linux before 758c9373d841).
 *
 * <pre>
 * HOLDS at level safe (never torn; old code can run after the patch call has returned); ... level regular does not hold: stale after 7 steps
 * HOLDS at level regular (once the patch call has returned, only new code runs); ... level atomic does not hold: backwards after 4 steps
 * </pre>
 */
class Sample1SerializeTest {
    private static String verdict(Sync handler) {
        var scenario = ScenarioText.parse("cpus=2 site0=nop5->jmp32 chunk=8 split=word"); // CPU 1 executes site0.
        var machine = Machine.of(
                scenario,
                "jit",
                b -> b.patcher(
                        r -> { // This records; the search executes.
                            Site site = b.sites().get(0);
                            r.patchBegin("begin", site, 1);
                            r.textPoke("store", site, 0, site.bytes(1));
                            r.ipiThenSysret("membarrier", handler);
                            r.patchEnd("end", site, 1); // From here on nobody may begin to execute the NOP.
                        }));
        return Check.search(machine, CheckOptions.defaults()).sentence();
    }

    @Test
    void anIpiIsNoCoreSync() {
        assertEquals("HOLDS at level safe", verdict(Sync.MFENCE).replaceAll(" \\(.*", ""));
        assertEquals("HOLDS at level regular", verdict(Sync.IRET).replaceAll(" \\(.*", ""));
    }
}
