// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.source.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.explore.verdict.Check;
import dev.pokecheck.explore.verdict.CheckOptions;
import dev.pokecheck.machine.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which plain accesses race. */
class RacesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x = 1; | WRITE_ONCE(y, x); | store.x (f.c:6), which is plain, races with load.x (f.c:11), which is too",
                "x = 1; | WRITE_ONCE(y, READ_ONCE(x)); | store.x (f.c:6), which is plain, races with load.x (f.c:11)",
                "WRITE_ONCE(x, 1); | while (!x) cpu_relax(); | wait.x (f.c:11), which is plain, races with store.x (f.c:6)",
                "xchg(&x, 1); | y = x; | load.x (f.c:11), which is plain, races with exchange.x (f.c:6)",
                "WRITE_ONCE(x, 1); | WRITE_ONCE(y, READ_ONCE(x)); | ''",
                "int a = x; | int b = x; | ''",
                "spin_lock(&l); x = 1; spin_unlock(&l); | spin_lock(&l); x++; spin_unlock(&l); | ''",
                "x = 1; smp_store_release(&y, 1); | while (!smp_load_acquire(&y)) cpu_relax(); BUG_ON(!x); | ''",
                "z[smp_processor_id()] = 1; | z[smp_processor_id()] = 2; | ''",
            })
    void areTwoNextStepsOfWhichOneIsPlainAndOneStores(String patcher, String other, String race) {
        String file = "static int x, y, z[2];\nstatic DEFINE_SPINLOCK(l);\nvoid pokecheck_patcher(void)\n{\n" + patcher
                + "\n}\nvoid pokecheck_thread(int cpu)\n{\nif (cpu == 1) {\n" + other + "\n}\n}\n";
        Machine machine = Lowered.of(2, file).machine();
        Check.search(machine, CheckOptions.defaults());
        assertEquals(race.isEmpty() ? List.of() : List.of(race), machine.races());
    }

    /** Two threads run the same lines, and either may be the one that loads. */
    @Test
    void aPairIsListedOnce() {
        String file = "static int x;\nvoid pokecheck_patcher(void) {}\nvoid pokecheck_thread(int cpu)\n{\nx++;\n}\n";
        Machine machine = Lowered.of(2, file).machine();
        Check.search(machine, CheckOptions.defaults());
        assertEquals(
                List.of(
                        "load.x (f.c:6), which is plain, races with store.x (f.c:6), which is too",
                        "store.x (f.c:6), which is plain, races with store.x (f.c:6), which is too"),
                machine.races());
    }
}
