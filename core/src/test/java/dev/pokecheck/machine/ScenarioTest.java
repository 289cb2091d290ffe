// SPDX-License-Identifier: Apache-2.0
package dev.pokecheck.machine;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.pokecheck.protocol.Setting;
import dev.pokecheck.protocol.Setting.ThreadWork;
import dev.pokecheck.text.FetchModel;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ranges of a scenario's parts. */
class ScenarioTest {
    private static final Scenario SCENARIO = Scenario.of(List.of(SiteSpec.parse("nop5->jmp32")));

    private static void inRange(String name, int min, int max, Part part) {
        for (int value : new int[] {min, max}) {
            assertDoesNotThrow(() -> SCENARIO.with(b -> part.set(b, value)));
        }
        for (int value : new int[] {min - 1, max + 1}) {
            UnaryOperator<ScenarioBuilder> change = b -> part.set(b, value);
            assertEquals(
                    name + "=" + value + " is outside " + min + ".." + max,
                    assertThrows(IllegalArgumentException.class, () -> SCENARIO.with(change))
                            .getMessage());
        }
    }

    /** A number of the builder. */
    private interface Part {
        ScenarioBuilder set(ScenarioBuilder b, int value);
    }

    @Test
    void numbersStayInTheirRanges() {
        inRange("cpus", 1, 8, ScenarioBuilder::cpus);
        inRange("nmi", 0, 7, ScenarioBuilder::nmis);
        inRange("irq", 0, 7, ScenarioBuilder::irqs);
        inRange("mc", 0, 7, ScenarioBuilder::mcs);
        inRange("buffer", 1, 15, ScenarioBuilder::bufferDepth);
        inRange("sites", 1, 8, (b, n) -> b.sites(Collections.nCopies(n, SiteSpec.parse("nop5->jmp32"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8, 16, 32, 64})
    void aChunkIsAPowerOfTwo(int chunk) {
        assertEquals(chunk, SCENARIO.with(b -> b.chunk(chunk)).chunk());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 4, 7, 63, 128, -8})
    void noOtherChunkIsTaken(int chunk) {
        assertEquals(
                "chunk=" + chunk + " is none of 1, 8, 16, 32, 64",
                assertThrows(IllegalArgumentException.class, () -> SCENARIO.with(b -> b.chunk(chunk)))
                        .getMessage());
    }

    @Test
    void aChangeLeavesTheRestAlone() {
        Scenario changed = SCENARIO.with(b -> b.nmis(3).fetch(FetchModel.COHERENT));
        assertEquals(3, changed.nmis());
        assertEquals(FetchModel.COHERENT, changed.fetch());
        assertEquals(0, SCENARIO.nmis());
        assertEquals(SCENARIO, changed.with(b -> b.nmis(0).fetch(SCENARIO.fetch())));
        assertEquals(SCENARIO, SCENARIO.with(b -> b));
    }

    @Test
    void theSettingHasWhatATextDependsOn() {
        Setting setting = SCENARIO.with(b -> b.cpus(3)
                        .irqs(1)
                        .thread(ThreadWork.NONE)
                        .sites(List.of(SiteSpec.parse("nop5->jmp32"), SiteSpec.parse("nop1->int3->nop1"))))
                .setting();
        assertEquals(3, setting.cpus());
        assertEquals(2, setting.sites().size());
        assertEquals(1, setting.sites().get(1).index());
        assertTrue(setting.sites().get(0).address() < setting.sites().get(1).address());
        assertEquals(3, setting.versions());
        assertTrue(setting.irqs());
        assertFalse(setting.mcs());
        assertEquals(ThreadWork.NONE, setting.thread());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void everyNumberOfCpusMakesAMachine(int cpus) {
        Machine machine = Litmus.sites("nop1->nop1").with(b -> b.cpus(cpus)).machine(b -> {});
        long[] state = new long[machine.words()];
        machine.initial(state);
        assertTrue(machine.complete(state));
        assertEquals(cpus, machine.agents());
        assertEquals(0, machine.partStarts()[0]);
        for (int i = 1; i < machine.partStarts().length; i++) {
            assertTrue(machine.partStarts()[i] > machine.partStarts()[i - 1]);
        }
        assertTrue(machine.partStarts()[machine.partStarts().length - 1] < machine.words());
    }
}
