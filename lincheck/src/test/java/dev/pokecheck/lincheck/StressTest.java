// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.lincheck;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.pokecheck.text.FetchModel;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protocols that are linearizable, on threads that really run at once. Which interleavings come is up to the JVM and the machine, so that a failure here
 * is one, and a pass says little; that broken protocols fail is not asked.
 */
public class StressTest {
    private static final int RUNS = 300;

    @ParameterizedTest
    @ValueSource(strings = {"stop_machine", "text_poke_bp_batch", "text_poke_late@captured"})
    void linearizable(String protocol) {
        Row row = new Row(protocol, 3, List.of("nop5->jmp32"), FetchModel.COHERENT, Row.Reads.EACH);
        Subject.set(List.of(row.program()));
        Subject.choose(List.of(0));
        assertEquals(
                "",
                Lincheck.text(
                        Lincheck.runAll(Lincheck.stress(RUNS), PatchedSites.class, Registers.class, row.scenarios(0))));
    }
}
